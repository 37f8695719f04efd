"""How the dates of a column are written, decided by all of its values."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import duckdb

from segmentation.intake.values.cast import (
    EXCEL_SERIAL,
    NAMED_MONTH,
    PATTERN_SEPARATOR,
    UNIX_MILLISECONDS,
    UNIX_SECONDS,
    timestamp,
)
from segmentation.intake.values.month_names import in_numbers

MIN_SHARE = 0.9
MIN_SHARE_OF_SHAPED = 0.5
SORTED_ROWS = 1_000_000
MANY_ROWS = 200_000

_DIGIT = re.compile(r"[0-9]")
_DAYS = (
    (r"\d{4}-\d{1,2}-\d{1,2}", ("%Y-%m-%d",)),
    (r"\d{4}/\d{1,2}/\d{1,2}", ("%Y/%m/%d",)),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", ("%Y.%m.%d",)),
    (r"\d{1,2}/\d{1,2}/\d{4}", ("%m/%d/%Y", "%d/%m/%Y")),
    (r"\d{1,2}-\d{1,2}-\d{4}", ("%d-%m-%Y", "%m-%d-%Y")),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", ("%d.%m.%Y", "%m.%d.%Y")),
    (r"\d{1,2}/\d{1,2}/\d{2}", ("%m/%d/%y", "%d/%m/%y")),
    (r"\d{1,2}-\d{1,2}-\d{2}", ("%d-%m-%y", "%m-%d-%y")),
    (r"\d{1,2}\.\d{1,2}\.\d{2}", ("%d.%m.%y", "%m.%d.%y")),
    (r"(?:19|20)\d{6}", ("%Y%m%d",)),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", ("%d-%b-%Y",)),
    (r"\d{1,2}-[A-Za-z]{3}-\d{2}", ("%d-%b-%y",)),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", ("%d %b %Y",)),
    (r"\d{1,2} [A-Za-z]{3,9} \d{4}", ("%d %B %Y",)),
    (r"[A-Za-z]{3}-\d{1,2}-\d{4}", ("%b-%d-%Y",)),
    (r"[A-Za-z]{3}-\d{1,2}-\d{2}", ("%b-%d-%y",)),
    (r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4}", ("%a, %d %b %Y",)),
    (r"[A-Za-z]{3} [A-Za-z]{3} \d{1,2} \d{4}", ("%a %b %d %Y",)),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", ("%b %d, %Y",)),
    (r"[A-Za-z]{3,9} \d{1,2}, \d{4}", ("%B %d, %Y",)),
    (r"\d{4}年\d{1,2}月\d{1,2}日", ("%Y年%m月%d日",)),
)
_TIMES = (
    (r"", ""),
    (r" \d{1,2}", " %H"),
    (r" \d{1,2}:\d{2}", " %H:%M"),
    (r" \d{1,2}:\d{2}:\d{2}", " %H:%M:%S"),
    (r" \d{1,2}:\d{2}:\d{2}\.\d{1,6}", " %H:%M:%S.%f"),
    (r" \d{1,2}:\d{2} ?[AaPp][Mm]", " %I:%M %p"),
    (r" \d{1,2}:\d{2}:\d{2} ?[AaPp][Mm]", " %I:%M:%S %p"),
    (r"T\d{1,2}", "T%H"),
    (r"T\d{1,2}:\d{2}", "T%H:%M"),
    (r"T\d{1,2}:\d{2}:\d{2}", "T%H:%M:%S"),
    (r"T\d{1,2}:\d{2}:\d{2}\.\d{1,6}", "T%H:%M:%S.%f"),
)
_ZONES = (
    (r"", ""),
    (r"Z", "Z"),
    (r" UTC", " UTC"),
    (r" GMT", " GMT"),
    (r"[+-]\d{2}(?::?\d{2})?", "%z"),
    (r" [+-]\d{2}:?\d{2}", " %z"),
)
_SHAPES = tuple(
    (re.compile(day + time + zone), tuple(d + t + z for d in days))
    for day, days in _DAYS
    for time, t in _TIMES
    for zone, z in _ZONES
    if time or not zone
)


@dataclass(frozen=True)
class DateReading:
    """How a column's dates are written, the share that this reads, and whether day and month are sure."""

    value_format: str
    share: float
    certain: bool

    @property
    def words(self) -> str:
        """The pattern in words for people."""
        if self.value_format.startswith("unix"):
            return self.value_format.replace("_", " ")
        if self.value_format == EXCEL_SERIAL:
            return "day numbers of a spreadsheet"
        if self.value_format.startswith(NAMED_MONTH):
            return "day first, the month by its name"
        first = self.value_format.split(PATTERN_SEPARATOR)[0]
        order = {"%d": "day first", "%m": "month first"}.get(first[:2], "year first")
        return order if self.certain else f"{order}; day and month could be the other way round"


