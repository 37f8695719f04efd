"""The day of a row where no header says it: of numbers that can be days, or the earliest of several dates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.sample import Sample
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import EXCEL_SERIAL, timestamp
from segmentation.intake.values.date_checks import DateColumn, sortedness
from segmentation.intake.values.dates import ENOUGH_STEPS, SORTED

REPEATS, SEVERAL = 0.8, 0.2
FEWEST_THINGS = 5
MONTH = 30
FIRST_DAY = 36_526


def find_written_day(table: Table) -> None:
    """Take numbers that all can be read as dates for times, where no column says a time more plainly."""
    if table.find(Role.TIMESTAMP):
        return
    for column in table.mute:
        dates = table.evidence[column.position].dates
        if dates and table.evidence[column.position].distinct > 1:
            reason = f"the numbers can be read as dates ({dates.words}), and nothing else can"
            table.set(column.position, Role.TIMESTAMP, 0.5, reason)
            return


def find_day(table: Table) -> None:
    """Take numbers for days as spreadsheets count them, where no column says a time more plainly."""
    if table.find(Role.TIMESTAMP):
        return
    unspoken = [*table.mute, *(column for column in table.columns if column.position in table.guessed)]
    if serial := next((column for column in unspoken if _counts_days(table, column)), None):
        reason = "the numbers can be days as spreadsheets count them, by which the rows are sorted"
        table.set(serial.position, Role.TIMESTAMP, 0.5, reason, EXCEL_SERIAL)


def _counts_days(table: Table, column: Column) -> bool:
    """Whether numbers are days from 2000 on that the rows follow, several rows on one, and no ids."""
    values = table.evidence[column.position]
    ids = values.are_given_out or (values.whole and values.is_unique)
    if values.serials is None or values.minimum < FIRST_DAY or ids:
        return False
    cells = DateColumn(table.cursor, table.name, f"c{column.position}", values.rows)
    sorted_, steps = sortedness(cells, EXCEL_SERIAL)
    return sorted_ >= SORTED and steps >= ENOUGH_STEPS


def choose_day(table: Table) -> None:
    """Let the earliest of several dates be the day of a row where no header says which: all else follows it.

    What something else has once (a birthday, the first day of a customer, of a product) is no day of a row.
    """
    days = [column for column in table.columns if column.role is Role.TIMESTAMP]
    if len(days) < 2 or any(table.concepts[day.position] - {C.TIME, C.ALONE} for day in days):
        return
    own = [day for day in days if not _is_a_trait(table, day, days)]
    earliest = next(
        (day for day in own if all(_is_before(table, day, one) for one in own if one is not day)), None
    )
    for day in days:
        if earliest and day is not earliest:
            reason = f"“{earliest.name}” is the earlier day of the same row"
            table.set(day.position, Role.IGNORE, 0.6, reason)


def _is_a_trait(table: Table, day: Column, days: Sequence[Column]) -> bool:
    """Whether a date is one for all, or goes with a key that repeats over months by another date.

    The day of an order whose header says so is none, though it be paid in parts over months.
    """
    sample, place = table.sample, day.position
    if table.evidence[place].is_constant:
        return True
    varied = [one for one in days if one is not day and not table.evidence[one.position].is_constant]
    taken = {one.position for one in days}
    keys = [at for at in sample.codes if at not in taken and sample.distinct(at) >= FEWEST_THINGS]
    keys = [at for at in keys if sample.unique_share(at) < REPEATS and sample.determined(at, place) >= ALWAYS]
    orders = [at for at in keys if C.ORDER in table.concepts[at]]
    keys = [at for at in keys if all(sample.determined(at, order) < ALWAYS for order in orders)]
    return any(
        _of_several(sample, key, other.position) < SEVERAL and _days_apart(table, key, other) > MONTH
        for key in keys for other in varied
    )  # fmt: skip


def _of_several(sample: Sample, key: int, other: int) -> float:
    """Return the share (0..1) of the key's values in several rows that have one value of the other column."""
    keys = sample.codes[key]
    again = np.bincount(keys[keys >= 0])[keys] > 1
    codes = {at: np.where(again, sample.codes[at], -1) for at in (key, other)}
    return Sample(sample.rows, codes).determined(key, other)


def _days_apart(table: Table, key: int, day: Column) -> float:
    """Return over how many days the dates of a value of the key spread that has several, by their median."""
    moment = timestamp(f"c{day.position}", day.value_format)
    spans = f"SELECT date_diff('day', min({moment}), max({moment})) AS days FROM {table.name} GROUP BY c{key}"
    [(days,)] = table.cursor.execute(f"SELECT median(days) FROM ({spans}) WHERE days > 0").fetchall()
    return float(days or 0)


def _is_before(table: Table, day: Column, other: Column) -> bool:
    first, second = (timestamp(f"c{one.position}", one.value_format) for one in (day, other))
    [share] = table.ask(f"coalesce(avg(({first} <= {second})::INT), 1)")
    return share >= ALWAYS
