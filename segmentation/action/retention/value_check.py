"""How far the outlook can be trusted: made as of an earlier day and held against what came after."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from segmentation.action.retention.value_levels import (
    Lessons,
    Level,
    Taught,
    corrected,
    learn_lessons,
    lessons_of,
)
from segmentation.action.retention.value_model import known_customers
from segmentation.action.retention.value_ways import (
    PLAIN,
    Known,
    Prospect,
    ValueWay,
    What,
    came,
    foresee,
    know_before,
)
from segmentation.algorithms.forecast import Forecast, chance_of_fewer
from segmentation.algorithms.risk import TWO_SIDED
from segmentation.features.cutoff import Period, choose_period
from segmentation.features.histories import Aftermath
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

MOST_REPEATS = 6
"""Customers with this many repeats or more are shown together."""

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Behind:
    """The interval of 95 % of how much more a plain way was off than the model, plainly and squared."""

    plainly: tuple[float, float]
    squared: tuple[float, float]

    @property
    def clearly(self) -> bool:
        """Whether it was off by more, beyond chance, by either measure."""
        return self.plainly[0] > 0 or self.squared[0] > 0


@dataclass(frozen=True)
class Held:
    """One quantity foretold and as it came: totals, mean absolute error per customer, and the intervals.

    `foretold` is by the way that is `used`, its level corrected by `level`; `uncorrected` is what the
    model alone says. `errors` are the errors of all ways, each corrected likewise, and `behind` says how far
    the plain ways are behind the model. `covered` is the share (0..1) of customers whose outcome lay within
    their interval of 80 %, `covered_beyond_none` that of those whose interval goes beyond what is expected of
    them (None where there are none): the others' is nothing, but for a small chance.
    """

    foretold: float
    came: float
    error: float
    covered: float
    covered_beyond_none: float | None
    uncorrected: float | None = None
    used: ValueWay = ValueWay.MODEL
    level: Level = field(default_factory=Level)
    errors: dict[ValueWay, float] = field(default_factory=dict)
    behind: dict[ValueWay, Behind] = field(default_factory=dict)


@dataclass(frozen=True)
class ValueCheck:
    """What was foretold of a past period beside what came, of the customers known before it.

    `ties_shared` is the share (0..1) of customers between the first and the ninth tenth of what the model
    says of their orders, a whole number that lies on a border counting in part: 80 % where the model is
    right, however few orders there are (Czado, Gneiting and Held 2009). `by_repeats` holds of the customers
    with 0, 1, 2, … repeats (the last: or more) how many there are, and the orders foretold and come on
    average.
    """

    period: Period
    customers: int
    orders: Held
    spend: Held | None
    ties_shared: float
    by_repeats: tuple[tuple[int, int, float, float], ...]


@dataclass(frozen=True)
class Checked:
    """A check, and what its period and that a year before it teach of every way, for the time to come."""

    check: ValueCheck
    taught: Taught
    season: Taught

    def used(self, what: What) -> ValueWay:
        """Return the way that foretells best, of equals a plain one."""
        held = self.check.orders if what is What.ORDERS else self.check.spend
        return held.used if held else ValueWay.MODEL


def check_value(
    workspace: Workspace, shop: Shop, period: Period | None = None, on_progress: Progress = silent
) -> Checked:
    """Learn from what was known before a period, and hold the forecast against what came in it.

    :param period: by default the last quarter of the history, or more where few came back in it.
    :raises NoHindsightError: where the history is too short to be parted.
    :raises NoForecastError: where its earlier part is too little to learn from.
    """
    on_progress(Stage.CHECKING_FORECAST, 0, 1)
    period = period or choose_period(workspace, shop)
    known, after = know_before(workspace, period)
    latest = earlier(period, timedelta(days=period.days))
    periods = (latest, earlier(period, YEAR), earlier(latest, YEAR))
    return hold_against(known, after, Lessons(*(lessons_of(workspace, one) for one in periods)))


def earlier(period: Period, by: timedelta) -> Period:
    """Return a period as long, so much earlier."""
    return Period(period.cutoff - by, period.end - by, 0, 0)


def hold_against(known: Known, after: Aftermath, lessons: Lessons) -> Checked:
    """Foretell the period from what was known before it, corrected by earlier periods, and compare."""
    found, happened = foresee(known, after.period.days), came(after)
    held = {what: _hold(one, what, happened[what], lessons) for what, one in found.items()}
    orders = found[What.ORDERS]
    customers = known_customers(known.model, known.histories)
    fewer, at_most = chance_of_fewer(known.model.buying, customers, orders.tested, after.order_days)
    foretold = corrected(orders, What.ORDERS, held[What.ORDERS].used, lessons).expected
    check = ValueCheck(
        after.period,
        len(known.histories),
        held[What.ORDERS],
        held.get(What.SPEND),
        _ties_shared(fewer, at_most),
        _by_repeats(known.histories.repeats, foretold, after.order_days),
    )
    return Checked(check, learn_lessons(found, happened), lessons.season)


def _hold(found: Prospect, what: What, happened: np.ndarray, lessons: Lessons) -> Held:
    """Hold all ways against what came, and take the model unless a plain one is not clearly behind."""
    said = {way: corrected(found, what, way, lessons) for way in ValueWay}
    off = {way: np.abs(one.expected - happened) for way, one in said.items()}
    errors = {way: float(one.mean()) for way, one in off.items()}
    behind = {
        way: Behind(_lead(off[way], off[ValueWay.MODEL]), _lead(off[way] ** 2, off[ValueWay.MODEL] ** 2))
        for way in PLAIN
    }
    used = min(
        (way for way in PLAIN if not behind[way].clearly), key=errors.__getitem__, default=ValueWay.MODEL
    )
    plain = _held(said[used], happened, float(found.model.expected.sum()))
    level = lessons.level(what, used)
    return replace(plain, used=used, level=level, errors=errors, behind=behind)


def _held(found: Forecast, happened: np.ndarray, uncorrected: float) -> Held:
    inside = (happened >= found.low - 1e-9) & (happened <= found.high + 1e-9)
    some = found.high > found.expected
    return Held(
        foretold=float(found.expected.sum()),
        came=float(happened.sum()),
        error=float(np.abs(found.expected - happened).mean()),
        covered=float(inside.mean()),
        covered_beyond_none=float(inside[some].mean()) if some.any() else None,
        uncorrected=uncorrected,
    )


def _lead(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Return the interval of 95 % of how much more the first error is on average, (n,) each."""
    more = one - other
    off = TWO_SIDED * float(more.std() / np.sqrt(len(more)))
    return float(more.mean()) - off, float(more.mean()) + off


def _ties_shared(fewer: np.ndarray, at_most: np.ndarray) -> float:
    """Return the average part of each customer's step of the distribution that lies between the tenths."""
    within = np.clip(np.minimum(at_most, 0.9) - np.maximum(fewer, 0.1), 0.0, None)
    return float((within / np.maximum(at_most - fewer, 1e-12)).mean())


def _by_repeats(
    repeats: np.ndarray, foretold: np.ndarray, happened: np.ndarray
) -> tuple[tuple[int, int, float, float], ...]:
    group = np.minimum(repeats, MOST_REPEATS).astype(np.intp)
    sizes, expected, orders = (np.bincount(group, weights) for weights in (None, foretold, happened))
    return tuple(
        (at, int(sizes[at]), float(expected[at] / sizes[at]), float(orders[at] / sizes[at]))
        for at in np.flatnonzero(sizes).tolist()
    )
