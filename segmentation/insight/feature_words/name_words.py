"""The words that names are made of, and of which customers each is true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segmentation.features.table import Feature, Unit
from segmentation.insight.feature_words.families import Family, Side
from segmentation.insight.feature_words.vocabulary import ENTRIES
from segmentation.insight.feature_words.wording import entry_of

MOSTLY = 0.5
"""From more than so much of what somebody does on it is what they mostly do."""
FULL_PRICE = 0.25
"""Who buys more than this at a discount is no full-price buyer."""


class Bar(StrEnum):
    """A value of the whole shop that a customer's own is held against.

    `TYPICAL` is the middle of all customers, `LOW_QUARTER` and `HIGH_QUARTER` part off a quarter each, `GAP`
    is the shop's own longest gap between two orders, `KIND` and `UNKIND` four and three fifths of the best
    rating.
    """

    TYPICAL = "typical"
    LOW_QUARTER = "low_quarter"
    HIGH_QUARTER = "high_quarter"
    GAP = "gap"
    KIND = "kind"
    UNKIND = "unkind"


@dataclass(frozen=True)
class NameWord:
    """An adjective and a noun, true of those who have more than all of `above` and less than all of `below`.

    `since_first` speaks of the days since the first order instead of the feature; `needs_gap`: it means
    nothing where nobody came back; `alone`: it says all that there is to say.
    """

    adjective: str
    noun: str
    above: tuple[Bar | float, ...] = ()
    below: tuple[Bar | float, ...] = ()
    since_first: bool = False
    needs_gap: bool = False
    alone: bool = False

    @property
    def is_middle(self) -> bool:
        """Whether it speaks of those who have neither much nor little."""
        return Bar.LOW_QUARTER in self.above


Ladder = tuple[NameWord, ...]
"""Words of one direction: the first that is true enough is said."""

_TYPICAL = (Bar.TYPICAL,)
_LOW_QUARTER, _HIGH_QUARTER = (Bar.LOW_QUARTER,), (Bar.HIGH_QUARTER,)


def name_words(feature: Feature) -> tuple[Ladder, ...]:
    """Return the ladders of a feature: those of its own, or high and low beside the typical customer."""
    if feature.name in _OWN:
        return _OWN[feature.name]
    entry = entry_of(feature)
    if entry.family in (Family.THEME, Family.FLAG):
        bar = _TYPICAL if entry.family == Family.THEME else (MOSTLY,)
        return ((NameWord(entry.high.adjective, entry.high.noun, above=bar),),)
    bounds = _BOUNDS.get(feature.name, ((), ()))
    high = (NameWord(entry.high.adjective, entry.high.noun, above=(*_TYPICAL, *bounds[0])),)
    low = (*_least(entry.low), NameWord(entry.low.adjective, entry.low.noun, below=(*_TYPICAL, *bounds[1])))
    if feature.name in ENTRIES or feature.unit == Unit.YEAR:
        return high, low
    label = entry.middle
    return high, low, (NameWord(f"Medium {label}", f"medium {label}", _LOW_QUARTER, _HIGH_QUARTER),)


def _least(side: Side) -> Ladder:
    if side.least is None:
        return ()
    least = side.least
    above = (0.0,) if least.at_least else ()
    return (NameWord(least.adjective, least.noun, above=above, below=(least.below,)),)


_HABIT = ((MOSTLY,), (MOSTLY,))
_BOUNDS: dict[str, tuple[tuple[Bar | float, ...], tuple[Bar | float, ...]]] = {
    "weekend_share": _HABIT,
    "morning_share": _HABIT,
    "evening_share": _HABIT,
    "cart_to_buy": _HABIT,
    "discount_share": ((MOSTLY,), (FULL_PRICE,)),
}
"""What a word says beyond more or less than usual: a third of the orders at weekends makes no weekender."""

_OWN: dict[str, tuple[Ladder, ...]] = {
    "recency": (
        (
            NameWord("Lapsed", "lapsed customers", above=(Bar.GAP,), needs_gap=True),
            NameWord("Earlier", "earlier customers", above=_TYPICAL),
        ),
        (
            NameWord("New", "new customers", below=(Bar.GAP,), since_first=True, needs_gap=True),
            NameWord("Recent", "recent customers", below=(*_TYPICAL, Bar.GAP)),
        ),
    ),
    "frequency": (
        (
            NameWord("Frequent", "regulars", above=(*_TYPICAL, 2.0)),
            NameWord("Repeat", "repeat buyers", above=(1.0,)),
        ),
        (
            NameWord("One-time", "one-time buyers", above=(0.0,), below=(2.0,)),
            NameWord("Occasional", "occasional buyers", above=(0.0,), below=_TYPICAL),
            NameWord("Not yet buying", "people without an order", below=(1.0,), alone=True),
        ),
    ),
    "monetary": (
        (NameWord("High-spending", "big spenders", above=_TYPICAL),),
        (NameWord("Low-spending", "small spenders", below=_TYPICAL),),
        (NameWord("Mid-spending", "medium spenders", _LOW_QUARTER, _HIGH_QUARTER),),
    ),
    "rating": (
        (NameWord("Happy", "happy reviewers", above=(Bar.KIND,)),),
        (NameWord("Critical", "critical reviewers", below=(Bar.UNKIND,)),),
    ),
}
