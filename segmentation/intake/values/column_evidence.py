"""What the values of a column say: counts over the whole column, in one pass of SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.values.cast import EXCEL_SERIAL
from segmentation.intake.values.dates import DateReading, agree_on_order, read_dates, read_unix_time
from segmentation.intake.values.measure_columns import MeasuredColumn, measure_columns
from segmentation.intake.values.number_writing import NumberReading
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

COLUMNS_AT_ONCE = 50
CELLS_AT_ONCE = 1_000_000
MAX_CATEGORIES = 60
MANY = 30
LEAST_ID = 1_000
YEARS = 1850, 2100
FULL = 0.4
FEW_YEARS = 12
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_YES_NO = frozenset(
    "0 1 true false yes no y n t f 0.0 1.0 sim não nao ja nein oui non si sí 是 否".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Evidence:
    """Counts of one column: `rows`, how many are `filled`, `distinct` values and what they look like.

    Shares are of the filled values; `mean_words` counts blanks, `mean_characters` letters; `numbers`
    says how numbers are written, None where the values are none; `common` holds up to 50 frequent
    values, lower case.
    """

    rows: int
    filled: int
    distinct: int
    most_common: int
    numbers: NumberReading | None
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
    def number_format(self) -> str | None:
        """The value format of `cast` that reads the numbers, None where the values are no numbers."""
        return self.numbers.value_format if self.numbers else None

    @property
    def is_number(self) -> bool:
        """Whether nearly all values are numbers."""
        return self.numbers is not None

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
    def counts_things(self) -> bool:
        """Whether the values are whole numbers from 1 on without gaps, which repeat."""
        counted = self.whole and self.minimum == 1 and self.maximum == self.distinct
        return counted and MANY < self.distinct < 0.9 * self.filled

    @property
    def are_given_out(self) -> bool:
        """Whether the values are whole numbers that fill a good part of their range, as ids given out do."""
        return self.whole and are_given_out(self.distinct, self.minimum, self.maximum)

    @property
    def are_grouped(self) -> bool:
        """Whether most values are written with more than digits, as sums with thousands or a currency are."""
        return sum(not value.isdigit() for value in self.sample) > 0.5 * len(self.sample)

    @property
    def are_of_few_years(self) -> bool:
        """Whether the values are dates of a few years side by side."""
        years = [int(year) for value in self.sample for year in _YEAR.findall(value)]
        return self.dates is not None and bool(years) and max(years) - min(years) < FEW_YEARS

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
        return 0 < self.distinct <= 2 and set(self.common) <= _YES_NO

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


def are_given_out(distinct: int, minimum: float, maximum: float) -> bool:
    """Whether whole numbers fill a good part of their range, as ids given out one by one do.

    Large ones only, and no years: counts and ratings fill theirs, too.
    """
    years = minimum >= YEARS[0] and maximum <= YEARS[1]
    return minimum >= LEAST_ID and MANY <= distinct >= FULL * (maximum - minimum + 1) and not years


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
    agreed = agree_on_order([values.dates for values in found])
    return [replace(values, dates=dates) for values, dates in zip(found, agreed, strict=True)]


def gather(cursor: duckdb.DuckDBPyConnection, table: str, place: int) -> Evidence:
    """Measure one column of a raw table, by its position."""
    return _gather(cursor, table, range(place, place + 1))[0]


def _gather(cursor: duckdb.DuckDBPyConnection, table: str, places: range) -> list[Evidence]:
    """Measure some columns together, then find out which of them are dates."""
    measured = measure_columns(cursor, table, places)
    return [_evidence(cursor, table, place, measured[place]) for place in places]


def _evidence(
    cursor: duckdb.DuckDBPyConnection, table: str, place: int, measured: MeasuredColumn
) -> Evidence:
    found, numbers = measured.found, measured.numbers
    count = max(1, found["measured"])
    whole, minimum, maximum = measured.limits
    sample = found["sample"] or []
    dates = read_dates(cursor, table, f"c{place}", found["rows"], sample, measured.script)
    if dates is None and numbers and numbers.value_format == "":
        dates = read_unix_time(minimum, maximum)
    return Evidence(
        rows=found["rows"],
        filled=found["filled"],
        distinct=found["distinct_values"],
        most_common=found["most_common"],
        numbers=numbers,
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
