"""What the orders say of each segment: when, how often and for how much they buy, counted in the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.intake.shop import VALUE
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


def count_orders(
    workspace: Workspace, customer_ids: np.ndarray, labels: np.ndarray, k: int, as_of: datetime | None
) -> Numbers | None:
    """Count the orders of each segment 0..k-1 of these customers (n,); None without dated orders."""
    if as_of is None:
        return None
    asked = pa.table(
        {
            "position": pa.array(np.arange(len(customer_ids), dtype=np.int64)),
            "customer_id": pa.array(customer_ids, type=pa.string()),
            "segment": pa.array(labels.astype(np.int16)),
        }
    )
    with workspace.cursor() as cursor:
        cursor.register("played", asked)
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE play_orders AS {_ORDERS}", [as_of])
        first, has_time, has_amounts, in_margin = cursor.execute(_SPAN).fetchall()[0]
        if first is None:
            return None
        covered = (as_of.date() - first).days + 1
        window = max(1, min(LONGEST_WINDOW, covered // PARTS_OF_HISTORY))
        ends = {"end": as_of.date(), "window": window, "year": YEAR}
        found = cursor.sql(_BY_SEGMENT, params=ends).df().set_index("segment").reindex(range(k), fill_value=0)
        gaps = cursor.sql(_GAPS).df().set_index("segment")
        weekdays = _slots(cursor, "isodow(ordered_at) - 1", WEEKDAYS, k)
        hours = _slots(cursor, "hour(ordered_at)", HOURS, k) if has_time else None
        cursor.execute("DROP TABLE play_orders")
    typical, returning = gaps["gap"].reindex(range(k)), gaps["customers"].reindex(range(k), fill_value=0)
    return Numbers(
        end=as_of.date(),
        days_covered=covered,
        window=window,
        year=min(YEAR, covered),
        gaps=typical.to_numpy(dtype=np.float64),
        returning=returning.to_numpy(dtype=np.int64),
        shop_gap=float(gaps["gap"].get(-1, np.nan)),
        has_amounts=has_amounts,
        in_margin=in_margin,
        weekdays=weekdays,
        hours=hours,
        **_columns(found),
    )


def _columns(found: pd.DataFrame) -> Mapping[str, np.ndarray]:
    whole = {name: found[name].to_numpy(dtype=np.int64) for name in ("known", "again", "window_orders")}
    money = {name: found[name].fillna(0).to_numpy(dtype=np.float64) for name in ("window_revenue", "revenue")}
    return whole | money


def _slots(cursor: duckdb.DuckDBPyConnection, slot: str, slots: int, k: int) -> SlotCounts:
    """Count the orders by slot; `slot` is SQL of its number from 0."""
    found = cursor.sql(_SLOTS.format(slot=slot)).df()
    counts = np.zeros((3, k, slots))
    rows, columns = found["segment"].to_numpy(), found["slot"].to_numpy()
    for place, name in enumerate(("orders", "squared", "crossed")):
        counts[place, rows, columns] = found[name]
    totals = cursor.sql(_TOTALS).df().set_index("segment").reindex(range(k), fill_value=0)
    orders, squared, crossed = counts
    return SlotCounts(
        orders, squared, crossed, totals["orders"].to_numpy(float), totals["squares"].to_numpy(float)
    )


# An order is a visit to the till, as in the features; returns count only as money. Decimals keep sums exact.
_ORDERS = f"""
WITH counted AS (
    SELECT position, segment, ordered_at, {VALUE} AS worth, value, coalesce(is_return, false) AS is_return,
           hash(coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S'))) AS order_key
    FROM shop.lines JOIN played USING (customer_id)
    WHERE ordered_at IS NOT NULL AND CAST(ordered_at AS DATE) <= CAST(? AS DATE)
)
SELECT position, segment, order_key, is_return, min(ordered_at) AS ordered_at, sum(worth) AS worth,
       count(value) > 0 AS in_margin
FROM counted GROUP BY position, segment, order_key, is_return
"""

_SPAN = """
SELECT CAST(min(ordered_at) FILTER (NOT is_return) AS DATE),
       bool_or(ordered_at <> date_trunc('day', ordered_at)), count(worth) > 0,
       coalesce(bool_or(in_margin), false)
FROM play_orders
"""

_BY_SEGMENT = """
WITH dated AS (
    SELECT *, date_diff('day', CAST(ordered_at AS DATE), $end) AS days_ago FROM play_orders
), customers AS (
    SELECT position, segment,
           bool_or(NOT is_return AND days_ago >= $window) AS known,
           count(*) FILTER (NOT is_return AND days_ago < $window) AS window_orders,
           sum(worth) FILTER (NOT is_return AND days_ago < $window) AS window_revenue,
           sum(worth) FILTER (days_ago < $year) AS revenue
    FROM dated GROUP BY position, segment
)
SELECT segment, count(*) FILTER (known) AS known,
       count(*) FILTER (known AND window_orders > 0) AS again,
       sum(window_orders)::BIGINT AS window_orders, sum(window_revenue)::DOUBLE AS window_revenue,
       sum(revenue)::DOUBLE AS revenue
FROM customers GROUP BY segment
"""

_GAPS = """
WITH spans AS (
    SELECT position, segment,
           date_diff('day', CAST(min(ordered_at) AS DATE), CAST(max(ordered_at) AS DATE)) AS span,
           count(DISTINCT CAST(ordered_at AS DATE)) AS days
    FROM play_orders WHERE NOT is_return GROUP BY position, segment
)
SELECT if(grouping(segment) = 1, -1, segment)::INTEGER AS segment,
       median(span / (days - 1)) AS gap, count(*) AS customers
FROM spans WHERE days > 1 GROUP BY GROUPING SETS ((segment), ())
"""

_SLOTS = """
WITH bought AS (
    SELECT position, segment, {slot} AS slot, count(*) AS here FROM play_orders WHERE NOT is_return
    GROUP BY ALL
), with_all AS (
    SELECT *, sum(here) OVER (PARTITION BY position) AS every FROM bought
)
SELECT segment, slot::INTEGER AS slot, sum(here)::DOUBLE AS orders, sum(here * here)::DOUBLE AS squared,
       sum(here * every)::DOUBLE AS crossed
FROM with_all GROUP BY segment, slot
"""

_TOTALS = """
WITH bought AS (
    SELECT position, segment, count(*) AS every FROM play_orders WHERE NOT is_return GROUP BY ALL
)
SELECT segment, sum(every)::DOUBLE AS orders, sum(every * every)::DOUBLE AS squares
FROM bought GROUP BY segment
"""
