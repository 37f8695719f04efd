"""What to write to people who are to be won back: a few plain lines to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation import formats
from segmentation.action.retention.win_back import Cause


@dataclass(frozen=True)
class Letter:
    """An e-mail with {name} where the name goes."""

    subject: str
    body: str


SUBJECTS = {
    Cause.ONCE: "{name}, how did you like your order?",
    Cause.LATE: "It has been a while, {name}",
    Cause.OVERDUE: "{name}, something new for you",
}
OPENINGS = {
    Cause.ONCE: "thank you for your first order. We would like to know whether all was as you wished.",
    Cause.LATE: "you have not been with us for a while, and we would be glad to see you again.",
    Cause.OVERDUE: "since your last order a few things have arrived that you may like.",
}
PRODUCTS = "Perhaps one of these is for you: {products}."
OFFER = "Until Sunday there is [your offer] for you."


def win_back_message(why: Cause | None, products: Sequence[str]) -> Letter:
    """Write a message for one reason to be on the list, by default for all who are overdue.

    :param products: their names, to be offered.
    """
    reason = why or Cause.OVERDUE
    named = [PRODUCTS.format(products=formats.quoted(*products))] if products else []
    lines = ["Hello {name},", " ".join([OPENINGS[reason], *named]), OFFER, "[your name]"]
    return Letter(SUBJECTS[reason], "\n\n".join(lines))
