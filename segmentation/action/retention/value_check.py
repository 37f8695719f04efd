"""How far the outlook can be trusted: made as of an earlier day and held against what came after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.action.retention.value_forecast import known_customers, learn_value
from segmentation.algorithms.forecast import Customers, Forecast, chance_of_fewer, forecast
from segmentation.algorithms.risk import TWO_SIDED
from segmentation.features.cutoff import Period, choose_period
from segmentation.features.histories import Aftermath, OrderHistories, histories_before
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

MOST_REPEATS = 6
"""Customers with this many repeats or more are shown together."""


@dataclass(frozen=True)
class Held:
    """One quantity foretold and as it came: totals, mean absolute error per customer, and the intervals.

    `naive_error` is the error of a plain way, repeats ÷ time observed × the days ahead (× what each order day
    brought), and `lead` the interval of 95 % of how much more it is than `error`. `covered` is the share
    (0..1) of customers whose outcome lay within their interval of 80 %, `covered_beyond_none` that of those
    whose interval goes beyond what is expected of them (None where there are none): the others' is nothing,
    but for a small chance.
    """

    foretold: float
    came: float
    error: float
    naive_error: float
    covered: float
    covered_beyond_none: float | None
    lead: tuple[float, float] | None = None


@dataclass(frozen=True)
class ValueCheck:
    """What was foretold of a past period beside what came, of the customers known before it.

    `ties_shared` is the share (0..1) of customers between the first and the ninth tenth of what was foretold
    of their orders, a whole number that lies on a border counting in part: 80 % where the forecast is right,
    however few orders there are (Czado, Gneiting and Held 2009). `by_repeats` holds of the customers with
    0, 1, 2, … repeats (the last: or more) how many there are, and the orders foretold and come on average.
    """

    period: Period
    customers: int
    orders: Held
    spend: Held | None
    ties_shared: float
    by_repeats: tuple[tuple[int, int, float, float], ...]


def check_value(
    workspace: Workspace, shop: Shop, period: Period | None = None, on_progress: Progress = silent
) -> ValueCheck:
    """Learn from what was known before a period, and hold the forecast against what came in it.

    :param period: by default the last quarter of the history, or more where few came back in it.
    :raises NoHindsightError: where the history is too short to be parted.
    :raises NoForecastError: where its earlier part is too little to learn from.
    """
    on_progress(Stage.CHECKING_FORECAST, 0, 1)
    period = period or choose_period(workspace, shop)
    known, after = histories_before(workspace, period)
    return hold_against(known, after)


def hold_against(known: OrderHistories, after: Aftermath, modified: bool = True) -> ValueCheck:
    """Foretell the period from what was known before it, and compare."""
    model = learn_value(known, modified)
    customers, span = known_customers(model, known), float(after.period.days)
    orders, spend = forecast(model.buying, model.spending, customers, span)
    pace = span / np.maximum(known.observed, 1.0)
    fewer, at_most = chance_of_fewer(model.buying, customers, span, after.order_days)
    spent = np.maximum(after.spent, 0.0)
    return ValueCheck(
        after.period,
        len(known),
        _held(orders, after.order_days, known.repeats * pace),
        _held(spend, spent, np.nan_to_num(known.spent_a_day) * known.repeats * pace) if spend else None,
        _ties_shared(fewer, at_most),
        _by_repeats(customers, orders.expected, after.order_days),
    )


def _held(found: Forecast, came: np.ndarray, naive: np.ndarray) -> Held:
    inside = (came >= found.low - 1e-9) & (came <= found.high + 1e-9)
    error, naive_error = np.abs(found.expected - came), np.abs(naive - came)
    more = naive_error - error
    off = TWO_SIDED * float(more.std() / np.sqrt(len(more)))
    some = found.high > found.expected
    return Held(
        foretold=float(found.expected.sum()),
        came=float(came.sum()),
        error=float(error.mean()),
        naive_error=float(naive_error.mean()),
        covered=float(inside.mean()),
        covered_beyond_none=float(inside[some].mean()) if some.any() else None,
        lead=(float(more.mean()) - off, float(more.mean()) + off),
    )


def _ties_shared(fewer: np.ndarray, at_most: np.ndarray) -> float:
    """Return the average part of each customer's step of the distribution that lies between the tenths."""
    within = np.clip(np.minimum(at_most, 0.9) - np.maximum(fewer, 0.1), 0.0, None)
    return float((within / np.maximum(at_most - fewer, 1e-12)).mean())


def _by_repeats(
    customers: Customers, foretold: np.ndarray, came: np.ndarray
) -> tuple[tuple[int, int, float, float], ...]:
    group = np.minimum(customers.repeats, MOST_REPEATS).astype(np.intp)
    sizes, expected, happened = (np.bincount(group, weights) for weights in (None, foretold, came))
    return tuple(
        (at, int(sizes[at]), float(expected[at] / sizes[at]), float(happened[at] / sizes[at]))
        for at in np.flatnonzero(sizes).tolist()
    )
