"""What customers did between two days, and what they paid: by it their steps are explained and weighed."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from segmentation.intake.shop import lines_known
from segmentation.workspace import Workspace

YEAR = 365
"""Days up to the later one whose revenue weighs a step."""

_NEXT_DAY = "CAST(CAST($until AS DATE) + 1 AS TIMESTAMP)"
_BETWEEN = "> CAST($since AS DATE) AND CAST({column} AS DATE) <= CAST($until AS DATE)"


def _within(column: str) -> str:
    return f"CAST({column} AS DATE) {_BETWEEN.format(column=column)}"


# A row per customer with anything dated by the later day. An order taken back is something done, too.
_ACTIVITY = f"""
WITH dated AS (
    SELECT customer_id, CAST(ordered_at AS DATE) AS day, amount, coalesce(is_return, false) AS is_return,
           {_within("ordered_at")} AS between_days
    FROM {lines_known(_NEXT_DAY)}
    WHERE CAST(ordered_at AS DATE) <= CAST($until AS DATE)
), ordered AS (
    SELECT customer_id, count(DISTINCT day) FILTER (between_days AND NOT is_return) AS orders,
           sum(amount) FILTER (between_days) AS paid, sum(amount) FILTER (day > $year_before) AS revenue,
           max(day) FILTER (NOT is_return) AS last_order
    FROM dated GROUP BY customer_id
), acted AS (
    SELECT customer_id FROM dated WHERE between_days
    UNION SELECT customer_id FROM shop.undone WHERE {_within("undone_at")}
    UNION SELECT customer_id FROM shop.events WHERE {_within("happened_at")}
    UNION SELECT customer_id FROM shop.reviews WHERE {_within("reviewed_at")}
)
SELECT customer_id, acted.customer_id IS NOT NULL AS acted, coalesce(orders, 0)::INTEGER AS orders,
       paid, revenue, last_order
FROM ordered FULL JOIN acted USING (customer_id) ORDER BY customer_id
"""


def activity(workspace: Workspace, since: datetime, until: datetime) -> pa.Table:
    """Return a row per customer of whom anything is dated by the day `until`, ascending.

    Columns: customer_id; `acted`, whether they did anything (ordered, sent or took back, browsed, reviewed)
    after the day `since`; `orders` and `paid` (net) of these days; `revenue` (net) of the year that ends with
    `until`; `last_order`, its day. Amounts are decimals, NULL where none is known.
    """
    year_before = (until - timedelta(days=YEAR)).date()
    with workspace.cursor() as cursor:
        days = {"since": since, "until": until, "year_before": year_before}
        return cursor.sql(_ACTIVITY, params=days).to_arrow_table()


def who_acted(found: pa.Table, customer_ids: np.ndarray) -> np.ndarray:
    """Mark who of these customers (n,) did anything, by what `activity` found."""
    doers = found.filter(found["acted"])["customer_id"].to_pandas()
    return np.isin(customer_ids.astype(str), doers.to_numpy(dtype=str))
