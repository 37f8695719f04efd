"""The order days of every customer who bought: how many, from when to when, and what they brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from segmentation.features.cutoff import Period
from segmentation.intake.population import OneDatabase, Population, times_of
from segmentation.intake.shop import VALUE, lines_known
from segmentation.workspace import Workspace

REGULAR = 0.8
"""So many of the gaps between two order days are no longer than the shop's usual longest one."""

_NEXT_DAY = "(CAST(CAST($until AS DATE) AS TIMESTAMP) + INTERVAL 1 DAY)"

# One row per customer with an order by $until, in the shop's own order.
_HISTORIES = f"""
WITH dated AS (
    SELECT customer_id, CAST(ordered_at AS DATE) AS day, {VALUE} AS worth,
           coalesce(is_return, false) AS is_return
    FROM {lines_known(_NEXT_DAY)}
    WHERE ordered_at IS NOT NULL AND CAST(ordered_at AS DATE) <= CAST($end AS DATE)
), known AS (
    SELECT customer_id, min(day) FILTER (NOT is_return) AS first_day,
           max(day) FILTER (NOT is_return) AS last_day,
           count(DISTINCT day) FILTER (NOT is_return) AS order_days, sum(worth) AS spent
    FROM dated WHERE day <= CAST($until AS DATE) GROUP BY customer_id
), later AS (
    SELECT customer_id, count(DISTINCT day) FILTER (NOT is_return) AS later_days, sum(worth) AS later_spent
    FROM dated WHERE day > CAST($until AS DATE) GROUP BY customer_id
)
SELECT customer_id, CAST(order_days AS DOUBLE) AS order_days, CAST(spent AS DOUBLE) AS spent,
       CAST(date_diff('day', first_day, last_day) AS DOUBLE) AS active_span,
       CAST(date_diff('day', first_day, CAST($until AS DATE)) AS DOUBLE) AS observed,
       CAST(coalesce(later_days, 0) AS DOUBLE) AS later_days,
       CAST(coalesce(later_spent, 0) AS DOUBLE) AS later_spent
FROM shop.customers JOIN known USING (customer_id) LEFT JOIN later USING (customer_id)
WHERE order_days > 0 ORDER BY sort_key NULLS FIRST, customer_id
"""

_GAPS = f"""
WITH days AS (
    SELECT DISTINCT customer_id, CAST(ordered_at AS DATE) AS day FROM {lines_known(_NEXT_DAY)}
    WHERE is_return IS NOT TRUE AND CAST(ordered_at AS DATE) <= CAST($until AS DATE)
), gaps AS (
    SELECT day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM days
)
SELECT gap, count(*) AS times FROM gaps WHERE gap IS NOT NULL GROUP BY gap
"""


@dataclass(frozen=True)
class OrderHistories:
    """Every customer with an order by the day `until`, float64 (n,) each; several orders of a day are one.

    `active_span` is the days from the first order day to the last, `observed` those from the first to
    `until`; `spent` is net of what came back, and after costs where these count (`Shop.in_margin`), NaN where
    no amount is known.
    """

    until: datetime
    customer_ids: np.ndarray
    order_days: np.ndarray
    active_span: np.ndarray
    observed: np.ndarray
    spent: np.ndarray

    def __len__(self) -> int:
        return len(self.customer_ids)

    @property
    def repeats(self) -> np.ndarray:
        """Order days after the first."""
        return self.order_days - 1

    @property
    def days_since(self) -> np.ndarray:
        """Days from the last order day to `until`."""
        return self.observed - self.active_span

    @property
    def spent_a_day(self) -> np.ndarray:
        """Net amount per order day."""
        return self.spent / self.order_days

    @property
    def days(self) -> int:
        """How many days the orders cover, up to `until`."""
        return int(self.observed.max()) + 1 if len(self) else 0


@dataclass(frozen=True)
class Aftermath:
    """What the customers of the histories did in a later period: order days and net spend, float64 (n,)."""

    period: Period
    order_days: np.ndarray
    spent: np.ndarray


@dataclass(frozen=True)
class Gaps:
    """The days between two order days of a customer, over all of them: how many, average, and usual longest.

    `usual` is not exceeded by 80 % of them; 0 where nobody came back.
    """

    number: int
    average: float
    usual: int


def order_histories(workspace: Workspace, until: datetime) -> OrderHistories:
    """Read the order days of the shop's customers, up to the end of a day."""
    return _read(workspace, until, until)[0]


def histories_before(workspace: Workspace, period: Period) -> tuple[OrderHistories, Aftermath]:
    """Read the order days before a period, and what the same customers did in it."""
    known, later_days, later_spent = _read(workspace, period.day_before, period.end)
    return known, Aftermath(period, later_days, later_spent)


def done_lately(workspace: Workspace, histories: OrderHistories, days: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the order days and the net spend of the latest `days` of these histories, (n,) each."""
    earlier = order_histories(workspace, histories.until - timedelta(days=days))
    places = pd.Index(earlier.customer_ids).get_indexer(pd.Index(histories.customer_ids))
    order_days, spent = (
        np.where(places >= 0, np.append(before, 0.0)[places], 0.0)
        for before in (earlier.order_days, earlier.spent)
    )
    return histories.order_days - order_days, histories.spent - spent


def gaps_between_orders(workspace: Workspace, until: datetime) -> Gaps:
    """Measure the days from each order day of a customer to the next."""
    return gaps_of(OneDatabase(workspace), until)


def gaps_of(people: Population, until: datetime) -> Gaps:
    """Measure the same of customers of whom something can be asked."""
    times = times_of(people, _GAPS, {"until": until})
    number = sum(times.values())
    if not number:
        return Gaps(0, 0.0, 0)
    average = sum(gap * count for gap, count in times.items()) / number
    reached = np.cumsum([times[gap] for gap in sorted(times)])
    usual = sorted(times)[int(np.searchsorted(reached, number - np.floor(number - REGULAR * number)))]
    return Gaps(number, average, usual)


def _read(
    workspace: Workspace, until: datetime, end: datetime
) -> tuple[OrderHistories, np.ndarray, np.ndarray]:
    with workspace.cursor() as cursor:
        found = cursor.sql(_HISTORIES, params={"until": until, "end": end}).df()
    columns = {name: found[name].to_numpy(dtype=np.float64) for name in found.columns[1:]}
    later = columns.pop("later_days"), columns.pop("later_spent")
    return OrderHistories(until, found["customer_id"].to_numpy(dtype=object), **columns), *later
