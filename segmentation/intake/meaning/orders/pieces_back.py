"""A column of how many pieces of a line came back: by its header, or by never being more than were bought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.orders.hidden_states import is_foreign
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.order_states import State, state_of

FEWEST, MOSTLY_NOTHING, OFTEN_ALL = 3, 0.6, 0.2
_PLAIN = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE, Role.REFUND, Role.DISCOUNT, Role.ORDER_STATUS)


@dataclass(frozen=True)
class PiecesBack:
    """The column, and whether its header says so; else it is asked."""

    column: Column
    said: bool


def find_pieces_back(table: Table, rule: MoneyRule) -> PiecesBack | None:
    """Return the column that tells how many pieces came back, if one does."""
    bought = table.find(Role.QUANTITY)
    place = rule.quantity if rule.quantity is not None else bought.position if bought else None
    if place is None or rule.refund is not None:
        return None
    found = [
        PiecesBack(column, said)
        for column in table.columns
        if column.position not in (place, rule.price, rule.off, *(term.position for term in rule.terms))
        and column.role in _PLAIN
        and table.evidence[column.position].whole
        and ((said := _says_back(table, column)) or _is_mute(table, column))
        and _are_pieces(table, place, column.position, said)
    ]
    return max(found, key=lambda one: one.said, default=None)


def _says_back(table: Table, column: Column) -> bool:
    spoken = C.REFUND in table.concepts[column.position] and column.position not in table.guessed
    return spoken or state_of(column.name) is State.RETURNED


def _is_mute(table: Table, column: Column) -> bool:
    known = table.concepts[column.position] - {C.ALONE, C.QUANTITY, C.COUNT}
    return is_foreign(table) and (not known or column.position in table.guessed)


def _are_pieces(table: Table, bought: int, back: int, said: bool) -> bool:
    """Whether they are nothing in most rows, never more than were bought, and not only yes and no.

    Without a header they are several in some rows, and all of them in some.
    """
    numbers = table.numbers((bought, back))
    pieces, came = numbers[bought], np.nan_to_num(numbers[back])
    told = came > 0
    if (came < 0).any() or told.sum() < FEWEST or np.mean(~told) < MOSTLY_NOTHING:
        return False
    within = np.mean(came[told] <= pieces[told]) >= ALWAYS
    several = int((came > 1).sum()) >= FEWEST
    return bool(within and (several or (said and not table.evidence[back].is_flag))
                and (said or np.mean(came[told] == pieces[told]) >= OFTEN_ALL))  # fmt: skip
