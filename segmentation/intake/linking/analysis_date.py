"""Which day is the analysis date."""

from __future__ import annotations

from datetime import datetime

import duckdb

DATES = (("lines", "ordered_at"), ("events", "happened_at"), ("reviews", "reviewed_at"))


def last_date(cursor: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return the last plausible order or event (reviews where there are neither): not in the future."""
    for table, column in DATES:
        last = cursor.execute(
            f"""
            WITH latest AS (SELECT now()::TIMESTAMP + INTERVAL 1 DAY AS plausible)
            SELECT coalesce(max({column}) FILTER ({column} <= plausible), max({column}))
            FROM shop.{table}, latest"""
        ).fetchall()[0][0]
        if last:
            return last
    return None
