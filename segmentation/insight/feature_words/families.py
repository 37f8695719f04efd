"""What the words of a feature consist of: its family, and what it is called when it is high or low."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Features that tell one story, told at most once; in the order in which they give a name its noun."""

    DISCOUNT = "discount"
    RETURNS = "returns"
    BASKET = "basket"
    VARIETY = "variety"
    BROWSING = "browsing"
    CARTS = "carts"
    REVIEWS = "reviews"
    RATING = "rating"
    HABIT = "habit"
    MONEY = "money"
    RHYTHM = "rhythm"
    RECENCY = "recency"
    PROFILE = "profile"
    FLAG = "flag"
    THEME = "theme"


CORE = frozenset({Family.MONEY, Family.RHYTHM, Family.RECENCY})


@dataclass(frozen=True)
class Side:
    """One direction of a feature: an adjective and a noun for names, a clause about {value} for sentences.

    `least` replaces them where the value is as low as it gets, at most 1: one order, one item, no day; it
    speaks of values from its `at_least` on and under its `below`. `overall` words the same figure of all
    customers.
    """

    adjective: str
    noun: str
    clause: str
    least: Side | None = None
    at_least: float = 0.0
    below: float = 1.05
    overall: str = "{value}"

    def at(self, value: float) -> Side:
        """Return the words for this value."""
        return self.least if self.least and self.least.at_least <= value < self.least.below else self


@dataclass(frozen=True)
class Entry:
    """The family of a feature and its words in both directions.

    `inverse` turns ratios round, where fewer days means more often; of two features that tell the same, the
    one of greater `weight` is told. `middle` is what a column of the shop's own file is called between both.
    """

    family: Family
    high: Side
    low: Side
    inverse: bool = False
    weight: float = 1.0
    middle: str = ""
