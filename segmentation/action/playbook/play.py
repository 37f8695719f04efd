"""A play: what to do with one segment, every line with the evidence that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from segmentation.action.files.kept_results import LastResult
from segmentation.action.playbook.order_counts import YEAR
from segmentation.action.playbook.timing import BestTime
from segmentation.action.playbook.traits import Patience, Traits
from segmentation.algorithms.power import HoldOut
from segmentation.clusters.stability_band import Band

LIFT = 0.2


class Aspect(StrEnum):
    """The lines of a play, in the order in which people read them."""

    GOAL = "goal"
    ANGLE = "angle"
    OFFER = "offer"
    PRODUCTS = "products"
    CHANNEL = "channel"
    WEEKDAY = "weekday"
    HOUR = "hour"
    CADENCE = "cadence"
    KPI = "kpi"
    TEST = "test"
    STAKES = "stakes"
    REACH = "reach"
    NOTES = "notes"
    OWNER = "owner"


EDITABLE = (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER, Aspect.CHANNEL, Aspect.NOTES, Aspect.OWNER)


@dataclass(frozen=True)
class Line:
    """One line of a play and what it rests on, both in words; empty where a person is to write it.

    `brief` is the same in the few words of a table, where there are any.
    """

    text: str
    evidence: tuple[str, ...] = ()
    brief: str = ""


@dataclass(frozen=True)
class Kpi:
    """How many of the `known` customers, who had ordered before the window, ordered `again` in it.

    `window_orders` and `window_revenue` (before returns; None without amounts) are of all of the segment, the
    latter margin where costs count (`in_margin`).
    """

    window: int
    start: date
    end: date
    known: int
    again: int
    window_orders: int
    window_revenue: float | None
    in_margin: bool = False

    @property
    def rate(self) -> float:
        """The share (0..1) that ordered again; NaN where nobody could."""
        return self.again / self.known if self.known else np.nan

    @property
    def order_value(self) -> float | None:
        """The average value of an order of the window; None where there is none."""
        if self.window_revenue is None or not self.window_orders:
            return None
        return self.window_revenue / self.window_orders


@dataclass(frozen=True)
class Stakes:
    """What a segment paid, less returns, in the last `days`, and is `expected` to pay in the next year.

    `at_risk` is what of the next year is at risk, summed over customers. None is what cannot be foretold;
    `why` and `why_at_risk` say how it is known. All of it is margin where costs count (`in_margin`).
    """

    days: int
    revenue: float
    expected: float | None = None
    why: str = ""
    at_risk: float | None = None
    why_at_risk: str = ""
    in_margin: bool = False

    @property
    def missing(self) -> float | None:
        """What will be missing, if the files cover a year and less is expected than came."""
        if self.expected is None or self.days < YEAR:
            return None
        return max(0.0, self.revenue - self.expected)


@dataclass(frozen=True)
class SegmentReach:
    """How many customers of a segment can be written to, those who object to profiling left out.

    `email` and `phone` have an address or a number and have not refused to be written to that way; `neither`
    have no way left. `agreed` said yes to marketing, `refused` no; nothing is known of the others.
    """

    customers: int
    objectors: int
    email: int
    phone: int
    both: int
    neither: int
    agreed: int
    refused: int


@dataclass(frozen=True)
class Description:
    """Who a segment is: sentences about its behaviour, its words, themes and products."""

    sentences: tuple[str, ...]
    words: tuple[str, ...]
    themes: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """What is counted of one segment; None is what the files do not say.

    `gap` is the typical (median) days between orders of the `returning` customers, `shop_gap` those of the
    whole shop, NaN where nobody came back. `last` is what the last campaign changed that was read back.
    """

    weekday: BestTime | None = None
    hour: BestTime | None = None
    gap: float | None = None
    returning: int = 0
    shop_gap: float = np.nan
    kpi: Kpi | None = None
    test: HoldOut | None = None
    stakes: Stakes | None = None
    reach: SegmentReach | None = None
    last: LastResult | None = None


@dataclass(frozen=True)
class Play:
    """What to do with one segment (0-based): its description, its traits, the lines, the figures behind them.

    `warning` says why not to act on it yet, where that is so.
    """

    segment: int
    customers: int
    share: float
    revenue_share: float | None
    band: Band
    description: Description
    traits: Traits
    lines: Mapping[Aspect, Line]
    figures: Figures
    warning: str = ""


@dataclass(frozen=True)
class Playbook:
    """The plays of one run at one k, in the order of the segments.

    `lift` is the relative lift that the tests look for; `missing` says what other upload would add.
    """

    run_id: str
    k: int
    currency: str | None
    lift: float
    patience: Patience
    plays: tuple[Play, ...]
    missing: tuple[str, ...]
