"""States told by whether a cell is filled, as with a day of payment or an x: the format of its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.meaning.orders.order_key import order_number
from segmentation.intake.roles import Column
from segmentation.intake.values.order_states import State

_BLANK, _FILLED, _WHOLE = "blank=", "filled=", "filled on a line="


@dataclass(frozen=True)
class Filling:
    """What a blank cell means, or else a filled one; `whole` where one line is filled for all of an order."""

    state: State
    blank: bool
    whole: bool = False

    def as_format(self) -> str:
        """Write it as the format of its column; see `filling_of`."""
        return f"{_BLANK if self.blank else _WHOLE if self.whole else _FILLED}{self.state}"


def filling_of(value_format: str) -> Filling | None:
    """Read it from the format of a column of states; None where its words say the state."""
    for begin in (_BLANK, _FILLED, _WHOLE):
        if value_format.startswith(begin):
            state = State(value_format.removeprefix(begin))
            return Filling(state, begin == _BLANK, begin == _WHOLE)
    return None


def is_of_orders(column: Column) -> bool:
    """Whether the filled or blank cells of a column tell one state of a whole order."""
    filling = filling_of(column.value_format)
    return filling is not None and (filling.blank or filling.whole)


def filled_state(column: Column, columns: Sequence[Column]) -> str | None:
    """Return SQL of the state that a row has by whether its cell is filled; None for a column of words.

    An order that is filled on one line is not blank. Who has a day of payment paid.
    """
    filling = filling_of(column.value_format)
    if filling is None:
        return None
    cell, order = f"c{column.position}", order_number(columns)
    filled = f"{cell} IS NOT NULL"
    if order and is_of_orders(column):
        filled = f"bool_or({filled}) OVER (PARTITION BY coalesce({order}, line::VARCHAR))"
    if filling.blank:
        return f"if({filled}, '{State.PAID}', '{filling.state}')"
    return f"CASE WHEN {filled} THEN '{filling.state}' END"
