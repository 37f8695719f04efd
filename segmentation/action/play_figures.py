"""The figures of one segment's play, from its orders and from what other steps know of its customers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from segmentation.action.play import Figures, Kpi, SegmentReach, Stakes
from segmentation.action.play_numbers import Numbers
from segmentation.action.play_timing import BestTime, best_times
from segmentation.algorithms.power import HoldOut, plan_hold_out
from segmentation.runs import Segment

FEWEST_KNOWN = 30


@dataclass(frozen=True)
class Findings:
    """What other steps know of the run's customers, (n,) each and in their order, where they know it.

    `email` and `phone` say who can be written to that way, `refused` who said no to all marketing, `objects`
    who objects to profiling; `risk` (0..1, NaN unknown) is how likely a customer is lost, in the words
    `risk_said`; `expected` what each will spend, in the words `expected_said`.
    """

    email: np.ndarray | None = None
    phone: np.ndarray | None = None
    refused: np.ndarray | None = None
    objects: np.ndarray | None = None
    asks: bool = False
    risk: np.ndarray | None = None
    risk_said: str = ""
    expected: np.ndarray | None = None
    expected_said: str = ""


@dataclass(frozen=True)
class Counted:
    """The orders of all segments, with the best times that follow from them."""

    numbers: Numbers

    @cached_property
    def weekdays(self) -> tuple[BestTime, ...]:
        """The best weekday of each segment."""
        return best_times(self.numbers.weekdays)

    @cached_property
    def hours(self) -> tuple[BestTime, ...] | None:
        """The best hour of each segment; None where the files give no times."""
        return best_times(self.numbers.hours) if self.numbers.hours else None


def figures_of(
    segment: Segment, counted: Counted | None, known: Findings, members: np.ndarray, lift: float
) -> Figures:
    """Gather the figures of a segment; `members`, bool (n,), are its customers in the order of the run."""
    reach = reach_of(known, members)
    if counted is None:
        return Figures(reach=reach)
    numbers, at = counted.numbers, segment.label
    kpi = _kpi(numbers, at)
    return Figures(
        weekday=counted.weekdays[at],
        hour=counted.hours[at] if counted.hours else None,
        gap=float(numbers.gaps[at]),
        returning=int(numbers.returning[at]),
        shop_gap=numbers.shop_gap,
        kpi=kpi,
        test=_plan(kpi, segment, reach, lift),
        stakes=_stakes(numbers, at, known, members),
        reach=reach,
    )


def _kpi(numbers: Numbers, at: int) -> Kpi:
    return Kpi(
        window=numbers.window,
        start=numbers.window_start,
        end=numbers.end,
        known=int(numbers.known[at]),
        again=int(numbers.again[at]),
        window_orders=int(numbers.window_orders[at]),
        window_revenue=float(numbers.window_revenue[at]) if numbers.has_amounts else None,
    )


def _plan(kpi: Kpi, segment: Segment, reach: SegmentReach | None, lift: float) -> HoldOut | None:
    """Plan a test among those who can be written to, or all where no file says who can."""
    if kpi.known < FEWEST_KNOWN:
        return None
    customers = segment.size if reach is None else reach.customers - reach.neither
    return plan_hold_out(customers, kpi.rate, lift)


def _stakes(numbers: Numbers, at: int, known: Findings, members: np.ndarray) -> Stakes | None:
    if not numbers.has_amounts:
        return None
    return Stakes(numbers.year, float(numbers.revenue[at]))


def reach_of(known: Findings, members: np.ndarray) -> SegmentReach | None:
    """Count who of a segment can be written to; None where no file says."""
    if known.email is None or known.phone is None or known.refused is None or known.objects is None:
        return None
    asked = members & ~known.objects
    email, phone = (way & ~known.refused & asked for way in (known.email, known.phone))
    return SegmentReach(
        customers=int(asked.sum()),
        objectors=int((members & known.objects).sum()),
        email=int(email.sum()),
        phone=int(phone.sum()),
        both=int((email & phone).sum()),
        neither=int((asked & ~(email | phone)).sum()),
        refused=int((asked & known.refused).sum()),
        asks=known.asks,
    )
