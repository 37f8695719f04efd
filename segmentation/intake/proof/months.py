"""Revenue and orders of each month, as the shop's tables hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from segmentation.workspace import Workspace

ORDER_KEY = "coalesce(order_id, concat_ws(' ', customer_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')))"
"""SQL that names the order of a line of shop.lines: its id, or else its customer and moment."""


@dataclass(frozen=True)
class MonthFigures:
    """Revenue net of returns, how much was sent back (0 or above), and orders of one month."""

    revenue: float
    returned: float
    orders: int


def months(workspace: Workspace) -> pd.DataFrame:
    """Return columns month (its first day), revenue (net of returns, NaN without amounts) and orders."""
    with workspace.cursor() as cursor:
        return cursor.execute(
            f"""
            SELECT date_trunc('month', ordered_at)::TIMESTAMP AS month, sum(amount)::DOUBLE AS revenue,
                   count(DISTINCT {ORDER_KEY}) FILTER (NOT is_return) AS orders
            FROM shop.lines WHERE ordered_at IS NOT NULL GROUP BY ALL ORDER BY month"""
        ).df()


def month_figures(cursor: duckdb.DuckDBPyConnection, month: date) -> MonthFigures:
    """Add up one month; zero where nothing happened."""
    [(revenue, returned, orders)] = cursor.execute(
        f"""
        SELECT coalesce(sum(amount), 0)::DOUBLE, coalesce(-sum(amount) FILTER (is_return), 0)::DOUBLE,
               count(DISTINCT {ORDER_KEY}) FILTER (NOT is_return)
        FROM shop.lines WHERE date_trunc('month', ordered_at) = date_trunc('month', ?::DATE)""",
        [month],
    ).fetchall()
    return MonthFigures(revenue, returned, orders)
