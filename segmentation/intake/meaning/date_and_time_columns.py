"""The moment of a row: of a column of dates, of date and time of day, or of year, month and day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb
import pandas as pd

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import is_year
from segmentation.intake.meaning.sample import MOST_ROWS
from segmentation.intake.meaning.table_so_far import ALWAYS, LOOKED_AT
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import PATTERN_SEPARATOR, timestamp
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.date_words import in_numbers, in_numbers_sql

_TIMES = (
    (re.compile(r"\d{1,2}:\d{2}"), ("%H:%M",)),
    (re.compile(r"\d{1,2}:\d{2}:\d{2}"), ("%H:%M:%S",)),
    (re.compile(r"\d{1,2}:\d{2}:\d{2}\.\d{1,6}"), ("%H:%M:%S.%f",)),
    (re.compile(r"\d{1,2}:\d{2} ?[AaPp][Mm]"), ("%I:%M %p", "%I:%M%p")),
    (re.compile(r"\d{1,2}:\d{2}:\d{2} ?[AaPp][Mm]"), ("%I:%M:%S %p", "%I:%M:%S%p")),
)
_PACKED = (re.compile(r"([01]\d|2[0-3])[0-5]\d[0-5]\d"), ("%H%M%S",))
YEAR, MONTH, DAY, HOUR = PARTS = ("part %Y", "part %m", "part %d", "part %H")
MANY_DAYS, MANY_MONTHS = 25, 10
_RANGES = {YEAR: (1990, 2100), MONTH: (1, 12), DAY: (1, 31), HOUR: (0, 23)}
_OTHER_TIMES = frozenset({Concept.LATER, Concept.BIRTH})


def moment(columns: Sequence[Column]) -> str | None:
    """Return SQL that reads the moment of a row as TIMESTAMP, or None where no column says the day.

    A time of day counts where the date beside it says the day alone, which is at midnight.
    """
    days, times = _days(columns), _times(columns)
    if not days:
        return _of_parts(columns)
    day = timestamp(f"c{days[0].position}", days[0].value_format)
    if not times:
        return day
    time = timestamp(f"c{times[0].position}", times[0].value_format)
    since_midnight = f"coalesce({time} - date_trunc('day', {time}), INTERVAL 0 SECOND)"
    return f"CASE WHEN {day} = date_trunc('day', {day}) THEN {day} + {since_midnight} ELSE {day} END"


def draw_moments(cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> pd.Series:
    """Read the moments of the rows of a table's sample, datetime64 (rows,), NaT where there is none."""
    when = moment(columns) or "NULL::TIMESTAMP"
    rows = cursor.execute(
        f"SELECT {when} AS moment FROM (FROM {table} ORDER BY line LIMIT {MOST_ROWS}) ORDER BY line"
    ).df()
    return pd.Series(pd.to_datetime(rows["moment"]))


def _of_parts(columns: Sequence[Column]) -> str | None:
    """Return SQL of the moment that year, month and day say, each in a column; the month may be a name."""
    found = {c.value_format: f"c{c.position}" for c in columns if c.role is Role.TIMESTAMP and _is_part(c)}
    if not {YEAR, MONTH, DAY} <= found.keys():
        return None
    year, month, day, hour = (
        f"try_cast(try_cast({found.get(part, '0')} AS DOUBLE) AS BIGINT)" for part in PARTS
    )
    words = in_numbers_sql(f"concat_ws(' ', 1, {found[MONTH]}, 2000)", "")
    named = f"try_cast(split_part({words}, '-', 2) AS BIGINT)"
    date = f"try_cast(concat_ws('-', {year}, coalesce({month}, {named}), {day}) AS DATE)"
    return f"({date} + to_hours(coalesce({hour}, 0)))"


def without_lone_times(columns: Sequence[Column]) -> list[Column]:
    """Set times of day aside where no column says the day any more."""
    lone = [] if says_the_day(columns) else _times(columns)
    reason = "a time of day, and no column says the day"
    return [replace(c, role=Role.IGNORE, reason=reason) if c in lone else c for c in columns]


