"""Money given back or taken off, told by its figures where no header speaks of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money_facts import WHOLE_ORDERS, MoneyColumns
from segmentation.intake.meaning.money_laws import ALWAYS, CENT, ENOUGH, differs_within, per_order
from segmentation.intake.money_rule import Grain

MOSTLY_NOTHING = 0.8
OFTEN_ALL = 0.5
OFTEN_NOTHING = 0.2
GROWS = 1.3


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


def with_money_off(columns: MoneyColumns) -> MoneyColumns:
    """Take what is often nothing, else a part of what the line or the order cost, for a discount.

    Its share differs within products, or from order to order: a rate of tax goes with the product. Whether a
    discount is in the price already is asked. A header that is only guessed does not decide.
    """
    likely = [place for place in columns.discounts if place in columns.guessed]
    if len(likely) < len(columns.discounts) or columns.products is None or not columns.prices:
        return columns
    open_ones = [*likely, *columns.others]
    found = [place for place in columns.of(open_ones, Grain.LINE) if _may_be_discount(columns, place)]
    orders = columns.of(open_ones, *WHOLE_ORDERS)
    found = found or [place for place in orders if _is_off_orders(columns, place)]
    if not found:
        return columns
    return replace(columns, discounts=(found[0],), others=[one for one in open_ones if one != found[0]])


def _may_be_discount(columns: MoneyColumns, place: int) -> bool:
    values, products = columns.numbers[place], columns.products
    known = values[np.isfinite(values)]
    if products is None or len(known) < ENOUGH or np.all(known == 0) or np.mean(known == 0) < OFTEN_NOTHING:
        return False
    if known.min() >= 0 and (place in columns.percents or _is_share(known)):
        return differs_within(products, values)
    return _is_off_lines(columns, products, values)


def _is_share(known: np.ndarray) -> bool:
    return bool(known.max() <= 1 and np.any((known > 0) & (known < 1)))


def _is_off_lines(columns: MoneyColumns, products: np.ndarray, values: np.ndarray) -> bool:
    """Whether a number is less than its line costs, with it or against it, and no rate of a product."""
    if not columns.quantities:
        return False
    worth = columns.numbers[columns.quantities[0]] * columns.numbers[columns.prices[0]]
    values = values * np.sign(worth)
    if np.nanmin(values) * np.nanmax(values) < 0:
        return False
    off, worth = np.abs(values), np.abs(worth)
    rate = np.round(off / np.where(worth > 0, worth, np.nan), 2)
    return _is_part_of(off, worth) and differs_within(products, rate)


def _is_off_orders(columns: MoneyColumns, place: int) -> bool:
    """Whether a number of whole orders is often nothing, and else a part of what their lines cost."""
    worth = _worth(columns)
    if worth is None or columns.orders is None or np.nanmin(columns.numbers[place]) < 0:
        return False
    off, cost = _beside(columns, place, worth, columns.grains[place])
    return bool(np.mean(off == 0) >= OFTEN_NOTHING) and _is_part_of(off, cost)


def _is_part_of(off: np.ndarray, worth: np.ndarray) -> bool:
    """Whether money stays below what something costs, and grows with it, as postage does not."""
    told = (off > 0) & (worth > 0)
    if told.sum() < ENOUGH or np.mean(off[told] <= worth[told] + CENT) < ALWAYS:
        return False
    dear = worth[told] > np.median(worth[told])
    return bool(dear.any() and np.median(off[told][dear]) >= GROWS * np.median(off[told][~dear]))
