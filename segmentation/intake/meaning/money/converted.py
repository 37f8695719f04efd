"""Sums of several currencies that a file tells in a common one, too: by a rate, or one for each currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product as all_of

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH, TRIED
from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.meaning.sample import draw_names
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.values.cell_words import are_currencies
from segmentation.intake.values.currencies import currency_in_header

MOST_RATES = 6
DRIFT, ROUNDED = 0.2, 6e-5
NO_TAX = 1.35
"""Beyond this a sum is no other with its tax, or without."""


@dataclass(frozen=True)
class Converted:
    """A sum of several currencies, what it is in the common one, and the columns of rate and codes."""

    own: int
    common: int
    rate: int | None
    codes: int | None


def converted_of(table: Table, columns: MoneyColumns) -> Converted | None:
    """Find a sum that is another times a rate, or times a number for each currency, in nearly all rows."""
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
        if codes is not None and _has_rates(table, codes, common, *pair):
            return Converted(own, common, None, codes)
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


def _has_rates(table: Table, codes: int, common: int, own: np.ndarray, converted: np.ndarray) -> bool:
    """Whether one currency is left as it is, and the others have a rate each that is no tax.

    A rate may be one where the header of the common sum names the currency that is left as it is.
    """
    numbers, names = table.sample.codes[codes], draw_names(table.cursor, table.name, codes)
    rate = np.divide(converted, own, out=np.full(len(own), np.nan), where=own != 0)
    if not _goes_with(numbers, rate):
        return False
    mine = {name: rate[(numbers == code) & np.isfinite(rate)] for code, name in enumerate(names)}
    left = [name for name, one in mine.items() if len(one) and np.mean(np.abs(one - 1) <= ROUNDED) >= ALWAYS]
    others = [float(np.median(one)) for name, one in mine.items() if len(one) and name not in left]
    if len(left) != 1 or not others:
        return False
    named = currency_in_header(table.columns[common].name) == left[0].strip().upper()
    return named or any(max(one, 1 / one) > NO_TAX for one in others if one > 0)
