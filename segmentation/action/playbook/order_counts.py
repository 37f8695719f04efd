"""What the orders say of each segment: when, how often and for how much they buy, counted in the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.intake.shop import VALUE
from segmentation.runs import View
from segmentation.runs.kept.views import Shown, asked_of
from segmentation.workspace import Workspace

LONGEST_WINDOW = 90
PARTS_OF_HISTORY = 3
YEAR = 365
WEEKDAYS = 7
HOURS = 24


@dataclass(frozen=True)
class SlotCounts:
    """Orders of each segment in each slot of the week or the day, with what their spread needs.

    `orders` and the sums over customers of orders-in-slot squared and times all orders have shape (k, slots);
    `totals` (k,) is the number of orders and `squares` (k,) the sum of its squares over customers.
    """

    orders: np.ndarray
    squared: np.ndarray
    crossed: np.ndarray
    totals: np.ndarray
    squares: np.ndarray


@dataclass(frozen=True)
class Numbers:
    """The figures of k segments, (k,) each, money in the shop's currency.

    `window` is the number of last days, up to `end`, in which `again` of the `known` customers, who had
    ordered before it, ordered again, with `window_orders` for `window_revenue` before returns. `revenue` is
    what they paid, less returns, in the last `year` days. Both are margin where costs count (`in_margin`).
    `gaps` are the typical (median) days between orders of the `returning` customers, NaN where there are
    none. Without dates there are no `weekdays`, and without times of day no `hours`.
    """

    end: date
    days_covered: int
    window: int
    year: int
    known: np.ndarray
    again: np.ndarray
    window_orders: np.ndarray
    window_revenue: np.ndarray
    revenue: np.ndarray
    gaps: np.ndarray
    returning: np.ndarray
    shop_gap: float
    has_amounts: bool
    in_margin: bool
    weekdays: SlotCounts
    hours: SlotCounts | None

    @property
    def window_start(self) -> date:
        """The first day of the window."""
        return self.end - timedelta(days=self.window - 1)


Counts = dict[int, Numbers]
"""The figures by number of segments."""


def numbers_of(workspace: Workspace, view: View) -> Numbers | None:
    """Return the figures of these segments; None without dated orders.

    The orders are gone through once for every number of segments, and what comes of it is kept.
    """
    run = view.run
    labels = {k: view.at(k).labels for k in run.ks}

    def count(opened: Workspace) -> Counts:
        return count_orders(opened, view.customer_ids, labels, run.as_of)

    return asked_of(workspace)(Shown("orders", (run.run_id, run.as_of), Counts, count)).get(view.k)


def count_orders(
    workspace: Workspace, customer_ids: np.ndarray, labels: Mapping[int, np.ndarray], as_of: datetime | None
) -> Counts:
    """Count the orders of these customers (n,) by their segments 0..k-1 of every k; nothing without dates."""
    if as_of is None:
        return {}
    asked = pa.table(
        {
            "position": pa.array(np.arange(len(customer_ids), dtype=np.int64)),
            "customer_id": pa.array(customer_ids, type=pa.string()),
        }
    )
    with workspace.cursor() as cursor:
        cursor.register("played", asked)
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE play_orders AS {_ORDERS}", [as_of])
        first, has_time, has_amounts, in_margin = cursor.execute(_SPAN).fetchall()[0]
        if first is None:
            return {}
        covered = (as_of.date() - first).days + 1
        window = max(1, min(LONGEST_WINDOW, covered // PARTS_OF_HISTORY))
        ends = {"end": as_of.date(), "window": window, "year": YEAR}
        customers = cursor.sql(_BY_CUSTOMER, params=ends).df()
        weekdays = cursor.sql(_SLOTS.format(slot="isodow(ordered_at) - 1")).df()
        hours = cursor.sql(_SLOTS.format(slot="hour(ordered_at)")).df() if has_time else None
        cursor.execute("DROP TABLE play_orders")
    return {
        k: Numbers(
            end=as_of.date(),
            days_covered=covered,
            window=window,
            year=min(YEAR, covered),
            shop_gap=float(customers["gap"].median()),
            has_amounts=has_amounts,
            in_margin=in_margin,
            weekdays=_slots(weekdays, segments, k, WEEKDAYS),
            hours=None if hours is None else _slots(hours, segments, k, HOURS),
            **_columns(customers, segments, k),
        )
        for k, segments in labels.items()
    }


def _columns(customers: pd.DataFrame, labels: np.ndarray, k: int) -> Mapping[str, np.ndarray]:
    """Sum up the customers of each segment."""
    by_segment = customers.groupby(labels[customers["position"].to_numpy()])
    sums = by_segment[["known", "again", "window_orders", "window_revenue", "revenue"]].sum()
    found = sums.reindex(range(k), fill_value=0)
    whole = {name: found[name].to_numpy(dtype=np.int64) for name in ("known", "again", "window_orders")}
    money = {name: found[name].to_numpy(dtype=np.float64) for name in ("window_revenue", "revenue")}
    gaps = by_segment["gap"].median().reindex(range(k)).to_numpy(dtype=np.float64)
    returning = by_segment["gap"].count().reindex(range(k), fill_value=0).to_numpy(dtype=np.int64)
    return {**whole, **money, "gaps": gaps, "returning": returning}


def _slots(found: pd.DataFrame, labels: np.ndarray, k: int, slots: int) -> SlotCounts:
    """Count the orders by slot, of a row per customer and slot: the orders in it, and in every slot."""
    here, every = found["here"].to_numpy(np.float64), found["every"].to_numpy(np.float64)
    segments = labels[found["position"].to_numpy()].astype(np.int64)
    at = segments * slots + found["slot"].to_numpy()
    orders, squared, crossed = (
        np.bincount(at, weights, minlength=k * slots).reshape(k, slots)
        for weights in (here, here * here, here * every)
    )
    return SlotCounts(orders, squared, crossed, orders.sum(axis=1), crossed.sum(axis=1))


# An order is a visit to the till, as in the features; returns count only as money.
_ORDERS = f"""
WITH counted AS (
    SELECT position, ordered_at, {VALUE} AS worth, value, coalesce(is_return, false) AS is_return,
           hash(coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S'))) AS order_key
    FROM shop.lines JOIN played USING (customer_id)
    WHERE ordered_at IS NOT NULL AND CAST(ordered_at AS DATE) <= CAST(? AS DATE)
)
SELECT position, order_key, is_return, min(ordered_at) AS ordered_at, sum(worth) AS worth,
       count(value) > 0 AS in_margin
FROM counted GROUP BY position, order_key, is_return
"""

_SPAN = """
SELECT CAST(min(ordered_at) FILTER (NOT is_return) AS DATE),
       bool_or(ordered_at <> date_trunc('day', ordered_at)), count(worth) > 0,
       coalesce(bool_or(in_margin), false)
FROM play_orders
"""

# Decimals keep a customer's sums exact, and the order of the customers those of a segment.
_BY_CUSTOMER = """
WITH dated AS (
    SELECT *, date_diff('day', CAST(ordered_at AS DATE), $end) AS days_ago FROM play_orders
), customers AS (
    SELECT position,
           coalesce(bool_or(NOT is_return AND days_ago >= $window), false) AS known,
           count(*) FILTER (NOT is_return AND days_ago < $window) AS window_orders,
           coalesce(sum(worth) FILTER (NOT is_return AND days_ago < $window), 0)::DOUBLE AS window_revenue,
           coalesce(sum(worth) FILTER (days_ago < $year), 0)::DOUBLE AS revenue,
           max(days_ago) FILTER (NOT is_return) - min(days_ago) FILTER (NOT is_return) AS span,
           count(DISTINCT days_ago) FILTER (NOT is_return) AS days
    FROM dated GROUP BY position
)
SELECT position, known, known AND window_orders > 0 AS again, window_orders, window_revenue, revenue,
       CASE WHEN days > 1 THEN span / (days - 1) END AS gap
FROM customers ORDER BY position
"""

_SLOTS = """
WITH bought AS (
    SELECT position, {slot} AS slot, count(*) AS here FROM play_orders WHERE NOT is_return GROUP BY ALL
)
SELECT position, slot::INTEGER AS slot, here, (sum(here) OVER (PARTITION BY position))::BIGINT AS every
FROM bought
"""
