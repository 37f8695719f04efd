"""Numbers that run along the days of a file: these are of its orders, whatever their header is.

An order has one day, and the next one is of that day or a later one, be it of the file or of each shop, year
or month in which numbers begin anew. Neither pieces nor prices nor customers who come again keep that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.orders.order_key import Anew, Cycle
from segmentation.intake.meaning.orders.order_numbers import PERIODS, ways
from segmentation.intake.meaning.role_conditions import is_full_name
from segmentation.intake.meaning.sample import MOST_ROWS
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import timestamp, usual_digits
from segmentation.intake.values.column_evidence import Evidence

ONE_DAY, RISING, FOLLOWED = 0.95, 0.98, 0.8
ENOUGH, ENOUGH_RISES, MOST_ALONE = 20, 10, 0.95
FIRST, DENSE = 2, 0.8
ALL_OWN, LONG = 0.995, 4
FEWEST_NAMED, MOST_NAMED = 10, 0.8
_SAYS_NUMBER = frozenset({C.ID, C.CODE, C.ALONE})
_RUNNING = "numbers that run along the days: these are of orders"
_ANEW = "numbers that run along the days and begin anew {within}: these are of orders"
_ALONE = "each row has a number of its own and names people who come again: these are of orders"
_NOT_FOLLOWED = "the numbers of orders follow “{day}”, and not this date"


@dataclass(frozen=True)
class _Running:
    """A column of numbers, the date along which they run, and what they begin anew in; the orders of rows.

    Where each row has a number of its own, these need not run along a date.
    """

    number: Column
    day: Column
    anew: Anew
    orders: np.ndarray
    runs: bool = True


def with_running_numbers(table: Table) -> Table:
    """Let a column of running numbers speak of orders, and no date count that they do not follow."""
    days = [column for column in table.columns if column.role is Role.TIMESTAMP]
    numbers = _numbers(table)
    if not days or any({C.ORDER, C.ID} <= found for found in table.concepts):
        return table
    frame = _draw(table, numbers, days)
    found = next(_running(table, frame, numbers, days), None) or _alone(table, days)
    if found is None:
        return table
    told = [*table.concepts]
    told[found.number.position] = frozenset({C.ORDER, C.ID})
    table = replace(table, concepts=told, guessed=table.guessed - {found.number.position})
    if found.runs:
        _set_dates_aside(table, frame, found, days)
    within = found.anew.as_words([column.name for column in table.columns])
    reason = _ANEW.format(within=within) if within else _RUNNING if found.runs else _ALONE
    table.set(found.number.position, Role.ORDER_ID, 0.8, reason, found.anew.as_format())
    if found.anew != Anew():
        table.numbered[found.number.position] = found.orders
    return table


def _numbers(table: Table) -> list[Column]:
    """Return the columns of whole numbers, be it with letters before, whose headers say no more than that."""
    mute = {column.position for column in table.mute} | table.guessed
    mute |= {at for at, found in enumerate(table.concepts) if not found - _SAYS_NUMBER}
    return [
        column
        for column in table.columns
        if column.position in mute
        and column.role is not Role.TIMESTAMP
        and column.position in table.sample.codes
        and (table.evidence[column.position].whole or table.evidence[column.position].codes > DENSE)
        and table.evidence[column.position].distinct >= ENOUGH
    ]


def _draw(table: Table, numbers: list[Column], days: list[Column]) -> pd.DataFrame:
    """Read the digits that numbers end with, and dates as days since 1970; a column each, by position."""
    fields = [f"try_cast(regexp_extract({usual_digits(f'c{one.position}')}, '(\\d+)\\D*$', 1) AS BIGINT)"
              f' AS "{one.position}"' for one in numbers]  # fmt: skip
    fields += [f"epoch({timestamp(f'c{one.position}', one.value_format)}) // 86400 AS \"{one.position}\""
               for one in days]  # fmt: skip
    rows = table.cursor.execute(
        f"SELECT {', '.join(fields)} FROM {table.name} ORDER BY line LIMIT {MOST_ROWS}"
    )
    return rows.df().astype(float)


def _running(
    table: Table, frame: pd.DataFrame, numbers: list[Column], days: list[Column]
) -> Iterator[_Running]:
    for number in numbers:
        for day in days:
            cells = frame[str(number.position)], frame[str(day.position)]
            repeats = table.sample.unique_share(number.position) < MOST_ALONE
            if (repeats or _are_of_people(table, number)) and _rises(*cells, _whole(frame)):
                yield _Running(number, day, Anew(), table.sample.codes[number.position])
            for anew in (one for one in ways(table, number) if one.cycle is not Cycle.DAY):
                group = _within(table, anew, frame[str(day.position)])
                if _begins(cells[0], group) and _rises(*cells, group):
                    orders = pd.DataFrame({"n": cells[0], "in": group}).groupby(["n", "in"]).ngroup()
                    yield _Running(number, day, anew, orders.fillna(-1).to_numpy(np.int64))


def _alone(table: Table, days: list[Column]) -> _Running | None:
    """Return the one column of long numbers of which each row has its own, where people come again."""
    own = [
        column
        for column in table.columns
        if (column.position in table.guessed or not table.concepts[column.position] - _SAYS_NUMBER)
        and column.role is not Role.TIMESTAMP
        and table.sample.rows >= ENOUGH
        and _is_own(table, column)
    ]
    if len(own) != 1 or not _are_of_people(table, own[0]):
        return None
    return _Running(own[0], days[0], Anew(), table.sample.codes[own[0].position], runs=False)


def _is_own(table: Table, column: Column) -> bool:
    values, place = table.evidence[column.position], column.position
    numbered = values.whole or values.codes > DENSE or table.may_be_key(column)
    return (
        numbered
        and values.mean_characters >= LONG
        and place in table.sample.codes
        and table.sample.unique_share(place) >= ALL_OWN
    )


def _are_of_people(table: Table, number: Column) -> bool:
    """Whether rows name people who come again, and have a sum that varies: purchases, each in a row.

    Rows that each have an address or a telephone of their own, beside their number, are people themselves.
    """
    told = [column for column in table.columns if column.role in (Role.EMAIL, Role.PHONE)]
    contacts = [table.evidence[column.position] for column in told if column.position != number.position]
    if any(values.distinct > MOST_ALONE * values.filled for values in contacts):
        return False
    named = [*contacts, *filter(is_full_name, table.evidence)]
    again = any(FEWEST_NAMED <= values.distinct <= MOST_NAMED * values.rows for values in named)
    return again and any(map(_may_be_sums, table.evidence))


def _may_be_sums(values: Evidence) -> bool:
    """Whether numbers vary and have cents: whole ones may be ages, ids or years."""
    return values.is_number and not values.whole and values.distinct >= ENOUGH_RISES


def _whole(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(0.0, index=frame.index)


def _within(table: Table, anew: Anew, days: pd.Series) -> pd.Series:
    """Return the shops, years or months as numbers in which numbers begin anew; NaN where a row has none."""
    parts = pd.DataFrame(index=days.index)
    if anew.shop is not None:
        codes = table.sample.codes[anew.shop]
        parts["shop"] = np.where(codes < 0, np.nan, codes)
    if anew.cycle:
        moments = pd.to_datetime(days, unit="D", errors="coerce")
        parts["cycle"] = pd.factorize(moments.dt.to_period(PERIODS[anew.cycle]))[0]
    return parts.groupby(list(parts)).ngroup().where(parts.notna().all(axis=1) & days.notna()).astype(float)


def _begins(number: pd.Series, group: pd.Series) -> bool:
    """Whether numbers begin with the first, and go on without gaps, in several shops or times."""
    held = pd.DataFrame({"n": number, "in": group}).dropna().groupby("in")["n"]
    size, first, last = held.nunique(), held.min(), held.max()
    begun = len(size) > 1 and float((first <= FIRST).mean()) >= DENSE
    return begun and float((size / last.clip(lower=1)).median()) >= DENSE


def _rises(number: pd.Series, day: pd.Series, group: pd.Series) -> bool:
    """Whether each number has one day, and that of the next one is none before it."""
    held = pd.DataFrame({"in": group, "n": number, "day": day}).dropna()
    ends = held.groupby(["in", "n"])["day"].agg(["min", "max"])
    steps = ends["min"].groupby(level=0).diff().dropna()
    if len(steps) < ENOUGH or float((ends["min"] == ends["max"]).mean()) < ONE_DAY:
        return False
    return float((steps >= 0).mean()) >= RISING and int((steps > 0).sum()) >= ENOUGH_RISES


def _set_dates_aside(table: Table, frame: pd.DataFrame, found: _Running, days: list[Column]) -> None:
    """Set the dates aside whose headers say nothing, and that the numbers do not follow."""
    number = frame[str(found.number.position)]
    group = (
        _whole(frame) if found.anew == Anew() else _within(table, found.anew, frame[str(found.day.position)])
    )
    for day in days:
        if day is not found.day and not table.concepts[day.position] - {C.TIME, C.ALONE}:
            held = pd.DataFrame({"in": group, "n": number, "day": frame[str(day.position)]}).dropna()
            steps = held.groupby(["in", "n"])["day"].min().groupby(level=0).diff().dropna()
            if len(steps) and float((steps >= 0).mean()) < FOLLOWED:
                reason = _NOT_FOLLOWED.format(day=found.day.name)
                table.set(day.position, Role.IGNORE, 0.6, reason)
