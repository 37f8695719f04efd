"""How a shop stands on a day: who buys, what for, who comes back; of today and of an earlier day alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np

from segmentation.action.retention.win_back import SILENT_PERIODS
from segmentation.intake.proof.months import ORDER_KEY
from segmentation.intake.shop import lines_known

YEAR = 365
TENTHS = 10

_NEXT_DAY = "CAST(CAST($day AS DATE) + 1 AS TIMESTAMP)"

# A row per customer with a line by the day; money and orders are those after the day before `begin`.
_STANDING = f"""
WITH dated AS (
    SELECT position, CAST(ordered_at AS DATE) AS day, amount, coalesce(is_return, false) AS is_return,
           {ORDER_KEY} AS order_key
    FROM {lines_known(_NEXT_DAY)} JOIN run_customers USING (customer_id)
    WHERE ordered_at IS NOT NULL AND CAST(ordered_at AS DATE) <= CAST($day AS DATE)
)
SELECT position,
       CAST(date_diff('day', max(day) FILTER (NOT is_return), CAST($day AS DATE)) AS DOUBLE) AS silent,
       count(DISTINCT day) FILTER (NOT is_return AND day >= $begin) AS order_days,
       count(DISTINCT order_key) FILTER (NOT is_return AND day >= $begin) AS orders,
       CAST(coalesce(sum(amount) FILTER (day >= $begin), 0) AS DOUBLE) AS paid,
       CAST(coalesce(sum(amount) FILTER (NOT is_return AND day >= $begin), 0) AS DOUBLE) AS bought
FROM dated GROUP BY position ORDER BY position
"""


@dataclass(frozen=True)
class BuyersOnDay:
    """How the customers with a line stand on a day, (n,) each, by their place in the run.

    `silent` is the days since the last order, NaN without one; the others are of the window that ends on
    the day: days with an order, orders, what was paid less returns, and before them.
    """

    position: np.ndarray
    silent: np.ndarray
    order_days: np.ndarray
    orders: np.ndarray
    paid: np.ndarray
    bought: np.ndarray


@dataclass(frozen=True)
class ShopFigures:
    """The figures of a shop on a day; money in its currency, None where the files do not say.

    `buyers` had ordered by then, `active` ones within the last active days, and `overdue` ones not since
    then, though within three times as many; these had `overdue_orders` in the window and had paid
    `overdue_paid`. Of the window are `revenue` (less returns), `orders`, `order_value` (before returns), and
    `repeat`, the share (0..1) of its buyers who ordered on a second day of it.
    """

    buyers: int
    active: int
    overdue: int
    overdue_orders: int
    overdue_paid: float | None
    revenue: float | None
    orders: int
    order_value: float | None
    repeat: float | None


def standing_on(cursor: duckdb.DuckDBPyConnection, day: date, window: int) -> BuyersOnDay:
    """See how the registered `run_customers` (position, customer_id) stood on a day, as it was known then."""
    found = cursor.execute(_STANDING, {"day": day, "begin": day - timedelta(days=window - 1)}).fetchnumpy()
    silent = np.ma.filled(found["silent"], np.nan)
    rest = (np.asarray(found[name]) for name in ("order_days", "orders", "paid", "bought"))
    return BuyersOnDay(np.asarray(found["position"]), silent, *rest)


def figures_of_shop(stood: BuyersOnDay, active_days: int, has_amounts: bool) -> ShopFigures:
    """Add the customers up.

    :param active_days: within which who has ordered counts as active.
    """
    overdue = (stood.silent >= active_days) & (stood.silent <= SILENT_PERIODS * active_days)
    orders, recent = int(stood.orders.sum()), int((stood.order_days > 0).sum())
    return ShopFigures(
        buyers=int(np.isfinite(stood.silent).sum()),
        active=int((stood.silent < active_days).sum()),
        overdue=int(overdue.sum()),
        overdue_orders=int(stood.orders[overdue].sum()),
        overdue_paid=_money(stood.paid[overdue].sum()) if has_amounts else None,
        revenue=_money(stood.paid.sum()) if has_amounts else None,
        orders=orders,
        order_value=_money(stood.bought.sum() / orders) if has_amounts and orders else None,
        repeat=float((stood.order_days > 1).sum() / recent) if recent else None,
    )


def tenths(paid: np.ndarray) -> tuple[float, ...] | None:
    """Return which share (0..1) of the revenue each tenth of the customers brings, the best tenth first.

    A customer on the border of two tenths counts in both by part. Who sent back more than they kept brings
    nothing; None where nobody brings anything.

    :param paid: by customer, (n,).
    """
    brought = np.sort(np.maximum(paid, 0.0))[::-1]
    total = brought.sum()
    if not total:
        return None
    summed = np.concatenate([[0.0], np.cumsum(brought)]) / total
    ends = np.linspace(0, len(brought), TENTHS + 1)
    return tuple(np.diff(np.interp(ends, np.arange(len(summed)), summed)).round(6).tolist())


def _money(value: float) -> float:
    return round(float(value), 2)
