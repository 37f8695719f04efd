"""Which day is the analysis date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

DATES = (("lines", "ordered_at"), ("events", "happened_at"), ("reviews", "reviewed_at"))

Last = tuple[datetime | None, datetime | None]
"""The last plausible moment of a table, and the last at all."""


def last_date(cursor: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return the last plausible order or event (reviews where there are neither): not in the future."""
    return last_of([last_moments(cursor)])


def last_moments(cursor: duckdb.DuckDBPyConnection) -> list[Last]:
    """Return the last moments of each table in `DATES`."""
    return [
        cursor.execute(
            f"""
            WITH latest AS (SELECT now()::TIMESTAMP + INTERVAL 1 DAY AS plausible)
            SELECT max({column}) FILTER ({column} <= plausible), max({column}) FROM shop.{table}, latest"""
        ).fetchall()[0]
        for table, column in DATES
    ]


def last_of(parts: Sequence[Sequence[Last]]) -> datetime | None:
    """Return the analysis date of all parts together, by the last moments of each."""
    for moments in zip(*parts, strict=True):
        for found in zip(*moments, strict=True):
            if there := [moment for moment in found if moment is not None]:
                return max(there)
    return None
