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
    """Say how it was computed, and what to be careful about; short enough to stay together on a page."""
    run = facts.run
    explained = {topic: HOW_COMPUTED[key] for topic, key in METHOD.items() if key != "themes" or run.themes}
    return element(
        "section",
        element("h2", words.METHOD_AND_CAVEATS),
        bullets(words.CAVEATS),
        element("div", [_topic(topic, told) for topic, told in {**explained, **HOW_PLAYED}.items()]),
        element("p", words.MADE.format(run=run.run_id, seed=run.options.seed), class_="quiet"),
        class_="annex together",
    )


def _topic(topic: str, told: str) -> Html:
    return element("p", element("strong", f"{topic}. "), prose(told))


def data_section(facts: ReportFacts) -> Html:
    """Say which rows of the files count and why the others do not, what is known, why this number."""
    run, ledger = facts.run, ledger_table(facts.shop)
    rows = [
        [file, what, _number(f"{count:,}"), _number(formats.money(revenue, run.currency)), effect, detail]
        for file, what, count, revenue, effect, detail in ledger.to_numpy().tolist()
    ]
    defined = ", ".join(one.label for one in run.features)
    return element(
        "section",
        element("h2", words.DATA),
        element("p", words.CUSTOMER_IS.format(meaning=run.customer_meaning)),
        table(["File", "What", "Rows", "Revenue", "Effect", "Detail"], rows, "ledger"),
        bullets(facts.shop.notes) if facts.shop.notes else "",
        _topic(words.WHY_SO_MANY, suggestion_reason(run.suggestion)),
        _topic(words.KNOWN_OF_EACH, f"{defined}."),
        [_topic(words.LEFT_OUT.format(feature=left.label), left_out_reason(left)) for left in run.left_out],
        class_="annex small",
    )


def _number(told: str) -> Html:
    return element("td", told, class_="number")
