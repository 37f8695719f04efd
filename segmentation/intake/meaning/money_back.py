"""Money given back, told by its figures: nothing in most rows, else all that was paid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money_facts import MoneyColumns
from segmentation.intake.meaning.money_laws import CENT, ENOUGH, per_order
from segmentation.intake.money_rule import Grain

MOSTLY_NOTHING = 0.8
OFTEN_ALL = 0.5


def with_money_back(columns: MoneyColumns) -> MoneyColumns:
    """Take for a refund what is nothing in most rows that cost something, else mostly all of that cost.

    A column that is nothing in most rows is not what they cost, whatever its header speaks of; where it is
    not often all of it, it may be a discount.
    """
    worth = _worth(columns)
    if worth is None:
        return columns
    idle = [place for place in (*columns.amounts, *columns.others) if _is_idle(columns, place, worth)]
    back = [place for place in idle if _is_all_of_it(columns, place, worth)]
    rest = [place for place in idle if place not in back]
    return replace(
        columns,
        amounts=tuple(place for place in columns.amounts if place not in idle),
        others=(*rest, *(place for place in columns.others if place not in idle)),
        refunds=(*columns.refunds, *back),
    )


def _worth(columns: MoneyColumns) -> np.ndarray | None:
    """Return what each row costs by the columns that say it plainly, float64 (rows,)."""
    if columns.quantities and columns.prices:
        return np.abs(columns.numbers[columns.quantities[0]] * columns.numbers[columns.prices[0]])
    for place in columns.of(columns.amounts, Grain.LINE):
        if not is_mostly_nothing(columns, place):
            return np.abs(columns.numbers[place])
    return None


def is_mostly_nothing(columns: MoneyColumns, place: int) -> bool:
    """Whether a column of lines is nothing, or not filled, in most rows."""
    of_lines = columns.grains.get(place, Grain.LINE) is Grain.LINE
    return of_lines and bool(np.mean(np.nan_to_num(columns.numbers[place]) == 0) >= MOSTLY_NOTHING)


def _is_idle(columns: MoneyColumns, place: int, worth: np.ndarray) -> bool:
    found, cost = _beside(columns, place, worth, columns.grains.get(place, Grain.LINE))
    return len(cost) >= ENOUGH and bool(np.mean(found == 0) >= MOSTLY_NOTHING)


def _is_all_of_it(columns: MoneyColumns, place: int, worth: np.ndarray) -> bool:
    return any(_is_often_all(*_beside(columns, place, worth, grain)) for grain in (Grain.LINE, Grain.FIRST))


def _is_often_all(found: np.ndarray, cost: np.ndarray) -> bool:
    told = found > 0
    alike = np.abs(found - cost)[told] <= CENT
    return int(alike.sum()) >= ENOUGH // 2 and bool(alike.mean() >= OFTEN_ALL)


def _beside(
    columns: MoneyColumns, place: int, worth: np.ndarray, grain: Grain
) -> tuple[np.ndarray, np.ndarray]:
    """Return the column and the cost side by side, of lines or of whole orders, where anything was paid."""
    values = columns.numbers[place]
    if grain is not Grain.LINE and columns.orders is not None:
        values = per_order(columns.orders, values, grain)
        worth = per_order(columns.orders, worth, Grain.LINE)
    paid = np.nan_to_num(worth) > 0
    return np.abs(np.nan_to_num(values))[paid], worth[paid]
