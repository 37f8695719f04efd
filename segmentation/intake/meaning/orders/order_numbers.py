"""Numbers of orders that begin anew: in each shop of a file, each year, month or day.

An order belongs to one customer and one moment, and a customer's moment to one order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.date_and_time_columns import draw_moments
from segmentation.intake.meaning.orders.order_key import Anew, Cycle
from segmentation.intake.meaning.sample import Sample
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import PERCENT, PERCENT_COMMA

MOST_SHOPS = 50
ONE_ORDER, ONE_MOMENT = 0.8, 0.95
OTHERS = "one number is of several customers: orders are told apart by customer and time"
PERIODS = {Cycle.YEAR: "Y", Cycle.MONTH: "M", Cycle.DAY: "D"}
_SPOKEN = {C.ORDER, C.ID, C.CODE, C.ALONE, C.UNIQUE}
_PLAIN = (Role.ORDER_ID, Role.IGNORE, Role.NUMERIC, Role.CATEGORICAL)


def number_orders(table: Table) -> None:
    """Let a number of several customers be one of an order together with what it begins anew in.

    Where nothing makes it one of a customer and moment, it stays aside, and that is said.
    """
    person = table.find(Role.CUSTOMER_ID, Role.EMAIL)
    if person is None or person.position not in table.sample.codes or table.find(Role.TIMESTAMP) is None:
        return
    days: pd.Series | None = None
    for column in _numbers(table, table.find(Role.ORDER_ID)):
        if table.sample.determined(column.position, person.position) >= ALWAYS:
            return  # of whatever days: what comes back does so later
        if days is None:
            days = draw_moments(table.cursor, table.name, table.columns).dt.normalize()
        for anew in ways(table, column):
            codes = _together(table, column.position, anew, days)
            if _keeps(table, person.position, days, codes) and _is_one(table, person.position, days, codes):
                table.numbered[column.position] = codes
                _name(table, column, anew)
                return
        if C.ORDER in table.concepts[column.position] and column.role is not Role.ORDER_ID:
            table.columns[column.position] = replace(column, confidence=0.5, reason=OTHERS)


def _numbers(table: Table, chosen: Column | None) -> list[Column]:
    """Return the column of order numbers, or those whose headers may speak of one: of orders first."""
    if chosen:
        return [chosen]
    said = [
        column
        for column in table.columns
        if column.role in _PLAIN
        and column.position in table.sample.codes
        and table.concepts[column.position] & {C.ORDER, C.ID}
        and not table.concepts[column.position] - _SPOKEN
        and table.evidence[column.position].distinct > 1
        and table.evidence[column.position].number_format not in (PERCENT, PERCENT_COMMA)
    ]
    return sorted(said, key=lambda column: C.ORDER not in table.concepts[column.position])


def ways(table: Table, number: Column) -> Iterator[Anew]:
    """Return in what numbers may begin anew, the plainest first."""
    shops = [
        column.position
        for column in table.columns
        if column.position != number.position
        and column.position in table.sample.codes
        and column.role in (Role.CATEGORICAL, Role.COUNTRY, Role.CURRENCY, Role.IGNORE, Role.NUMERIC)
        and 2 <= table.sample.distinct(column.position) <= MOST_SHOPS
        and not table.evidence[column.position].is_flag
    ]
    yield from (Anew(shop) for shop in shops)
    yield from (Anew(None, cycle) for cycle in Cycle)
    yield from (Anew(shop, cycle) for shop, cycle in product(shops, Cycle))


def _together(table: Table, number: int, anew: Anew, days: pd.Series) -> np.ndarray:
    """Return the orders by their number and what that begins anew in: int64 (rows,), -1 for none."""
    frame = pd.DataFrame({"number": table.sample.codes[number]})
    if anew.shop is not None:
        frame["shop"] = table.sample.codes[anew.shop]
    if anew.cycle:
        frame["cycle"] = pd.factorize(days.dt.to_period(PERIODS[anew.cycle]))[0]
    codes = frame.groupby(list(frame), sort=False).ngroup().to_numpy(np.int64)
    return np.where((frame >= 0).all(axis=1), codes, -1)


def _keeps(table: Table, person: int, days: pd.Series, codes: np.ndarray) -> bool:
    """Whether each order is of one customer and one day."""
    day = pd.factorize(days)[0].astype(np.int64)
    held = Sample(table.sample.rows, {0: codes, 1: table.sample.codes[person], 2: day})
    return held.determined(0, 1) >= ALWAYS and held.determined(0, 2) >= ONE_MOMENT


def _is_one(table: Table, person: int, days: pd.Series, codes: np.ndarray) -> bool:
    """Whether a customer's day is nearly always one order, and not parted line by line."""
    frame = pd.DataFrame({"person": table.sample.codes[person], "day": days})
    visits = frame.groupby(["person", "day"], dropna=False)
    held = Sample(table.sample.rows, {0: visits.ngroup().to_numpy(np.int64), 1: codes})
    return held.determined(0, 1) >= ONE_ORDER


def _name(table: Table, column: Column, anew: Anew) -> None:
    """Give the column its role and say with what it is one order."""
    within = anew.as_words([one.name for one in table.columns])
    reason = f"numbers of orders that begin anew {within}: together they are of one customer and day"
    table.columns[column.position] = replace(
        column, role=Role.ORDER_ID, confidence=0.8, reason=reason, value_format=anew.as_format()
    )
