"""What was paid where no header speaks of it: by the price that goods have, or by sums of whole orders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import ENOUGH, differs_within, price_of
from segmentation.intake.meaning.money.back import is_mostly_nothing
from segmentation.intake.meaning.money.counting import go_with, pieces_of
from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.money_rule import Grain

MOSTLY, HALF, NEAR = 0.8, 0.5, 1e-6
LEAST_SUM = 100
MOST_READINGS = 3


def unspoken(columns: MoneyColumns) -> list[tuple[int, MoneyColumns]]:
    """Return the columns that may say what was paid though no header does, the likeliest first.

    Each with the columns of money sorted as it says. None where some header speaks of what rows cost.
    """
    if columns.prices or any(not is_mostly_nothing(columns, place) for place in columns.amounts):
        return []
    found = list(_by_goods(columns)) or ([] if columns.amounts else list(_by_orders(columns)))
    return found[:MOST_READINGS]


def _by_goods(columns: MoneyColumns) -> Iterator[tuple[int, MoneyColumns]]:
    """Take numbers for the price of goods that have one: as the pieces grow it stays, or grows with them.

    Where no header speaks of pieces, small whole numbers are.
    """
    for pieces in pieces_of(columns):
        prices = _prices_by_goods(columns, pieces)
        for price in prices:
            others = [one for one in columns.others if one not in (pieces, price)]
            guessed = columns.guessed if columns.quantities else columns.guessed | {pieces}
            yield (
                price,
                replace(columns, quantities=(pieces,), prices=(price,), others=others, guessed=guessed),
            )
        if prices:
            return


def _prices_by_goods(columns: MoneyColumns, pieces: int) -> list[int]:
    if columns.products is None:
        return []
    found = []
    for place in columns.of(_open(columns), Grain.LINE):
        known = price_of(columns.products, columns.numbers[pieces], columns.numbers[place])
        if place != pieces and known.decided and max(known.piece, known.all_pieces) >= MOSTLY:
            found.append(place)
    likely = [place for place in found if is_written_as_money(columns.numbers[place])]
    return _likeliest_first(columns, likely or found)


def _by_orders(columns: MoneyColumns) -> Iterator[tuple[int, MoneyColumns]]:
    """Take numbers for what rows or orders cost and no buyer decides: those with a currency, if any."""
    found = [one for one in _open(columns) if _may_be_sum(columns, one)]
    for place in _likeliest_first(columns, [one for one in found if one in columns.marked] or found):
        others = [one for one in columns.others if one != place]
        yield place, replace(columns, amounts=(place,), others=others, guessed=columns.guessed | {place})


def _may_be_sum(columns: MoneyColumns, place: int) -> bool:
    values = columns.numbers[place]
    known = np.abs(values[np.isfinite(values)])
    known = known[known > 0]
    if place in columns.marked:
        return True
    if _are_few(known) and not _has_cents(known) and not _is_of_goods(columns, values):
        return False
    return is_written_as_money(known) and (columns.people is None or differs_within(columns.people, values))


def _is_of_goods(columns: MoneyColumns, values: np.ndarray) -> bool:
    return columns.products is not None and go_with(columns.products, values)


def _are_few(values: np.ndarray) -> bool:
    return len(np.unique(values)) < ENOUGH


def _has_cents(values: np.ndarray) -> bool:
    return bool(np.any(values != np.trunc(values)))


def is_lone_money(columns: MoneyColumns, place: int) -> bool:
    """Whether a column alone has a currency, or cents and no more decimals, and no other is written as money.

    Few numbers are money only where they are of goods: they may be marks.
    """
    if columns.marked == {place}:
        return True
    if columns.products is None and _are_few(columns.numbers[place][np.isfinite(columns.numbers[place])]):
        return False
    others = [values for one, values in columns.numbers.items() if one != place]
    values = columns.numbers[place]
    cents = 100 * values[np.isfinite(values)]
    in_cents = np.all(np.abs(cents - np.round(cents)) < NEAR) and np.mean(cents % 100 != 0) >= HALF
    return bool(in_cents) and not any(map(is_written_as_money, others))


def is_written_as_money(values: np.ndarray) -> bool:
    """Whether some numbers have cents, or half of them are large."""
    known = np.abs(values[np.isfinite(values)])
    if not len(known):
        return False
    return _has_cents(known) or float(np.median(known)) >= LEAST_SUM


def _likeliest_first(columns: MoneyColumns, places: list[int]) -> list[int]:
    """Put numbers with cents before whole ones, fuller columns before others, and large before small."""

    def likely(place: int) -> tuple[bool, int, float]:
        known = np.abs(columns.numbers[place][np.isfinite(columns.numbers[place])])
        return _has_cents(known), len(known), float(np.median(known))

    return sorted(places, key=likely, reverse=True)


def _open(columns: MoneyColumns) -> list[int]:
    return [place for place in columns.others if place not in columns.doubtful]
