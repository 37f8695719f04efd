"""Money given back, told by the states in which alone a column of numbers is filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH, grain_of, per_order
from segmentation.intake.meaning.money.back import beside, grows_with, worth_of_rows
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival
from segmentation.intake.meaning.sample import draw_names
from segmentation.intake.meaning.table_so_far import HARDLY_ANY, MOST_LOST, NEARLY_ALL, Table
from segmentation.intake.money_rule import Grain, Term
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.order_states import State, state_of

BACK = (State.RETURNED, State.PARTLY_RETURNED)
MOST_STATES = 10
SOMETIMES_ALL, SEVERAL_RATES = 0.1, 5


@dataclass(frozen=True)
class GivenBack:
    """A column of numbers that is filled in some states alone; `said` where header or states speak of it."""

    place: int
    said: bool


def with_refunds_said(columns: MoneyColumns, given: GivenBack | None) -> MoneyColumns:
    """Take a column for money given back where words say so, too."""
    if given is None or not given.said:
        return columns
    others, amounts = (
        tuple(p for p in some if p != given.place) for some in (columns.others, columns.amounts)
    )
    return replace(columns, others=others, amounts=amounts, refunds=(given.place,))


def asking_about_refunds(columns: MoneyColumns, found: FoundMoney, given: GivenBack | None) -> FoundMoney:
    """Take it for money given back where only figures say so, and ask."""
    rule = found.rule
    used = {rule.quantity, rule.price, rule.off, *rule.fees, *rule.held, *(t.position for t in rule.terms)}
    if given is None or given.said or rule.refund or given.place in used:
        return found
    grain = grain_of(columns.orders, columns.numbers[given.place])
    back = found.read_by(replace(rule, refund=Term(given.place, -1, grain)))
    return replace(back, rivals=(Rival(Question.REFUND, rule, given.place), *back.rivals))


def given_back(table: Table, columns: MoneyColumns) -> GivenBack | None:
    """Return the numbers that are filled in some states alone, and never more than the row or order cost."""
    worth = worth_of_rows(columns)
    if worth is None or columns.refunds:
        return None
    places = [place for place in (*columns.others, *columns.amounts) if _has_blanks(columns, place)]
    for place in places:
        for column in _states(table) if _is_part(columns, place, worth) else ():
            words = _filled_in(table, columns, column, place)
            said = _says_back(table, place) or any(state_of(word) in BACK for word in words)
            if words and (said or _varies(columns, place, worth)):
                return GivenBack(place, said)
    return None


def _has_blanks(columns: MoneyColumns, place: int) -> bool:
    told = np.nan_to_num(columns.numbers[place]) != 0
    return ENOUGH // 2 <= told.sum() <= MOST_LOST * len(told)


def _states(table: Table) -> Iterator[Column]:
    """Return the columns of a few words that may be states."""
    mute = table.mute
    for column in table.columns:
        states = column.role is Role.ORDER_STATUS or column in mute or column.position in table.guessed
        codes = table.sample.codes.get(column.position)
        if states and codes is not None and 2 <= codes.max(initial=-1) + 1 <= MOST_STATES:
            yield column


def _says_back(table: Table, place: int) -> bool:
    return C.REFUND in table.concepts[place] or state_of(table.columns[place].name) in BACK


def _filled_in(table: Table, columns: MoneyColumns, states: Column, place: int) -> list[str]:
    """Return the states of nearly all rows in which the numbers are, where hardly any other has them."""
    codes = table.sample.codes[states.position]
    filled = np.nan_to_num(columns.numbers[place]) != 0
    some = [filled]
    if columns.orders is not None:  # once for all lines of an order
        whole = per_order(columns.orders, filled.astype(np.float64), Grain.ORDER) > 0
        some.append(np.where(columns.orders >= 0, whole[columns.orders], filled))
    names = draw_names(table.cursor, table.name, states.position)
    for rows in some:
        shares = [rows[codes == code].mean() for code in range(len(names))]
        full = [share >= NEARLY_ALL for share in shares]
        apart = all(full[code] or share <= HARDLY_ANY for code, share in enumerate(shares))
        if apart and 0 < sum(full) < len(names):
            return [name for name, one in zip(names, full, strict=True) if one]
    return []


def _is_part(columns: MoneyColumns, place: int, worth: np.ndarray) -> bool:
    grain = grain_of(columns.orders, columns.numbers[place])
    found, cost = beside(columns, place, worth, grain)
    told = found > 0
    return bool(told.any() and np.mean(found[told] <= cost[told] + CENT) >= ALWAYS)


def _varies(columns: MoneyColumns, place: int, worth: np.ndarray) -> bool:
    """Whether it is now all that something cost, now parts of many sizes: no fee, no rate of a discount."""
    found, cost = beside(columns, place, worth, grain_of(columns.orders, columns.numbers[place]))
    told = found > 0
    rates = np.round(found[told] / cost[told], 2)
    often_all = bool(np.mean(rates >= 1) >= SOMETIMES_ALL)
    return often_all or (grows_with(found, cost) and len(np.unique(rates)) > SEVERAL_RATES)
