"""Names and profiles of segments by a language model: what it is told, and what is kept of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segmentation import formats
from segmentation.insight.facts.explain import Explanation, SourceWords
from segmentation.insight.facts.product_lift import LiftedProduct
from segmentation.insight.facts.telling_words import masked
from segmentation.insight.language_model.answer import AnswerSchema, ModelAnswer, TextField
from segmentation.insight.language_model.ask import compose
from segmentation.insight.language_model.message import Message
from segmentation.insight.naming.neutral import guess_in
from segmentation.insight.sentences.segments import clause_of
from segmentation.runs.parts import Summary, keep_with_run
from segmentation.runs.run import Segment
from segmentation.runs.view import View
from segmentation.workspace import Workspace

FEWEST = 10
"""Figures of fewer customers than these would speak of single people, so they are not sent."""

NAME, PROFILE = "name", "profile"
LONGEST_NAME, LONGEST_PROFILE = 40, 700
MOST_THEMES, MOST_WORDS, MOST_PRODUCTS = 3, 10, 6
PUBLIC = "products"
FIELDS = (
    TextField(NAME, "two to five words that set the segment apart, unlike all other names", LONGEST_NAME),
    TextField(
        PROFILE,
        "one paragraph of two to four sentences for a marketer: what these customers do and buy",
        LONGEST_PROFILE,
    ),
)
TASK = (
    "You help the marketer of a shop. Give each customer segment below a short name and a profile, in plain "
    "English. Each is told by its number, how large it is, what sets its customers apart from all others, "
    "and the themes, words and products that they choose more often."
)


def segments_to_name(view: View) -> tuple[Segment, ...]:
    """Return the segments that are large enough to be spoken of."""
    return tuple(one for one in view.segments if one.size >= FEWEST)


def naming_schema(view: View) -> AnswerSchema:
    """Return the form of the answer: a name and a profile for each segment, by its number from 1."""
    return AnswerSchema(tuple(str(one.label + 1) for one in segments_to_name(view)), FIELDS, NAME)


def naming_message(view: View, found: Sequence[Explanation]) -> Message:
    """Make the message that asks for names and profiles: figures of whole segments and public texts alone.

    Left out are customers and their ids, what they wrote, who they are (age, gender, family and the like),
    and segments of fewer than 10.

    :param found: the explanations of the segments; without words and products where the files have changed.
    """
    currency = view.run.currency
    facts = {str(one.label + 1): _facts(one, found[one.label], currency) for one in segments_to_name(view)}
    return compose(TASK, {"segments": facts}, naming_schema(view))


def takeable(view: View, answer: ModelAnswer) -> tuple[int, ...]:
    """List the labels whose suggested name is not the present name of another segment."""
    present = [name.casefold() for name in view.names]
    suggested = {int(number) - 1: texts[NAME].casefold() for number, texts in answer.texts.items()}
    return tuple(
        label for label, name in suggested.items() if name not in (*present[:label], *present[label + 1 :])
    )


def keep_profiles(workspace: Workspace, run_id: str, k: int, profiles: Mapping[int, str]) -> None:
    """Keep with a run the profiles of segments of this k, by label; an empty one removes what was kept."""

    def with_these(summary: Summary) -> Summary:
        every = summary.get("profiles", {})
        of_k = every.get(str(k), {}) | {str(label): text for label, text in profiles.items()}
        return {"profiles": {**every, str(k): {label: text for label, text in of_k.items() if text}}}

    keep_with_run(workspace, run_id, with_these)


def _facts(segment: Segment, found: Explanation, currency: str | None) -> dict[str, object]:
    facts: dict[str, object] = {
        "share of customers": formats.percent(segment.share),
        "share of revenue": formats.percent(segment.revenue_share) if segment.revenue_share else None,
        "what sets them apart": _differences(found, currency),
        "themes they choose more": [
            masked(one.feature.label.removeprefix("Theme: ")) for one in found.themes if one.much
        ][:MOST_THEMES],
        "words of what they choose": _words(found.words),
        "products they buy more often": [_product(one) for one in found.products[:MOST_PRODUCTS]],
    }
    return {name: value for name, value in facts.items() if value}


def _differences(found: Explanation, currency: str | None) -> list[str]:
    """Word the differences in what customers do; what the files say of who they are stays here."""
    told = [
        one
        for one in found.contrast.differences
        if not one.feature.personal and not guess_in(one.feature.label.replace("_", " "))
    ]
    return [masked(clause_of(one, currency, " of the others")) for one in told]


def _words(found: Sequence[SourceWords]) -> list[str]:
    """Take the words of products, which are public; reviews and notes are customers' own."""
    return [masked(word.text) for one in found if one.source == PUBLIC for word in one.words][:MOST_WORDS]


def _product(product: LiftedProduct) -> str:
    return f"{masked(product.name)} ({formats.times(product.lift)} as often as all customers)"