def join_times(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[Column],
    concepts: Sequence[frozenset[Concept]],
    evidence: Sequence[Evidence],
) -> tuple[Column, ...]:
    """Take the times of day beside a column of mere dates for the times of these dates.

    Where no column has dates, year, month and day side by side are one.
    """
    days = _days(columns)
    if not days:
        return _join_parts(columns, concepts, evidence)
    plain = (Role.IGNORE, Role.CATEGORICAL, Role.NUMERIC)
    times = {
        column.position: value_format
        for column in columns
        if column.role in plain and not concepts[column.position] & _OTHER_TIMES
        and (value_format := read_times(evidence[column.position].sample, concepts[column.position]))
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


def _join_parts(
    columns: Sequence[Column], concepts: Sequence[frozenset[Concept]], evidence: Sequence[Evidence]
) -> tuple[Column, ...]:
    """Find a column of years, beside it one of months and one of days, and behind them one of hours."""
    for start in range(len(columns) - 2):
        near = [c for c in columns[start : start + 4] if not concepts[c.position] & _OTHER_TIMES]
        parts = {part: c for c in near if (part := _part_of(c, evidence[c.position], near, evidence))}
        begins = columns[start] in parts.values()
        if begins and {YEAR, MONTH, DAY} <= parts.keys() and _are_dates(parts, evidence):
            places = {c.position: part for part, c in parts.items()}
            reason = "year, month and day in columns of their own, read as one date"
            dated = replace(columns[0], role=Role.TIMESTAMP, confidence=0.9, reason=reason)
            return tuple(
                replace(dated, position=c.position, name=c.name, value_format=places[c.position])
                if c.position in places else c
                for c in columns
            )  # fmt: skip
    return tuple(columns)


def _are_dates(parts: Mapping[str, Column], evidence: Sequence[Evidence]) -> bool:
    """Whether the header speaks of a year, or months and days are as many as in a calendar."""
    if any(column.role in (Role.CUSTOMER_ID, Role.ORDER_ID) for column in parts.values()):
        return False
    days, months = evidence[parts[DAY].position], evidence[parts[MONTH].position]
    return is_year(parts[YEAR].name) or (days.distinct >= MANY_DAYS and months.distinct >= MANY_MONTHS)


def _part_of(
    column: Column, values: Evidence, near: Sequence[Column], evidence: Sequence[Evidence]
) -> str | None:
    """Return which part of a date a column can be, of those that its neighbours leave."""
    if not values.is_number:
        sample = values.sample[:20]
        named = sample and all(in_numbers(f"1 {value} 2000", "") for value in sample)
        return MONTH if named else None
    fitting = [part for part, limits in _RANGES.items() if _is_within(values, *limits)]
    if YEAR in fitting or not fitting:
        return YEAR if fitting else None
    if DAY in fitting and (values.maximum > _RANGES[HOUR][1] or MONTH not in fitting):
        earlier = [one for one in near if one.position < column.position]
        days = [one for one in earlier if _is_day(evidence[one.position])]
        return HOUR if HOUR in fitting and days else DAY
    return MONTH if MONTH in fitting and values.minimum >= 1 else HOUR


def _is_within(values: Evidence, least: int, most: int) -> bool:
    return values.whole and least <= values.minimum <= values.maximum <= most


def _is_day(values: Evidence) -> bool:
    return values.is_number and _is_within(values, *_RANGES[DAY]) and values.maximum > _RANGES[MONTH][1]


def read_times(sample: Sequence[str], concepts: frozenset[Concept] = frozenset()) -> str:
    """Return how times of day are written, by some values of their column; empty where they are none.

    Six digits are one only where the header speaks of time.
    """
    shapes = (*_TIMES, _PACKED) if Concept.TIME in concepts else _TIMES
    found = [next((patterns for shape, patterns in shapes if shape.fullmatch(v)), ()) for v in sample]
    if sum(map(bool, found)) < ALWAYS * max(1, len(sample)):
        return ""
    return PATTERN_SEPARATOR.join(dict.fromkeys(pattern for patterns in found for pattern in patterns))


def says_the_day(columns: Sequence[Column]) -> bool:
    """Whether a column says of which day a row is."""
    return bool(_days(columns)) or _of_parts(columns) is not None


def _days(columns: Sequence[Column]) -> list[Column]:
    return [c for c in columns if c.role is Role.TIMESTAMP and not _is_time(c) and not _is_part(c)]


def _times(columns: Sequence[Column]) -> list[Column]:
    return [c for c in columns if c.role is Role.TIMESTAMP and _is_time(c)]


def _is_time(column: Column) -> bool:
    return column.value_format.startswith(("%H", "%I")) and "%d" not in column.value_format


def _is_part(column: Column) -> bool:
    return column.value_format in PARTS


def _are_mere_days(cursor: duckdb.DuckDBPyConnection, table: str, column: Column) -> bool:
    day = timestamp(f"c{column.position}", column.value_format)
    rows = cursor.execute(
        f"""
        WITH days AS (SELECT {day} AS day FROM (FROM {table} LIMIT {LOOKED_AT}))
        SELECT bool_and(day = date_trunc('day', day)) FROM days"""
    ).fetchall()
    return bool(rows[0][0])
