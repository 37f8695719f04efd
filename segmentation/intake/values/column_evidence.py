"""What the values of a column say: counts over the whole column, in one pass of SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from segmentation.intake.values.cast import (
    DECIMAL_COMMA,
    DECIMAL_POINT,
    EXCEL_SERIAL,
    PERCENT,
    PERCENT_COMMA,
    bare_number,
    number,
)
from segmentation.intake.values.dates import DateReading, read_dates, read_unix_time
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

SAMPLE = 400
MEASURED = 5_000
COLUMNS_AT_ONCE = 50
CELLS_AT_ONCE = 1_000_000
NUMERIC_SHARE = 0.9
MAX_CATEGORIES = 60

_PLAIN = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"
_POINT = r"[-+(]*(\d+|\d{1,3}(,\d{2,3})+)(\.\d+)?\)?"
_COMMA = r"[-+(]*(\d+|\d{1,3}(\.\d{3})+)(,\d+)?\)?"
_THOUSANDS = r"[-+(]*\d{1,3}(,\d{3})+\)?"
_IDEOGRAPH = r"[\x{3040}-\x{30ff}\x{4e00}-\x{9fff}\x{ac00}-\x{d7af}]"
_CODE = r"^[a-zA-Z]*[-_#]?[0-9a-fA-F-]*\d[0-9a-fA-F-]*$"
_MEASURES = rf"""
    coalesce(sum(n), 0) AS measured,
    coalesce(sum(n) FILTER (plain), 0) AS plain,
    coalesce(sum(n) FILTER (regexp_full_match(bare, '{_POINT}')), 0) AS point,
    coalesce(sum(n) FILTER (regexp_full_match(bare, '{_COMMA}')), 0) AS comma,
    coalesce(sum(n) FILTER (contains(bare, ',') AND regexp_full_match(bare, '{_COMMA}')
        AND NOT regexp_full_match(bare, '{_THOUSANDS}')), 0) AS comma_only,
    coalesce(sum(n) FILTER (v LIKE '%\%' ESCAPE '\'), 0) AS percents,
    coalesce(sum(n) FILTER (regexp_matches(v, '^0\d')), 0) AS leading_zeros,
    coalesce(sum(n) FILTER (regexp_matches(v, '^[^@\s]+@[^@\s]+\.[A-Za-z]+$')), 0) AS emails,
    coalesce(sum(n) FILTER (regexp_matches(v, '^(https?://|www\.)|\.(jpg|png|gif)$')), 0) AS links,
    coalesce(sum(n * length(v)), 0) AS characters,
    coalesce(sum(n * (1 + length(v) - length(replace(v, ' ', '')))), 0) AS words,
    coalesce(sum(n) FILTER (regexp_matches(v, '{_IDEOGRAPH}')), 0) AS ideographs,
    coalesce(sum(n) FILTER (regexp_matches(v, '{_CODE}')), 0) AS codes"""


@dataclass(frozen=True)
class Evidence:
    """Counts of one column: `rows`, how many are `filled`, `distinct` values and what they look like.

    Shares are of the filled values; `mean_words` counts blanks, `mean_characters` letters; `number_format`
    is a value format of `cast`, None where the values are no numbers; `common` holds up to 50 frequent
    values, lower case.
    """

    rows: int
    filled: int
    distinct: int
    most_common: int
    number_format: str | None
    whole: bool
    minimum: float
    maximum: float
    leading_zeros: float
    emails: float
    links: float
    codes: float
    ideographs: float
    mean_characters: float
    mean_words: float
    sample: tuple[str, ...]
    common: tuple[str, ...]
    dates: DateReading | None

    @property
    def is_number(self) -> bool:
        """Whether nearly all values are numbers."""
        return self.number_format is not None

    @property
    def is_constant(self) -> bool:
        """Whether several rows share one value."""
        return self.distinct <= 1 < self.filled

    @property
    def is_unique(self) -> bool:
        """Whether nearly every filled row has a value of its own."""
        return self.distinct > 0.95 * self.filled and self.filled > 1

    @property
    def is_row_number(self) -> bool:
        """Whether the values are whole numbers that count the rows without gaps."""
        return (
            self.whole
            and self.distinct == self.rows > 1
            and self.maximum - self.minimum == self.rows - 1
            and self.minimum in (0, 1)
        )

    @property
    def serials(self) -> DateReading | None:
        """The reading of numbers as days that spreadsheets count, where all are from 1954 to 2119."""
        possible = (
            self.is_number and not self.is_constant and 20_000 <= self.minimum <= self.maximum <= 80_000
        )
        return DateReading(EXCEL_SERIAL, 1.0, True) if possible else None

    @property
    def is_flag(self) -> bool:
        """Whether the values are yes and no, or two codes."""
        yes_no = {
            "0",
            "1",
            "true",
            "false",
            "yes",
            "no",
            "y",
            "n",
            "t",
            "f",
            "0.0",
            "1.0",
            "sim",
            "não",
            "nao",
            "ja",
            "nein",
            "oui",
            "non",
            "si",
            "sí",
            "是",
            "否",
        }
        return 0 < self.distinct <= 2 and set(self.common) <= yes_no

    @property
    def is_category(self) -> bool:
        """Whether the values repeat enough to compare groups by; a small file needs less."""
        share = self.distinct / max(1, self.filled)
        return self.distinct <= MAX_CATEGORIES and (share <= 0.5 or (self.distinct <= 10 and share < 0.8))

    @property
    def is_text(self) -> bool:
        """Whether the values read like sentences."""
        if self.is_number or self.dates or self.links > 0.5 or self.emails > 0.5:
            return False
        varied = self.distinct >= min(20, 0.5 * self.filled) or self.distinct > 0.5 * self.filled
        far = self.ideographs > 0.5 and self.mean_characters >= 8
        return varied and (far or self.mean_words >= 3.5 or self.mean_characters >= 60)


def gather_all(
    cursor: duckdb.DuckDBPyConnection, table: str, width: int, on_progress: Progress = silent
) -> list[Evidence]:
    """Measure every column of a raw table, several at a time where it is short."""
    rows = cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    step = max(1, min(COLUMNS_AT_ONCE, CELLS_AT_ONCE // max(1, rows)))
    found: list[Evidence] = []
    for start in range(0, width, step):
        on_progress(Stage.UNDERSTANDING_COLUMNS, start, width)
        found += _gather(cursor, table, range(start, min(start + step, width)))
    return found


def gather(cursor: duckdb.DuckDBPyConnection, table: str, place: int) -> Evidence:
    """Measure one column of a raw table, by its position."""
    return _gather(cursor, table, range(place, place + 1))[0]


def _gather(cursor: duckdb.DuckDBPyConnection, table: str, places: range) -> list[Evidence]:
    """Measure some columns: counts over all rows, shares over many of the distinct values."""
    counts = " UNION ALL ".join(
        f"(SELECT {place} AS place, c{place} AS v, count(*) AS n FROM {table} GROUP BY v)" for place in places
    )
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE counted AS {counts}")
    reading = cursor.execute(
        f"""
        WITH totals AS (SELECT place, coalesce(sum(n), 0)::BIGINT AS rows,
                               coalesce(sum(n) FILTER (v IS NOT NULL), 0)::BIGINT AS filled,
                               count(v) AS distinct_values,
                               coalesce(max(n) FILTER (v IS NOT NULL), 0) AS most_common,
                               min_by(v, hash(v), {SAMPLE}) FILTER (v IS NOT NULL) AS sample,
                               min_by(v, (-n, v), 50) FILTER (v IS NOT NULL) AS common
                        FROM counted GROUP BY place),
             measured AS (SELECT place, v, n, regexp_full_match(v, '{_PLAIN}') AS plain,
                                 CASE WHEN length(v) <= 40 AND regexp_matches(v, '\\d')
                                      THEN {bare_number("v")} END AS bare
                          FROM counted JOIN totals USING (place)
                          WHERE v IS NOT NULL AND hash(v) % (1 + distinct_values // {MEASURED}) = 0),
             measures AS (SELECT place, {_MEASURES} FROM measured GROUP BY place)
        SELECT * FROM totals LEFT JOIN measures USING (place)"""
    )
    keys = [name for name, *_ in reading.description]
    rows = [dict(zip(keys, row, strict=True)) for row in reading.fetchall()]
    found = {row["place"]: {key: value or 0 for key, value in row.items()} for row in rows}
    nothing = dict.fromkeys(keys, 0)
    all_found = [found.get(place, nothing) for place in places]
    formats = [_number_format(measures) for measures in all_found]
    ranges = _ranges(cursor, dict(zip(places, formats, strict=True)))
    cursor.execute("DROP TABLE counted")
    return [
        _evidence(cursor, table, place, measures, number_format, ranges.get(place, (False, 0.0, 0.0)))
        for place, measures, number_format in zip(places, all_found, formats, strict=True)
    ]


def _evidence(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    place: int,
    found: dict[str, Any],
    number_format: str | None,
    limits: tuple[bool, float, float],
) -> Evidence:
    count = max(1, found["measured"])
    whole, minimum, maximum = limits
    sample = found["sample"] or []
    dates = read_dates(cursor, table, f"c{place}", sample)
    if dates is None and whole and number_format == "":
        dates = read_unix_time(minimum, maximum)
    return Evidence(
        rows=found["rows"],
        filled=found["filled"],
        distinct=found["distinct_values"],
        most_common=found["most_common"],
        number_format=number_format,
        whole=whole,
        minimum=minimum,
        maximum=maximum,
        leading_zeros=found["leading_zeros"] / count,
        emails=found["emails"] / count,
        links=found["links"] / count,
        codes=found["codes"] / count,
        ideographs=found["ideographs"] / count,
        mean_characters=found["characters"] / count,
        mean_words=found["words"] / count,
        sample=tuple(sample),
        common=tuple(sorted({value.lower() for value in found["common"] or ()})),
        dates=dates,
    )


def _number_format(found: dict[str, Any]) -> str | None:
    """Choose how the column's numbers are written: as all values together allow."""
    count = found["measured"]
    if not count or max(found["plain"], found["point"], found["comma"]) < NUMERIC_SHARE * count:
        return None
    percent = found["percents"] > 0.5 * count
    comma = found["comma"] >= found["point"] and found["comma_only"] > 0
    if percent:
        return PERCENT_COMMA if comma else PERCENT
    if found["plain"] >= max(found["point"], found["comma"]):
        return ""
    return DECIMAL_COMMA if comma else DECIMAL_POINT


def _ranges(
    cursor: duckdb.DuckDBPyConnection, formats: dict[int, str | None]
) -> dict[int, tuple[bool, float, float]]:
    """Return for each column of numbers whether all are whole, and their range."""
    found: dict[int, tuple[bool, float, float]] = {}
    for number_format in {value for value in formats.values() if value is not None}:
        places = [place for place, value in formats.items() if value == number_format]
        rows = cursor.execute(
            f"""
            WITH numbers AS (SELECT place, {number("v", number_format)} AS x FROM counted
                             WHERE place IN ({", ".join(map(str, places))}))
            SELECT place, coalesce(bool_and(x = trunc(x)), false), coalesce(min(x), 0), coalesce(max(x), 0)
            FROM numbers GROUP BY place"""
        ).fetchall()
        found |= {place: (bool(whole), float(low), float(high)) for place, whole, low, high in rows}
    return found
