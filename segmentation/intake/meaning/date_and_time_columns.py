"""The moment of a row: a column of dates, or a date and a time of day in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.table_so_far import ALWAYS, LOOKED_AT
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import PATTERN_SEPARATOR, timestamp
from segmentation.intake.values.column_evidence import Evidence

_TIMES = (
    (re.compile(r"\d{1,2}:\d{2}"), ("%H:%M",)),
    (re.compile(r"\d{1,2}:\d{2}:\d{2}"), ("%H:%M:%S",)),
    (re.compile(r"\d{1,2}:\d{2}:\d{2}\.\d{1,6}"), ("%H:%M:%S.%f",)),
    (re.compile(r"\d{1,2}:\d{2} ?[AaPp][Mm]"), ("%I:%M %p", "%I:%M%p")),
    (re.compile(r"\d{1,2}:\d{2}:\d{2} ?[AaPp][Mm]"), ("%I:%M:%S %p", "%I:%M:%S%p")),
)
_OTHER_TIMES = frozenset({Concept.LATER, Concept.BIRTH})


def moment(columns: Sequence[Column]) -> str | None:
    """Return SQL that reads the moment of a row as TIMESTAMP, or None where no column says the day.

    A time of day counts where the date beside it says the day alone, which is at midnight.
    """
    days, times = _days(columns), _times(columns)
    if not days:
        return None
    day = timestamp(f"c{days[0].position}", days[0].value_format)
    if not times:
        return day
    time = timestamp(f"c{times[0].position}", times[0].value_format)
    since_midnight = f"coalesce({time} - date_trunc('day', {time}), INTERVAL 0 SECOND)"
    return f"CASE WHEN {day} = date_trunc('day', {day}) THEN {day} + {since_midnight} ELSE {day} END"


def without_lone_times(columns: Sequence[Column]) -> list[Column]:
    """Set times of day aside where no column says the day any more."""
    lone = [] if _days(columns) else _times(columns)
    reason = "a time of day, and no column says the day"
    return [replace(c, role=Role.IGNORE, reason=reason) if c in lone else c for c in columns]


def join_times(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[Column],
    concepts: Sequence[frozenset[Concept]],
    evidence: Sequence[Evidence],
) -> tuple[Column, ...]:
    """Take the times of day beside a column of mere dates for the times of these dates."""
    days = _days(columns)
    times = {
        column.position: value_format
        for column in columns
        if column.role in (Role.IGNORE, Role.CATEGORICAL) and not concepts[column.position] & _OTHER_TIMES
        and (value_format := read_times(evidence[column.position].sample))
    }  # fmt: skip
    if not days or not times or not _are_mere_days(cursor, table, days[0]):
        return tuple(columns)
    place = min(times, key=lambda position: abs(position - days[0].position))
    joined = replace(
        columns[place],
        role=Role.TIMESTAMP,
        confidence=0.9,
        reason=f"the values are times of day: those of the dates in “{days[0].name}”, read as one moment",
        value_format=times[place],
    )
    return tuple(joined if column.position == place else column for column in columns)


def read_times(sample: Sequence[str]) -> str:
    """Return how times of day are written, by some values of their column; empty where they are none."""
    found = [next((patterns for shape, patterns in _TIMES if shape.fullmatch(v)), ()) for v in sample]
    if sum(map(bool, found)) < ALWAYS * max(1, len(sample)):
        return ""
    return PATTERN_SEPARATOR.join(dict.fromkeys(pattern for patterns in found for pattern in patterns))


def says_the_day(columns: Sequence[Column]) -> bool:
    """Whether a column says of which day a row is."""
    return bool(_days(columns))


def _days(columns: Sequence[Column]) -> list[Column]:
    return [c for c in columns if c.role is Role.TIMESTAMP and not _is_time(c)]


def _times(columns: Sequence[Column]) -> list[Column]:
    return [c for c in columns if c.role is Role.TIMESTAMP and _is_time(c)]


def _is_time(column: Column) -> bool:
    return column.value_format.startswith(("%H", "%I"))


def _are_mere_days(cursor: duckdb.DuckDBPyConnection, table: str, column: Column) -> bool:
    day = timestamp(f"c{column.position}", column.value_format)
    rows = cursor.execute(
        f"""
        WITH days AS (SELECT {day} AS day FROM (FROM {table} LIMIT {LOOKED_AT}))
        SELECT bool_and(day = date_trunc('day', day)) FROM days"""
    ).fetchall()
    return bool(rows[0][0])
