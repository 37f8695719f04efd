"""The sections that say how all was computed, what to be careful about, and how clean the data was."""

from __future__ import annotations

from segmentation import formats
from segmentation.action.playbook.words import HOW_PLAYED
from segmentation.action.report import words
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, bullets, element, prose, table
from segmentation.features.words import left_out_reason
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.insight.sentences.verdicts import suggestion_reason
from segmentation.intake.cleaning.ledger import ledger_table

METHOD = {
    "Segments": "segments",
    "How many": "suggestion",
    "Stability": "stability",
    "Themes": "themes",
    "Names": "names",
}


def method_section(facts: ReportFacts) -> Html:
    """Say how it was computed, and what to be careful about."""
    run = facts.run
    explained = {topic: HOW_COMPUTED[key] for topic, key in METHOD.items() if key != "themes" or run.themes}
    defined = [one.label for one in run.features]
    return element(
        "section",
        element("h2", words.METHOD_AND_CAVEATS),
        bullets(words.CAVEATS),
        element("p", suggestion_reason(run.suggestion)),
        [_topic(topic, told) for topic, told in {**explained, **HOW_PLAYED}.items()],
        _topic(words.KNOWN_OF_EACH, f"{', '.join(defined)}."),
        [_topic(words.LEFT_OUT.format(feature=left.label), left_out_reason(left)) for left in run.left_out],
        class_="small",
    )


def _topic(topic: str, told: str) -> Html:
    return element("p", element("strong", f"{topic}. "), prose(told))


def data_section(facts: ReportFacts) -> Html:
    """Say which rows of the files count, and why the others do not."""
    ledger = ledger_table(facts.shop)
    rows = [
        [file, what, f"{count:,}", formats.money(revenue, facts.run.currency), effect, detail]
        for file, what, count, revenue, effect, detail in ledger.to_numpy().tolist()
    ]
    return element(
        "section",
        element("h2", "Data quality"),
        element("p", words.CUSTOMER_IS.format(meaning=facts.run.customer_meaning), class_="quiet"),
        table(["File", "What", "Rows", "Revenue", "Effect", "Detail"], rows),
        bullets(facts.shop.notes) if facts.shop.notes else "",
        class_="same-page",
    )