def read_dates(
    cursor: duckdb.DuckDBPyConnection, table: str, column: str, sample: list[str], script: str = ""
) -> DateReading | None:
    """Return how the column's dates are written, or None if they are no dates.

    :param sample: some distinct values of the column, to find candidate patterns; all values decide.
    """
    found = _read_numbers_and_english(cursor, table, column, sample)
    if found and (found.share == 1 or "%b" not in found.value_format.lower()):
        return found
    # Of Spanish months some are English too (`mar`, `jul`): those alone must not pass for the column.
    named = _read_month_names(cursor, table, column, sample)
    return named if named and (found is None or named.share > found.share) else found


def _read_month_names(
    cursor: duckdb.DuckDBPyConnection, table: str, column: str, sample: list[str]
) -> DateReading | None:
    """Return how dates are written that name the month in any language known."""
    in_figures = [value for written in sample if (value := in_numbers(written))]
    shapes = Counter(shape for value in in_figures if (shape := _patterns_of(value)))
    if not sample or sum(shapes.values()) < MIN_SHARE * len(sample):
        return None
    value_format = PATTERN_SEPARATOR.join(
        f"{NAMED_MONTH}{patterns[0]}" for patterns, _ in shapes.most_common(3)
    )
    share = share_read(cursor, table, column, value_format, _many_rows(cursor, table))
    return DateReading(value_format, share, True) if share >= MIN_SHARE else None


def _read_numbers_and_english(
    cursor: duckdb.DuckDBPyConnection, table: str, column: str, sample: list[str]
) -> DateReading | None:
    alike = (value[:2] + _DIGIT.sub("0", value[2:]) for value in sample)
    shapes = Counter(shape for value in alike if (shape := _patterns_of(value)))
    shaped = sum(shapes.values()) / max(1, len(sample))
    if shaped < 0.5:
        return None
    kept = [patterns for patterns, count in shapes.most_common(3) if count >= 0.01 * len(sample)]
    first = [patterns[0] for patterns in kept]
    second = [patterns[-1] for patterns in kept]
    formats = list(dict.fromkeys(PATTERN_SEPARATOR.join(patterns) for patterns in (first, second)))
    rows = "true" if len(formats) > 1 else _many_rows(cursor, table)
    shares = [share_read(cursor, table, column, value_format, rows) for value_format in formats]
    best = max(range(len(formats)), key=shares.__getitem__)
    certain = len(formats) == 1 or shares[0] != shares[1]
    if not certain:
        best = max(range(len(formats)), key=lambda i: _sortedness(cursor, table, column, formats[i]))
    # Where nearly all values are written like dates, those that cannot be (31 February) are missing.
    enough = MIN_SHARE_OF_SHAPED if shaped >= MIN_SHARE else MIN_SHARE
    return DateReading(formats[best], shares[best], certain) if shares[best] >= enough else None


def day_and_month_swapped(value_format: str) -> str:
    """Return the format that takes day for month, empty where no other order would be a date."""
    first = value_format[:2]
    if first not in ("%d", "%m") or "%m" not in value_format:
        return ""
    other = {"%d": "%m", "%m": "%d"}
    return re.sub("%[dm]", lambda found: other[found[0]], value_format)


def read_unix_time(minimum: float, maximum: float) -> DateReading | None:
    """Return the reading of whole numbers that all lie between 2000 and 2040 as Unix time."""
    for scale, value_format in ((1, UNIX_SECONDS), (1000, UNIX_MILLISECONDS)):
        if 946_684_800 * scale <= minimum <= maximum <= 2_208_988_800 * scale:
            return DateReading(value_format, 1.0, True)
    return None


@lru_cache(maxsize=4096)
def _patterns_of(value: str) -> tuple[str, ...] | None:
    return next((patterns for shape, patterns in _SHAPES if shape.fullmatch(value)), None)


def _many_rows(cursor: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return SQL that picks many rows of a table from all over it; all where it is small."""
    count = cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    return f"hash(line) % {1 + count // MANY_ROWS} = 0"


def share_read(
    cursor: duckdb.DuckDBPyConnection, table: str, column: str, value_format: str, rows_that: str
) -> float:
    """Return the share of filled values that the pattern reads, among the rows that meet a condition."""
    rows = cursor.execute(
        f"""
        WITH given AS (SELECT {column} AS value, count(*) AS n FROM {table}
                       WHERE {rows_that} GROUP BY ALL)
        SELECT coalesce(sum(n * ({timestamp("value", value_format)} IS NOT NULL)::INT) / sum(n), 0)
        FROM given WHERE value IS NOT NULL"""
    ).fetchall()
    return float(rows[0][0])


def _sortedness(cursor: duckdb.DuckDBPyConnection, table: str, column: str, value_format: str) -> float:
    """Return how well the file is sorted by the dates that the pattern reads, from its first rows."""
    rows = cursor.execute(
        f"""
        WITH written AS (SELECT line, {column} AS value FROM {table} LIMIT {SORTED_ROWS}),
             read AS (SELECT line, {timestamp("value", value_format)} AS moment
                      FROM written WHERE value IS NOT NULL),
             steps AS (SELECT moment, lag(moment) OVER (ORDER BY line) AS earlier FROM read)
        SELECT coalesce(avg((moment >= earlier)::INT), 0) FROM steps"""
    ).fetchall()
    return float(rows[0][0])
