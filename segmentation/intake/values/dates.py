"""How the dates of a column are written, decided by all of its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.values.calendar_words import CALENDARS, WITHOUT_YEAR
from segmentation.intake.values.calendars import calendar_of, rewrite
from segmentation.intake.values.cast import (
    EXCEL_SERIAL,
    NAMED_MONTH,
    PATTERN_SEPARATOR,
    UNIX_MICROSECONDS,
    UNIX_MILLISECONDS,
    UNIX_SECONDS,
    YEAR_FROM,
)
from segmentation.intake.values.date_checks import (
    DateColumn,
    is_of_our_time,
    of_least_span,
    shares_of,
    shares_read,
    sortedness,
)
from segmentation.intake.values.date_shapes import Shape, shape_of
from segmentation.intake.values.date_words import in_numbers, language_of

MIN_SHARE = 0.9
MIN_SHARE_OF_SHAPED = 0.5
RARE = 0.01
MOST_SHAPES = 6
LONGEST = 60
SORTED, UNSORTED = 0.99, 0.97
ENOUGH_STEPS = 20
ENOUGH_TO_SWAP = 8
UTC = "UTC"
_OFFSET = re.compile(r"[+-]\d{2}(:?\d{2})?$")


@dataclass(frozen=True)
class DateReading:
    """How a column's dates are written, the share that this reads, and whether day and month are sure.

    `others` are formats that read as many, with other days: where there are some, the column alone does not
    say which is right. `zone` is the zone that the values name (`UTC`, the commonest offset), empty where
    they name none: what is read is the time as it is written, which is the shop's own where an offset stands
    beside it. `swapped` says that a spreadsheet exchanged day and month in its real dates, which is undone.
    """

    value_format: str
    share: float
    certain: bool
    others: tuple[str, ...] = ()
    zone: str = ""
    swapped: bool = False

    @property
    def words(self) -> str:
        """The pattern in words for people."""
        named = (CALENDARS[part] for part in self.value_format.split(" ") if part in CALENDARS)
        return next(named, self._words_of_pattern)

    @property
    def _words_of_pattern(self) -> str:
        if self.value_format.startswith("unix"):
            return self.value_format.replace("_", " ")
        if self.value_format == EXCEL_SERIAL:
            return "day numbers of a spreadsheet"
        if self.swapped:
            return "a spreadsheet had exchanged day and month of some, which is put right"
        if NAMED_MONTH in self.value_format:
            return "the month by its name"
        if self.value_format.startswith(YEAR_FROM):
            return WITHOUT_YEAR.format(first=first_day_of(self.value_format))
        order = {"dmy": "day first", "mdy": "month first"}.get(order_of(self.value_format), "year first")
        return order if self.certain else f"{order}; day and month could be the other way round"


def read_dates(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    cell: str,
    rows: int,
    sample: Sequence[str],
    script: str = "",
) -> DateReading | None:
    """Return how the column's dates are written, or None if they are no dates.

    :param rows: how many the table has.
    :param sample: some distinct values of the column, to find candidate patterns; all values decide.
    :param script: the prefix of formats whose digits are of another script; those of the sample are not.
    """
    calendar = calendar_of(sample)
    sample = rewrite(cursor, sample, calendar) if calendar else sample
    shapes = _shapes(sample)
    shaped = sum(shapes.values()) / max(1, len(sample))
    if shaped < 0.5:
        return None
    kept = [shape for shape, count in shapes.most_common(MOST_SHAPES) if count >= RARE * len(sample)]
    column = DateColumn(cursor, table, cell, rows, script + (f"{calendar} " if calendar else ""))
    orders = _orders(kept)
    found = _undo_exchange(column, kept, sample) or choose_format(
        column, {order: _join(kept, order) for order in orders}
    )
    # Where nearly all values are written like dates, those that cannot be (31 February) are missing.
    enough = MIN_SHARE_OF_SHAPED if shaped >= MIN_SHARE else MIN_SHARE
    if found.share < enough or not is_of_our_time(column, found.value_format):
        return None
    others = tuple(column.prefix + one for one in found.others)
    return replace(found, value_format=column.prefix + found.value_format, others=others, zone=_zone(sample))


def _shapes(sample: Sequence[str]) -> Counter[Shape]:
    """Count the shapes of dates, of those in numbers and English and of those in words of one language."""
    shapes: Counter[Shape] = Counter()
    worded: list[str] = []
    for value in sample:
        if shape := shape_of(value):
            shapes[shape] += 1
        elif len(value) <= LONGEST and len(re.findall(r"\d+", value)) >= 2:
            worded.append(value)
    if not worded or sum(shapes.values()) + len(worded) < 0.5 * len(sample):
        return shapes
    language = language_of(worded)
    if language is None:
        return shapes
    for value in worded:
        rewritten = in_numbers(value, language)
        shape = shape_of(rewritten.text) if rewritten else None
        if shape and rewritten and (not rewritten.order or rewritten.order in shape.orders):
            orders = (rewritten.order,) if rewritten.order else shape.orders
            named = ((order, f"{NAMED_MONTH}:{language} {shape.pattern(order)}") for order in orders)
            shapes[Shape(tuple(named))] += 1
    return shapes


def _orders(shapes: Sequence[Shape]) -> list[str]:
    """List the orders that the column as a whole can have: day and month stand alike in all of its shapes."""
    open_ = [shape for shape in shapes if {"dmy", "mdy"} <= set(shape.orders)] or shapes[:1]
    first = list(open_[0].orders)
    return [order for order in first if all(order in shape.orders for shape in open_)]


def _join(shapes: Sequence[Shape], *orders: str) -> str:
    """Return the format that reads each shape in the first of the orders that it can have."""
    patterns = [
        next((shape.pattern(order) for order in orders if order in shape.orders), shape.patterns[0][1])
        for shape in shapes
    ]
    # A year of four digits would take two for the year 24, not the other way round.
    return PATTERN_SEPARATOR.join(sorted(dict.fromkeys(patterns), key=lambda pattern: "%Y" in pattern))


def choose_format(column: DateColumn, formats: dict[str, str]) -> DateReading:
    """Take the order that reads most; of several, the one by which the rows follow each other in time."""
    written = list(dict.fromkeys(formats.values()))
    shares = shares_read(column, written)
    best = max(shares)
    likely = [value_format for value_format, share in zip(written, shares, strict=True) if share == best]
    if set(formats) == {"ymd", "ydm"}:
        return DateReading(likely[0], best, True)
    if len(likely) > 1:
        likely = of_least_span(column, likely)
    if len(likely) == 1:
        mixed = _read_by_others_only(column, likely[0], best, written) if best < 1 else ()
        return DateReading(likely[0], best, not mixed, mixed)
    steps = [sortedness(column, value_format) for value_format in likely]
    first = max(range(len(likely)), key=lambda at: steps[at][0])
    others = [at for at in range(len(likely)) if at != first]
    sure = steps[first][1] >= ENOUGH_STEPS and steps[first][0] >= SORTED
    certain = sure and all(steps[at][0] < UNSORTED for at in others)
    return DateReading(likely[first], best, certain, () if certain else tuple(likely[at] for at in others))


def _read_by_others_only(
    column: DateColumn, best: str, share: float, formats: Sequence[str]
) -> tuple[str, ...]:
    """Return the formats that read what the best does not: in such a column, both ways are written."""
    others = [one for one in formats if one != best]
    both = shares_of(column, [f"{best}{PATTERN_SEPARATOR}{one}" for one in others], "true") if others else []
    return tuple(one for one, more in zip(others, both, strict=True) if more >= share + RARE)


def _undo_exchange(column: DateColumn, shapes: Sequence[Shape], sample: Sequence[str]) -> DateReading | None:
    """Put right what a spreadsheet did to dates of another country than its own.

    It took for dates what it could, with day and month exchanged, and left the rest as text: so all of its
    real dates, which are written year first, have a day up to 12, and all texts have a day above it.
    """
    real = [shape for shape in shapes if shape.orders == ("ymd", "ydm")]
    texts = [shape for shape in shapes if {"dmy", "mdy"} <= set(shape.orders)]
    counts = [sum(shape_of(value) in some for value in sample) for some in (real, texts)]
    if min(counts) < ENOUGH_TO_SWAP:
        return None
    written = [_join(real, "ymd"), _join(real, "ydm"), _join(texts, "dmy"), _join(texts, "mdy")]
    as_written, exchanged, day_first, month_first = shares_of(column, written, "true")
    if exchanged < as_written or min(day_first, month_first) > 0:
        return None
    order = "dmy" if day_first else "mdy"
    value_format = _join(shapes, "ydm", order)
    return DateReading(value_format, shares_of(column, [value_format], "true")[0], True, swapped=True)


def _zone(sample: Sequence[str]) -> str:
    """Return the zone that most values name."""
    if not sample:
        return ""
    offsets = [found[0] for value in sample if ":" in value and (found := _OFFSET.search(value))]
    named = sum(value.endswith(("Z", UTC, "GMT")) for value in sample)
    if max(len(offsets), named) <= 0.5 * len(sample):
        return ""
    return UTC if named > len(offsets) else Counter(offsets).most_common(1)[0][0]


def agree_on_order(readings: Sequence[DateReading | None]) -> list[DateReading | None]:
    """Read dates that leave day and month open as the sure ones beside them are written."""
    sure = {order_of(one.value_format) for one in readings if one and one.certain} & {"dmy", "mdy"}
    return [_in_order(one, sure) if one and one.others and len(sure) == 1 else one for one in readings]


def _in_order(reading: DateReading, sure: set[str]) -> DateReading:
    possible = (reading.value_format, *reading.others)
    found = next((one for one in possible if order_of(one) in sure), None)
    return replace(reading, value_format=found, others=(), certain=True) if found else reading


def order_of(value_format: str) -> str:
    """Return which of day, month and year comes first: `dmy`, `mdy` or `ymd`, of the first that is open."""
    for pattern in value_format.split(PATTERN_SEPARATOR):
        letters = re.findall(r"%-?([dmbByY])", pattern)
        order = "".join(letters[:2]).lower().replace("b", "m")
        if order in ("dm", "md"):
            return f"{order}y"
    return "ymd"


def first_day_of(value_format: str) -> str:
    """Return from which day on a format tells days without a year; empty where days have their year."""
    if not value_format.startswith(YEAR_FROM):
        return ""
    digits = value_format.removeprefix(YEAR_FROM)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def day_and_month_swapped(value_format: str) -> str:
    """Return the format that takes day for month, empty where no other order would be a date."""
    if order_of(value_format) == "ymd" or NAMED_MONTH in value_format:
        return ""
    patterns = value_format.split(PATTERN_SEPARATOR)
    return PATTERN_SEPARATOR.join(one if order_of(one) == "ymd" else _exchanged(one) for one in patterns)


def _exchanged(pattern: str) -> str:
    other = {"%d": "%m", "%m": "%d"}
    return re.sub("%[dm]", lambda found: other[found[0]], pattern) if "%m" in pattern else pattern


def read_unix_time(minimum: float, maximum: float) -> DateReading | None:
    """Return the reading of numbers that all lie between 2000 and 2040 as Unix time."""
    for scale, value_format in (
        (1, UNIX_SECONDS),
        (1_000, UNIX_MILLISECONDS),
        (1_000_000, UNIX_MICROSECONDS),
    ):
        if 946_684_800 * scale <= minimum <= maximum <= 2_208_988_800 * scale:
            return DateReading(value_format, 1.0, True, zone=UTC)
    return None
