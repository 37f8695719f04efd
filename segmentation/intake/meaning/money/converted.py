"""Sums of several currencies that a file tells in a common one, too, by a column of rates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product as all_of

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH, TRIED
from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.values.cell_words import are_currencies
from segmentation.intake.values.currencies import currency_in_header

MOST_RATES = 6
DRIFT, ROUNDED = 0.2, 6e-5


@dataclass(frozen=True)
class Converted:
    """A sum of several currencies, what it is in the common one, and the columns of rate and codes."""

    own: int
    common: int
    rate: int
    codes: int | None


def converted_of(table: Table, columns: MoneyColumns) -> Converted | None:
    """Find a sum that is another times a rate in nearly all rows."""
    codes = _codes(table)
    numbers = [c.position for c in table.columns if _may_be_rate(table, c.position)][:MOST_RATES]
    rates = table.numbers(numbers)
    for own, common in _pairs(columns):
        pair = columns.numbers[own], columns.numbers[common]
        said = codes is not None or common in columns.amounts or _names_currency(table, common)
        for place in rates if said else ():
            rate = rates[place]
            if place in (own, common) or not any(_are_products(*pair, one) for one in (rate, 1 / rate)):
                continue
            if codes is None or _goes_with(table.sample.codes[codes], rate):
                return Converted(own, common, place, codes)
    return None


def in_common_currency(columns: MoneyColumns, found: Converted) -> MoneyColumns:
    """Take the sum in the common currency for the amount; what is in several currencies is no part of it."""
    return replace(columns, amounts=(found.common,), prices=(), discounts=(), refunds=(), fees=(), others=(),
                   beside=())  # fmt: skip


def _codes(table: Table) -> int | None:
    found = (
        c.position
        for c in table.columns
        if c.position in table.sample.codes
        and table.evidence[c.position].distinct > 1
        and are_currencies(table.evidence[c.position].common)
    )
    return next(found, None)


def _may_be_rate(table: Table, place: int) -> bool:
    values = table.evidence[place]
    return values.is_number and not values.whole and values.minimum > 0 and not values.is_constant


def _names_currency(table: Table, place: int) -> bool:
    return currency_in_header(table.columns[place].name) is not None


def _pairs(columns: MoneyColumns) -> Iterator[tuple[int, int]]:
    """Return a sum and what may be the same in another currency; the likeliest amounts first."""
    sums = [*columns.amounts, *columns.others]
    yield from ((own, common) for own, common in all_of(columns.amounts or sums, sums) if own != common)


def _are_products(own: np.ndarray, common: np.ndarray, rate: np.ndarray) -> bool:
    """Whether a sum times a rate, often another than one, is the other sum."""
    few = slice(TRIED)

    def share(rows: slice) -> float:
        known = np.isfinite(own[rows] + common[rows] + rate[rows])
        off = np.abs(own[rows] * rate[rows] - common[rows])[known]
        slack = CENT + ROUNDED * np.abs(own[rows][known])
        return float(np.mean(off <= slack)) if known.sum() >= ENOUGH else 0.0

    telling = np.abs(rate - 1) * np.abs(own) > 2 * CENT
    return int(telling.sum()) >= ENOUGH and share(few) >= ALWAYS and share(slice(None)) >= ALWAYS


def _goes_with(codes: np.ndarray, rate: np.ndarray) -> bool:
    """Whether each currency has about one rate: what is weighed, or how many, has none."""
    for code in np.unique(codes[codes >= 0]):
        mine = rate[codes == code]
        usual = np.nanmedian(mine)
        if np.nanmean(np.abs(mine - usual) <= DRIFT * usual) < ALWAYS:
            return False
    return True
