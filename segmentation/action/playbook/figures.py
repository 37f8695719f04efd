"""The figures of one segment's play, from its orders and from what other steps know of its customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from segmentation.action.audience.contacts import Reach
from segmentation.action.files.kept_results import LastResult
from segmentation.action.playbook.order_counts import Numbers
from segmentation.action.playbook.play import Figures, Kpi, SegmentReach, Stakes
from segmentation.action.playbook.timing import BestTime, best_times
from segmentation.action.recommend.per_segment import SegmentOffers
from segmentation.algorithms.power import HoldOut, plan_for_target, plan_hold_out
from segmentation.intake.linking.consent import Answer
from segmentation.runs import Segment

FEWEST_KNOWN = 30


@dataclass(frozen=True)
class Findings:
    """What other steps know of the run's customers, in their order; None is what nobody knows.

    `looked_ahead` is whether anybody has looked at what lies ahead of them: `expected` (n,) is what each will
    spend in the next year, and `expected_said` how that is known; `at_risk` (n,) is how much of the next year
    is at risk, in the words `risk_said`. `offers` are by k what to offer each segment, `results` what the
    last campaign changed in it.
    """

    reach: Reach | None = None
    looked_ahead: bool = False
    expected: np.ndarray | None = None
    expected_said: str = ""
    at_risk: np.ndarray | None = None
    risk_said: str = ""
    offers: Mapping[int, Sequence[SegmentOffers]] = field(default_factory=dict)
    results: Mapping[int, Mapping[int, LastResult]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sought:
    """What a test is to find: the lift that is chosen, or the one expected after the last campaign."""

    lift: float
    last: LastResult | None = None


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
    segment: Segment, counted: Counted | None, known: Findings, members: np.ndarray, sought: Sought
) -> Figures:
    """Gather the figures of a segment; `members`, bool (n,), are its customers in the order of the run."""
    reach = reach_of(known, members)
    if counted is None:
        return Figures(reach=reach, last=sought.last)
    numbers, at = counted.numbers, segment.label
    kpi = _kpi(numbers, at)
    return Figures(
        weekday=counted.weekdays[at],
        hour=counted.hours[at] if counted.hours else None,
        gap=float(numbers.gaps[at]),
        returning=int(numbers.returning[at]),
        shop_gap=numbers.shop_gap,
        kpi=kpi,
        test=_plan(kpi, segment, reach, sought),
        stakes=_stakes(numbers, at, known, members),
        reach=reach,
        last=sought.last,
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
        in_margin=numbers.in_margin,
    )


def _plan(kpi: Kpi, segment: Segment, reach: SegmentReach | None, sought: Sought) -> HoldOut | None:
    """Plan a test among those who can be written to, or all where no file says who can.

    After a campaign that brought something, of so much as is expected again in a window as long.
    """
    customers = segment.size if reach is None else reach.customers - reach.neither
    last = sought.last
    if last is not None and last.shrunk > 0:
        rate = last.ordered / last.treated
        return plan_for_target(customers, max(0.0, rate - last.shrunk), max(rate, last.shrunk))
    return None if kpi.known < FEWEST_KNOWN else plan_hold_out(customers, kpi.rate, sought.lift)


def _stakes(numbers: Numbers, at: int, known: Findings, members: np.ndarray) -> Stakes | None:
    if not numbers.has_amounts:
        return None
    stakes = Stakes(numbers.year, float(numbers.revenue[at]), in_margin=numbers.in_margin)
    if known.expected is not None:
        stakes = replace(stakes, expected=float(known.expected[members].sum()), why=known.expected_said)
    if known.at_risk is not None:
        risked = float(known.at_risk[members].sum())
        stakes = replace(stakes, at_risk=risked, why_at_risk=known.risk_said)
    return stakes


def reach_of(known: Findings, members: np.ndarray) -> SegmentReach | None:
    """Count who of a segment can be written to; None where no file says."""
    if known.reach is None:
        return None
    asked = members & ~known.reach.objects
    refused = asked & (known.reach.consent == Answer.NO)
    email = asked & ~refused & known.reach.email
    phone = asked & ~refused & known.reach.phone & (known.reach.phone_consent != Answer.NO)
    return SegmentReach(
        customers=int(asked.sum()),
        objectors=int((members & known.reach.objects).sum()),
        email=int(email.sum()),
        phone=int(phone.sum()),
        both=int((email & phone).sum()),
        neither=int((asked & ~(email | phone)).sum()),
        agreed=int((asked & (known.reach.consent == Answer.YES)).sum()),
        refused=int(refused.sum()),
    )
