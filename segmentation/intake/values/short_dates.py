"""Days written without their year (0301, 3.1., 12/31): how, and of which year by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from segmentation.intake.values.cast import YEAR_FROM, timestamp
from segmentation.intake.values.date_checks import DateColumn, sortedness
from segmentation.intake.values.dates import ENOUGH_STEPS, SORTED, DateReading, choose_format

ALWAYS = 0.98
YEARS_ASKED = 3
_SHORT = re.compile(r"[0-9]{3,4}|[0-9]{1,2}[/-] ?[0-9]{1,2}|[0-9]{1,2}\. ?(?:[0-9]{1,2}\.|[0-9]{2})")
_ORDERS = {"dmy": "%d/%m", "mdy": "%m/%d"}
_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)(?P<s>[-./]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)"
    r"|(?P<d2>\d{1,2})[./-] ?(?P<m2>\d{1,2})[./-] ?(?P<y2>(?:19|20)\d\d))(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_short_dates(column: DateColumn, sample: Sequence[str], said: Sequence[str]) -> DateReading | None:
    """Return how days without a year are written, None where they are none; others where the year is open.

    :param said: what stands beside the table: the name of the file, and what is above the header.
    """
    if not sample or not all(map(_SHORT.fullmatch, sample)):
        return None
    told = ((choose_format(column, _formats(first)), last) for first, last in _periods(said))
    found = next((reading for reading, last in told if _ends(column, reading, last)), None)
    if found is None:
        tried = [choose_format(column, _formats(first)) for first in _likely_firsts(column, said)]
        found = replace(
            tried[0],
            others=(*tried[0].others, *(one.value_format for one in tried[1:])),
            certain=tried[0].certain and len(tried) == 1,
        )
    return found if found.share >= ALWAYS else None


def are_sorted(column: DateColumn, reading: DateReading) -> bool:
    """Whether the rows follow these days, by which they are told where no header says so."""
    found, steps = sortedness(column, reading.value_format)
    return found >= SORTED and steps >= ENOUGH_STEPS


def _formats(first: date) -> dict[str, str]:
    return {order: f"{YEAR_FROM}{first:%Y%m%d} {pattern}" for order, pattern in _ORDERS.items()}


def _days(text: str) -> list[date]:
    found = []
    for match in _DAY.finditer(text):
        part = match.groupdict()
        year, month, day = (int(part[name] or part[f"{name}2"]) for name in "ymd")
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _periods(said: Sequence[str]) -> list[tuple[date, date]]:
    """Return the first and last days of periods of up to a year that are told."""
    pairs = [pair for text in said for pair in pairwise(_days(text))]
    return [(first, last) for first, last in pairs if timedelta(0) < last - first <= timedelta(366)]


def _ends(column: DateColumn, reading: DateReading, last: date) -> bool:
    """Whether no day of the column lies behind the end of a period."""
    latest = _latest(column, reading.value_format)
    return reading.share >= ALWAYS and latest is not None and latest.date() <= last


def _latest(column: DateColumn, value_format: str) -> datetime | None:
    moment = timestamp(column.cell, value_format)
    return column.cursor.execute(f"SELECT max({moment}) FROM {column.table}").fetchall()[0][0]


def _likely_firsts(column: DateColumn, said: Sequence[str]) -> list[date]:
    """Return the first days of the years that the days may be of, the likeliest first.

    It is the one that is told; else the latest that ends no later than a day that is told, or today.
    """
    days = [day for text in said for day in _days(text)]
    years = {int(year) for text in said for year in _YEAR.findall(_DAY.sub(" ", text))}
    if len(years) == 1:
        return _in_order(column, years.pop())
    newest = max(days, default=date.today())
    latest = _latest(column, choose_format(column, _formats(date(newest.year, 1, 1))).value_format)
    year = newest.year - int(latest is not None and latest.date() > newest)
    return [first for ago in range(YEARS_ASKED) for first in _in_order(column, year - ago)]


def _in_order(column: DateColumn, year: int) -> list[date]:
    """Return the first day of a year, or of the one around New Year that the rows follow from their first."""
    first = date(year, 1, 1)
    reading = choose_format(column, _formats(first))
    if sortedness(column, reading.value_format)[0] >= SORTED:
        return [first]
    moment = timestamp(column.cell, reading.value_format)
    query = f"SELECT arg_min({moment}, line) FROM {column.table} WHERE {column.cell} IS NOT NULL"
    [(earliest,)] = column.cursor.execute(query).fetchall()
    begun = [date(year - ago, earliest.month, 1) for ago in (1, 0)] if earliest else []
    follow = [one for one in begun if are_sorted(column, choose_format(column, _formats(one)))]
    return follow or [first]
