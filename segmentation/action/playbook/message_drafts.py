"""Message texts by a language model: what it is told of a segment's play, and the form of its answer."""

from __future__ import annotations

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
TASK = (
    "You help the marketer of a shop. Draft a message to the customers of one segment, in plain English. "
    "You are told the goal, the angle and the offer of the message, and the themes and products that the "
    "segment chooses more often. Promise nothing beyond the offer, and do not tell customers that they are "
    "in a segment or what they have done."
)
DRAFT = AnswerSchema(
    ("draft",),
    (
        TextField(SUBJECT, "the subject of an e-mail", 70),
        TextField(BODY, "the e-mail in three to six sentences, with {name} where the name goes", 900),
        TextField(SHORT, "the same as a text message", 160),
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
