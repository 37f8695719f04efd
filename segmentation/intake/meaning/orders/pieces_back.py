"""Columns of how many pieces of a line came back: by headers, or by never being more than were bought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.money.adds_up import per_order
from segmentation.intake.meaning.orders.hidden_states import is_foreign
from segmentation.intake.meaning.role_conditions import is_how_many
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.money_rule import Grain, MoneyRule
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.order_states import State, state_of

FEWEST, MOSTLY_NOTHING, OFTEN_ALL, HALF = 3, 0.6, 0.2, 0.5
_PLAIN = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE, Role.REFUND, Role.DISCOUNT, Role.ORDER_STATUS)


@dataclass(frozen=True)
class PiecesBack:
    """The column, and whether its header says so; else it is asked."""

    column: Column
    said: bool


def find_pieces_back(table: Table, rule: MoneyRule) -> list[PiecesBack]:
    """Return the columns that tell how many pieces came back or were never sent, those that say so first.

    A second one counts only beside the first: what came back and what was refunded may be the same pieces.
    """
    if rule.refund is not None:
        return []
    bought = _pieces_bought(table, rule)
    taken = (rule.quantity, rule.price, rule.off, *(term.position for term in rule.terms))
    found = [
        PiecesBack(column, said)
        for column in table.columns
        if column.position not in taken and column.role in _PLAIN and table.evidence[column.position].whole
        if (said := _says_back(table, column)) or (_is_mute(table, column) and table.find(Role.QUANTITY))
    ]
    came = np.zeros(table.sample.rows)
    counted: list[PiecesBack] = []
    for one in sorted(found, key=lambda one: not one.said):
        pieces = np.nan_to_num(table.numbers([one.column.position])[one.column.position])
        told = not _are_the_same(came, pieces) and _are_pieces(table, bought, came + pieces, one)
        if told and not _are_off_already(table, rule, bought, pieces):
            came, counted = came + pieces, [*counted, one]
    return counted


def _pieces_bought(table: Table, rule: MoneyRule) -> np.ndarray:
    """Return the pieces of each row, float64 (rows,): one where no column tells them."""
    column = table.find(Role.QUANTITY)
    place = rule.quantity if rule.quantity is not None else column.position if column else None
    return np.ones(table.sample.rows) if place is None else table.numbers([place])[place]


def _are_off_already(table: Table, rule: MoneyRule, bought: np.ndarray, came: np.ndarray) -> bool:
    """Whether what was paid is of the pieces that were kept: then rows or orders differ less by these."""
    price = table.find(Role.UNIT_PRICE)
    if rule.multiplied or price is None:
        return False
    numbers = table.numbers([price.position, *(term.position for term in rule.terms)])
    order = table.find(Role.ORDER_ID)
    rows = np.arange(table.sample.rows)
    orders = table.sample.codes[order.position] if rule.of_orders and order else rows
    worth, back = (
        per_order(orders, numbers[price.position] * pieces, Grain.LINE) for pieces in (bought, came)
    )
    sums = [term.sign * per_order(orders, numbers[term.position], term.grain) for term in rule.terms]
    rest = sum(sums, start=-worth)
    known, told = np.isfinite(rest), back > 0
    if not (known & told).any() or not (known & ~told).any():
        return False
    usual = np.median(rest[known & ~told])
    apart, apart_if_kept = (np.median(np.abs(one - usual)[known & told]) for one in (rest, rest + back))
    return bool(apart_if_kept < apart)


def _are_the_same(some: np.ndarray, others: np.ndarray) -> bool:
    """Whether two columns speak of the same rows, as of what was sent back and what was refunded."""
    fewer = min((some > 0).sum(), (others > 0).sum())
    return bool(((some > 0) & (others > 0)).sum() > HALF * fewer)


def _says_back(table: Table, column: Column) -> bool:
    spoken = C.REFUND in table.concepts[column.position] and column.position not in table.guessed
    return spoken or state_of(column.name) in (State.RETURNED, State.CANCELLED)


def _is_mute(table: Table, column: Column) -> bool:
    known = table.concepts[column.position] - {C.ALONE, C.QUANTITY, C.COUNT}
    return is_foreign(table) and (not known or column.position in table.guessed)


def _are_pieces(table: Table, bought: np.ndarray, came: np.ndarray, back: PiecesBack) -> bool:
    """Whether they are nothing in most rows, never more than were bought, and not only yes and no.

    Without a header they are several in some rows, and all of them in some.
    """
    place, told = back.column.position, came > 0
    if (came < 0).any() or not told.any() or np.mean(~told) < MOSTLY_NOTHING:
        return False
    if np.mean(came[told] <= bought[told]) < ALWAYS:
        return False
    if back.said:
        return is_how_many(table.concepts[place], table.evidence[place]) or not table.evidence[place].is_flag
    several = int((came > 1).sum()) >= FEWEST
    return several and bool(np.mean(came[told] == bought[told]) >= OFTEN_ALL)
