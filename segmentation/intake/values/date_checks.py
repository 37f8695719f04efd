"""What the rows of a column say of possible formats of its dates: how many are read, how far, how sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.values.cast import timestamp

SORTED_ROWS = 1_000_000
MANY_ROWS = 200_000
CLEAR_LEAD = 0.01
"""A format that reads so much more of many rows than any other is the one of all rows."""
FAR_WIDER = 4
OUR_TIME = 1850, 2200


@dataclass(frozen=True)
class DateColumn:
    """Where the values stand, in how many rows, and what must stand before every format of them."""

    cursor: duckdb.DuckDBPyConnection
    table: str
    cell: str
    rows: int
    prefix: str = ""


def share_read(
    cursor: duckdb.DuckDBPyConnection, table: str, cell: str, value_format: str, rows_that: str
) -> float:
    """Return the share of filled values that a format reads, among the rows that meet a condition."""
    return shares_of(DateColumn(cursor, table, cell, 0), [value_format], rows_that)[0]


def shares_read(column: DateColumn, formats: Sequence[str]) -> list[float]:
    """Return the share of filled values that each format reads: of all rows where many leave it open."""
    parts = 1 + column.rows // MANY_ROWS
    found = shares_of(column, formats, f"hash(line) % {parts} = 0" if parts > 1 else "true")
    best, *others = sorted(found, reverse=True)
    is_plain = all(best - share > CLEAR_LEAD for share in others)
    return found if parts == 1 or is_plain else shares_of(column, formats, "true")


def shares_of(column: DateColumn, formats: Sequence[str], rows_that: str) -> list[float]:
    """Return the share of filled values that each format reads, among the rows that meet a condition."""
    fields = ", ".join(
        f"coalesce(sum(n * ({timestamp('value', column.prefix + one)} IS NOT NULL)::INT) / sum(n), 0)"
        for one in formats
    )
    rows = column.cursor.execute(
        f"""
        WITH given AS (SELECT {column.cell} AS value, count(*) AS n FROM {column.table}
                       WHERE {rows_that} GROUP BY ALL)
        SELECT {fields} FROM given WHERE value IS NOT NULL"""
    ).fetchall()
    return [float(share) for share in rows[0]]


def of_least_span(column: DateColumn, formats: Sequence[str]) -> list[str]:
    """Leave out readings that spread the rows over far more years: `24-01-15` is of 2024, not of 2015."""
    fields = ", ".join(
        f"coalesce(date_diff('day', min({moment}), max({moment})), 0) + 1"
        for one in formats
        for moment in [timestamp("value", column.prefix + one)]
    )
    cells = f"(SELECT {column.cell} AS value FROM {column.table} LIMIT {MANY_ROWS})"
    spans = column.cursor.execute(f"SELECT {fields} FROM {cells}").fetchall()[0]
    return [one for one, span in zip(formats, spans, strict=True) if span <= FAR_WIDER * max(365, min(spans))]


def is_of_our_time(column: DateColumn, value_format: str) -> bool:
    """Whether most of what a format reads lies where people buy and are born, not in another calendar."""
    first, last = OUR_TIME
    moment = timestamp("value", column.prefix + value_format)
    cells = f"(SELECT {column.cell} AS value FROM {column.table} LIMIT {MANY_ROWS})"
    query = f"SELECT coalesce(median(year({moment})), 2000) FROM {cells}"
    [(year,)] = column.cursor.execute(query).fetchall()
    return bool(first <= year <= last)


def sortedness(column: DateColumn, value_format: str) -> tuple[float, int]:
    """Return how well the rows are sorted by what a format reads, up or down, and by how many steps."""
    rows = column.cursor.execute(
        f"""
        WITH written AS (SELECT line, {column.cell} AS value FROM {column.table} LIMIT {SORTED_ROWS}),
             read AS (SELECT line, {timestamp("value", column.prefix + value_format)} AS moment
                      FROM written WHERE value IS NOT NULL),
             steps AS (SELECT moment, lag(moment) OVER (ORDER BY line) AS earlier FROM read)
        SELECT coalesce(avg((moment > earlier)::INT), 0), coalesce(avg((moment < earlier)::INT), 0),
               count(*) FILTER (moment <> earlier)
        FROM steps"""
    ).fetchall()
    up, down, steps = rows[0]
    return 1 - float(min(up, down)), steps
