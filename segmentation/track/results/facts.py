"""What was found of a campaign, as frozen values without a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from segmentation.action.files.campaign_log import Campaign
from segmentation.algorithms.effects.rates import Between


class Verdict(StrEnum):
    """What can be told of a difference: the whole interval above or below nothing, small, or neither."""

    MORE = "more"
    FEWER = "fewer"
    ALIKE = "alike"
    UNCLEAR = "unclear"
    NO_CONTROL = "no_control"


class Refusal(StrEnum):
    """Why no difference is told."""

    NOBODY_HELD_OUT = "nobody_held_out"
    CONTAMINATED = "contaminated"
    DRAWN_AFTER_SEND = "drawn_after_send"
    NO_ORDERS = "no_orders"
    NOT_CLOSED = "not_closed"
    BROKEN_RATIO = "broken_ratio"


class Note(StrEnum):
    """What to know beside the numbers."""

    OTHER_CAMPAIGNS = "other_campaigns"
    HELD_OUT_GOT_OTHERS = "held_out_got_others"
    LOST = "lost"
    UNMATCHED = "unmatched"
    STRANGERS = "strangers"
    NOT_SENT = "not_sent"
    ONLY_SENT = "only_sent"


class Origin(StrEnum):
    """Where it is known from who ordered."""

    ORDERS = "orders"
    FILE = "file"


@dataclass(frozen=True)
class Refused:
    """A reason with its number, or its day."""

    why: Refusal
    number: float = 0
    day: date | None = None


@dataclass(frozen=True)
class Noted:
    """A note with how many it is about."""

    what: Note
    number: int


@dataclass(frozen=True)
class Money:
    """What both groups paid, or the margin of it where costs count, and the difference; in the currency.

    `each` is the difference per customer, `extra` that of all who got it. `without_largest` is `extra`
    without the largest order of a group where it is over a tenth of what the group paid. `few` says that
    fewer than a hundred people paid.
    """

    paid: float
    held_paid: float
    each: Between
    extra: Between
    without_largest: Between | None
    few: bool


@dataclass(frozen=True)
class Effect:
    """How many ordered of those who got it and of those held out, and the difference.

    `lift` is a difference of shares (0..1), `extra` that of all who got it: how many customers more ordered.
    `looked_for` is the least rise that the size is planned for, and `needed` how many customers more a test
    of it needs, 0 where there are enough and None where no number is.
    """

    treated: int
    ordered: int
    held: int
    held_ordered: int
    verdict: Verdict
    lift: Between | None = None
    looked_for: float | None = None
    needed: int | None = None
    money: Money | None = None

    @property
    def rate(self) -> float | None:
        """The share (0..1) of those who got it that ordered."""
        return self.ordered / self.treated if self.treated else None

    @property
    def held_rate(self) -> float | None:
        """The share (0..1) of those held out that ordered."""
        return self.held_ordered / self.held if self.held else None

    @property
    def extra(self) -> Between | None:
        """How many customers more ordered."""
        return self.lift.times(self.treated) if self.lift else None


@dataclass(frozen=True)
class SegmentEffect:
    """The effect in one segment (from 0): `shrunk` is what is best expected there of the next campaign.

    It leans on what the segments have in common by how little the segment says itself; `differs` says
    whether the segment differs from the others beyond chance.
    """

    segment: int
    name: str
    effect: Effect
    shrunk: float | None = None
    differs: bool = False


@dataclass(frozen=True)
class Result:
    """What became of a campaign that was sent on a day, in so many days from then on.

    `treated` and `held` are those who are still found, `ordered` how many of both together. With a refusal
    there are no effects. `closes_on` is the last day of the window, `known_until` that of the data. Money is
    margin where `in_margin`.
    """

    campaign: Campaign
    sent_on: date
    days: int
    origin: Origin
    closes_on: date
    known_until: date | None
    currency: str | None
    treated: int
    held: int
    ordered: int
    refused: tuple[Refused, ...]
    noted: tuple[Noted, ...]
    pooled: Effect | None = None
    segments: tuple[SegmentEffect, ...] = ()
    cost: float | None = None
    in_margin: bool = False

    @property
    def profit(self) -> Between | None:
        """What the campaign brought above its own cost; None where the cost or the money is not known."""
        if self.cost is None or self.pooled is None or self.pooled.money is None:
            return None
        extra = self.pooled.money.extra
        return Between(extra.value - self.cost, extra.low - self.cost, extra.high - self.cost)
