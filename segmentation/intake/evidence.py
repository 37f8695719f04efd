"""What the values of a column say: counts over the whole column, in one pass of SQL."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from segmentation.intake.cast import (
    DECIMAL_COMMA,
    DECIMAL_POINT,
    PERCENT,
    PERCENT_COMMA,
    bare_number,
    number,
)
from segmentation.intake.dates import DateReading, read_dates, read_unix_time

SAMPLE = 400
MEASURED = 20_000
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
    def could_be_serials(self) -> bool:
        """Whether all values would be days from 1954 to 2119 as spreadsheets number them."""
        return self.is_number and not self.is_constant and 20_000 <= self.minimum <= self.maximum <= 80_000

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


def gather_all(cursor: duckdb.DuckDBPyConnection, table: str, width: int) -> list[Evidence]:
    """Measure every column of a raw table."""
    return [gather(cursor, table, f"c{position}") for position in range(width)]


def gather(cursor: duckdb.DuckDBPyConnection, table: str, column: str) -> Evidence:
    """Measure one column of a raw table: counts over all rows, shares over many of the distinct values."""
    reading = cursor.execute(
        f"""
        WITH counted AS MATERIALIZED (SELECT {column} AS v, count(*) AS n FROM {table} GROUP BY ALL),
             totals AS (SELECT coalesce(sum(n), 0)::BIGINT AS rows,
                               coalesce(sum(n) FILTER (v IS NOT NULL), 0)::BIGINT AS filled,
                               count(v) AS distinct_values,
                               coalesce(max(n) FILTER (v IS NOT NULL), 0) AS most_common FROM counted),
             measured AS (SELECT v, n, regexp_full_match(v, '{_PLAIN}') AS plain,
                                 CASE WHEN length(v) <= 40 AND regexp_matches(v, '\\d')
                                      THEN {bare_number("v")} END AS bare
                          FROM counted, totals
                          WHERE v IS NOT NULL AND hash(v) % (1 + distinct_values // {MEASURED}) = 0),
             small AS (SELECT v FROM counted WHERE v IS NOT NULL ORDER BY hash(v) LIMIT {SAMPLE}),
             frequent AS (SELECT v FROM counted WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT 50)
        SELECT totals.*, measures.*, (SELECT list(v ORDER BY hash(v)) FROM small) AS sample,
               (SELECT list(DISTINCT lower(v)) FROM frequent) AS common
        FROM totals, (SELECT {_MEASURES} FROM measured) AS measures"""
    )
    keys = [name for name, *_ in reading.description]
    found = dict(zip(keys, reading.fetchall()[0], strict=True))
    count = max(1, found["measured"])
    number_format = _number_format(found)
    whole, minimum, maximum = _range(cursor, table, column, number_format)
    sample = found["sample"] or []
    dates = read_dates(cursor, table, column, sample)
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
        common=tuple(sorted(found["common"] or ())),
        dates=dates,
    )


def _number_format(found: dict[str, int]) -> str | None:
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


def _range(
    cursor: duckdb.DuckDBPyConnection, table: str, column: str, number_format: str | None
) -> tuple[bool, float, float]:
    """Return whether all numbers are whole, and their range."""
    if number_format is None:
        return False, 0.0, 0.0
    rows = cursor.execute(
        f"""
        WITH numbers AS (SELECT {number(column, number_format)} AS x FROM {table})
        SELECT coalesce(bool_and(x = trunc(x)), false), coalesce(min(x), 0), coalesce(max(x), 0)
        FROM numbers"""
    ).fetchall()
    return bool(rows[0][0]), float(rows[0][1]), float(rows[0][2])
