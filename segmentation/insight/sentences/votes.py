"""How much columns and texts count by themselves, and why, in words."""

from __future__ import annotations

from segmentation.algorithms.split_halves import Reliability
from segmentation.clusters.weights import MOST_TEXT, NO_TASTE
from segmentation.features.loudness import FEWEST_MEASURED, PRIOR
from segmentation.features.vote import Basis, Vote

LARGELY_SAID = 0.95

HOW_COUNTED = (
    "How lately, how often and how much somebody buys count in full. Every other column counts as far as it "
    "is a habit: it is computed from each customer’s odd and from their even orders, and the two are "
    "correlated over all customers with two orders or more (split-half reliability, Spearman-Brown). Numbers "
    "and amounts count only with what they say beyond the leading columns, so that nothing votes twice; "
    "averages over orders at least with the square of their reliability. "
    f"What cannot be measured counts as if its reliability were {PRIOR:.0%}. Several values of one column "
    "share one vote."
)


def vote_words(vote: Vote) -> str:
    """Say why a column counts as much as it does."""
    if vote.why == Basis.LEADS:
        return "Leads: it says most of what comes next."
    if vote.why == Basis.LASTS and vote.reliability is not None:
        said = f"{vote.reliability:.0%} of it is a customer’s own and lasts ({vote.customers:,} customers)"
    elif vote.customers:
        said = (
            f"too few customers to measure it ({vote.customers:,} of {FEWEST_MEASURED:,}): {PRIOR:.0%} taken"
        )
    else:
        said = f"it cannot be had from half of the orders: {PRIOR:.0%} taken"
    beyond = (
        f"; {vote.beyond:.0%} of it is not said by the leading columns" if vote.beyond < LARGELY_SAID else ""
    )
    return f"{said[0].upper()}{said[1:]}{beyond}."


def taste_sentence(taste: Reliability | None) -> str:
    """Say whether what customers bought before tells what they buy later, and what texts count for it."""
    if taste is None:
        return "How long taste lasts cannot be measured: no orders hold products with a text."
    if taste.rows < FEWEST_MEASURED:
        return (
            f"How long taste lasts cannot be measured: only {taste.rows:,} customers bought products with a "
            f"text in two orders, and it takes {FEWEST_MEASURED:,}."
        )
    if taste.value < NO_TASTE:
        return (
            f"What customers bought before says next to nothing of what they buy later ({taste.value:.0%}), "
            "so texts are left out by default."
        )
    bounded = f", up to {MOST_TEXT:.0%}, so that value leads" if taste.value > MOST_TEXT else ""
    return (
        f"Taste lasts in your shop: {taste.value:.0%} of what customers buy is their own, by {taste.rows:,} "
        f"of them. Texts count as much by default{bounded}."
    )
