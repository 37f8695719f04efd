"""Money in hundredths (1995 for 19.95), as programs hand it on: said, known beside the same sum, or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.headers.minor_units import is_in_coins
from segmentation.intake.meaning.money.adds_up import ALWAYS, ENOUGH, TRIED
from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.money_rule import MoneyRule, Off
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import HUNDREDTHS
from segmentation.intake.values.cell_words import are_currencies
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.currencies import currency_in_header, decimals_of

HUNDRED = 100
NEAR = 0.0051
LEAST, USUAL, FEWEST = 50, 300, 5
HALF, MOST_IDLE = 0.5, 0.7
_PRICED = {Role.UNIT_PRICE: 0.9, Role.AMOUNT: 0.6}
"""The share that ends like prices; sums of several pieces do so less often."""
ENDINGS = (0, 5, 9)
_COSTS = (Role.COST, Role.PROFIT)
_WHOLE_SUMS = {C.AMOUNT, C.PRICE, C.PART}
_SUMS = _WHOLE_SUMS | {C.DISCOUNT, C.REFUND, C.FEE, C.COST, C.PROFIT}


def read_coins(
    names: Sequence[str], concepts: Sequence[frozenset[C]], evidence: Sequence[Evidence]
) -> list[Evidence]:
    """Read whole sums in hundredths where a header says that they are in the smallest coin.

    So are, beside them, prices and amounts whose headers do not say it, where no sum of the file has cents.
    None are where a currency of the file has other coins, or none.
    """
    sums = [place for place, found in enumerate(concepts) if found & _SUMS and evidence[place].is_number]
    said = {place for place in sums if is_in_coins(names[place]) and is_plain(evidence[place])}
    codes = [code for values in evidence if are_currencies(values.common) for code in values.common]
    if not said or any(decimals_of(code) not in (2, None) for code in codes):
        return list(evidence)
    if all(is_plain(evidence[place]) for place in sums):
        large = {place for place in sums if evidence[place].maximum > HUNDRED}
        said |= {place for place in large if concepts[place] & _WHOLE_SUMS}
    return [in_hundredths(one) if place in said else one for place, one in enumerate(evidence)]


def is_plain(values: Evidence) -> bool:
    """Whether numbers are whole, and not written for people."""
    return values.whole and not values.number_format


def in_hundredths(values: Evidence) -> Evidence:
    """Read numbers in hundredths."""
    numbers = values.numbers and replace(values.numbers, value_format=HUNDREDTHS, others=())
    return replace(values, numbers=numbers, whole=False, minimum=values.minimum / HUNDRED,
                   maximum=values.maximum / HUNDRED)  # fmt: skip


def without_hundredths(columns: MoneyColumns) -> MoneyColumns:
    """Leave sums out that another column tells a hundred times smaller, and take that in their stead."""
    sums = dict.fromkeys([*columns.amounts, *columns.prices, *columns.others])
    few = {place: columns.numbers[place][:TRIED] for place in sums if place not in columns.percents}
    stead = {large: small for large in few for small in few if _is_hundred_times(few[large], few[small])}
    if not stead:
        return columns

    def told(places: Sequence[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(stead.get(place, place) for place in places))

    amounts, prices = told(columns.amounts), told(columns.prices)
    others = tuple(place for place in told(columns.others) if place not in (*amounts, *prices))
    return replace(columns, amounts=amounts, prices=prices, others=others)


def _is_hundred_times(large: np.ndarray, small: np.ndarray) -> bool:
    """Whether whole numbers are a hundred times others, of which some have cents."""
    known = np.isfinite(large) & np.isfinite(small) & (large != 0)
    if known.sum() < ENOUGH or np.any(large[known] % 1) or not np.any(small[known] % 1):
        return False
    return bool(np.mean(np.abs(large / HUNDRED - small)[known] <= NEAR) >= ALWAYS)


def may_be_hundredths(
    columns: Sequence[Column],
    evidence: Sequence[Evidence],
    numbers: Mapping[int, np.ndarray],
    rule: MoneyRule,
) -> list[Column]:
    """Return the columns of money that may all be in hundredths: whole, large, ending like prices.

    None where some are not, where they are written for people, or in money that has no hundredths.
    """
    each = rule.off if rule.off_way is Off.EACH else None
    sums = [*rule.terms, rule.refund] if rule.refund else rule.terms
    held = {rule.price, each, *(term.position for term in sums)}
    money = [column for column in columns if column.position in held or column.role in _COSTS]
    written = [evidence[column.position] for column in money]
    paid = {column.role: numbers[column.position] for column in money if column.position in numbers}
    if not paid or not all(map(is_plain, written)):
        return []
    codes = [code for column in columns for code in _codes_of(column, evidence[column.position])]
    whole_money = any(not decimals_of(code) for code in codes)
    like_prices = all(_are_like_prices(values, _PRICED[role]) for role, values in paid.items())
    return money if like_prices and not whole_money else []


def _codes_of(column: Column, values: Evidence) -> list[str]:
    """Return the currencies that a column of codes or the header of an amount names."""
    if column.role is Role.CURRENCY:
        return [code.upper() for code in values.common]
    named = currency_in_header(column.name) if column.role in _PRICED else None
    return [named] if named else []


def _are_like_prices(values: np.ndarray, priced: float) -> bool:
    """Whether most have something behind the hundreds, and a share (0..1) of them ends in 0, 5 or 9.

    Nearly all that end in 0 are of money that has no hundredths.
    """
    sizes = np.unique(np.abs(values[np.isfinite(values) & (values != 0)]))
    if len(sizes) < FEWEST or sizes[0] < LEAST or np.median(sizes) < USUAL:
        return False
    broken, idle = np.mean(sizes % HUNDRED != 0), np.mean(sizes % 10 == 0)
    return bool(broken > HALF and idle < MOST_IDLE and np.mean(np.isin(sizes % 10, ENDINGS)) >= priced)
