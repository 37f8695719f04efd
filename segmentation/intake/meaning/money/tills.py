"""Money handed over at a till, and the change: neither was paid; what was is the one less the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH, TRIED
from segmentation.intake.meaning.money.facts import MoneyColumns

FEWER, MANY, MOST_COLUMNS = 0.5, 0.5, 12


def without_change(columns: MoneyColumns) -> tuple[MoneyColumns, tuple[int, ...]]:
    """Leave what was handed over and the change out, and take what lies between them for the amount.

    :return: also the two columns; nothing where there are none.
    """
    sums = (
        columns.amounts,
        columns.others,
        columns.refunds,
        columns.prices,
        columns.discounts,
        columns.beside,
    )
    places = list(dict.fromkeys(place for some in sums for place in some if place not in columns.percents))
    few = {place: columns.numbers[place][:TRIED] for place in places[:MOST_COLUMNS]}
    for given in few:
        for total in few:
            change = None if total == given else _change(few, given, total)
            if change is not None:
                total, change = sorted((total, change), key=lambda one: _unlikely(columns, one))
                return _without(columns, {given, change}, total), (given, change)
    return columns, ()


def _change(numbers: Mapping[int, np.ndarray], given: int, total: int) -> int | None:
    """Return the column of what is given back of what was handed over."""
    back = np.round(numbers[given] - np.nan_to_num(numbers[total]), 4)
    known = np.isfinite(back)
    if known.sum() < ENOUGH or back[known].min() < -CENT or (back[known] > CENT).sum() < ENOUGH:
        return None
    found = (
        place
        for place, values in numbers.items()
        if place not in (given, total)
        and np.mean(np.abs(np.nan_to_num(values) - back)[known] <= CENT) >= ALWAYS
        and _are_notes(numbers[given], numbers[total], np.nan_to_num(values))
    )
    return next(found, None)


def _are_notes(given: np.ndarray, total: np.ndarray, change: np.ndarray) -> bool:
    """Whether few different sums are handed over where many are due, and the change is no rate of these.

    Prices from which money is taken off are as many as those that are left, or it is of few rates.
    """
    told = (change > CENT) & (given > 0) & (total > CENT)
    if told.sum() < ENOUGH:
        return False
    rates = np.unique(np.round(change[told] / given[told], 3))
    fewer = len(np.unique(given[told])) <= FEWER * min(len(np.unique(one[told])) for one in (total, change))
    return fewer and len(rates) >= MANY * len(np.unique(total[told]))


def _unlikely(columns: MoneyColumns, place: int) -> tuple[bool, bool, float]:
    """Prefer what a header calls an amount, what is nothing in no row, and then the larger sum."""
    values = np.nan_to_num(columns.numbers[place])
    said = place in columns.amounts and place not in columns.guessed
    return not said, bool(np.any(values == 0)), -float(values.sum())


def _without(columns: MoneyColumns, apart: set[int], total: int) -> MoneyColumns:
    def kept(places: Sequence[int]) -> tuple[int, ...]:
        return tuple(place for place in places if place not in {*apart, total})

    prices, discounts, refunds = map(kept, (columns.prices, columns.discounts, columns.refunds))
    others, beside = kept(columns.others), kept(columns.beside)
    return replace(columns, amounts=(total, *kept(columns.amounts)), prices=prices, discounts=discounts,
                   refunds=refunds, others=others, beside=beside)  # fmt: skip
