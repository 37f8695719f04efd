"""Message texts by a language model: what it is told of a segment's play, and the form of its answer."""

from __future__ import annotations

from segmentation.action.playbook.draft_words import BODY_IS, SHORT_IS, SUBJECT_IS, TASK
from segmentation.action.playbook.edits import Edits, said
from segmentation.action.playbook.play import Aspect, Play
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.facts.telling_words import masked
from segmentation.insight.language_model.answer import AnswerSchema, TextField
from segmentation.insight.language_model.ask import compose
from segmentation.insight.language_model.message import Message
from segmentation.runs.model_names import FEWEST

SUBJECT, BODY, SHORT = "subject", "body", "text_message"
MOST_PRODUCTS = 5
TOLD = (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER)
DRAFT = AnswerSchema(
    ("draft",),
    (
        TextField(SUBJECT, SUBJECT_IS, 70),
        TextField(BODY, BODY_IS, 900),
        TextField(SHORT, SHORT_IS, 160),
    ),
)


def can_be_drafted(play: Play) -> bool:
    """Whether a segment has enough customers to be spoken of."""
    return play.customers >= FEWEST


def drafting_message(play: Play, found: Explanation, edits: Edits) -> Message:
    """Make the message that asks for a draft: lines of the play, and what the shop sells.

    Figures, customers and what they wrote stay here.
    """
    facts: dict[str, object] = {str(one): masked(said(play, one, edits)) for one in TOLD}
    facts["themes"] = [masked(one) for one in play.description.themes]
    facts["products"] = [masked(one.name) for one in found.products[:MOST_PRODUCTS]]
    return compose(TASK, {name: told for name, told in facts.items() if told}, DRAFT)
