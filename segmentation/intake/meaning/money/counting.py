"""Numbers that may count the pieces of a row though no header says so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segmentation.intake.meaning.money.adds_up import ALWAYS
from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.money_rule import Grain

MOST_PIECES = 1_000
MOST_MARKS = 10
OFTEN_ONE, MOSTLY, HALF, FEW, NEAR = 0.3, 0.8, 0.5, 0.1, 1e-6
FEWEST_GROUPS = 5


def may_count_pieces(columns: MoneyColumns, place: int) -> bool:
    """Whether numbers are small and whole, no numbers of lines, and go with no order, goods or buyer."""
    values = columns.numbers[place]
    known = np.abs(values[np.isfinite(values)])
    if not len(known) or np.any(known != np.trunc(known)) or known.max() > MOST_PIECES or known.min() < 1:
        return False
    if columns.orders is not None and number_lines(columns.orders, values):
        return False
    return not _are_owned(columns, values)


def pieces_of(columns: MoneyColumns) -> Sequence[int]:
    """Return the columns of pieces: of which headers speak, else those that may count them."""
    return columns.quantities or [place for place in columns.others if may_count_pieces(columns, place)]


def may_weigh(columns: MoneyColumns, place: int, price: int) -> bool:
    """Whether numbers have three decimals, as what is weighed or measured has, beside a price of two."""
    values = columns.numbers[place]
    known = values[np.isfinite(values)]
    small = len(known) and known.min() > 0 and known.max() <= MOST_PIECES
    if not small or _in_thousandths(values) < HALF or _in_thousandths(columns.numbers[price]) > FEW:
        return False
    return not _are_owned(columns, values)


def _in_thousandths(values: np.ndarray) -> float:
    """Return the share (0..1) of numbers that need three decimals."""
    cents = values[np.isfinite(values)] * 100
    return float(np.mean(np.abs(cents - np.round(cents)) > NEAR)) if len(cents) else 0.0


def _are_owned(columns: MoneyColumns, values: np.ndarray) -> bool:
    owners = (columns.orders, columns.products, columns.people)
    return any(owner is not None and go_with(owner, values) for owner in owners)


def are_like_pieces(values: np.ndarray) -> bool:
    """Whether numbers are mostly one, have decimals, or are larger than marks and people at a table are."""
    known = np.abs(values[np.isfinite(values)])
    return bool(np.any(known != np.trunc(known)) or known.max() > MOST_MARKS or are_mostly_one(values))


def are_mostly_one(values: np.ndarray) -> bool:
    """Whether one is the commonest number, as of pieces, and not of marks or of people at a table."""
    known = np.abs(values[np.isfinite(values)])
    counts = np.bincount(known.astype(np.int64)) if len(known) else np.zeros(2)
    return bool(counts.argmax() == 1 and counts[1] >= OFTEN_ONE * len(known))


def are_too_many(values: np.ndarray) -> bool:
    """Whether nearly all numbers are whole and a thousand or more: few orders have such pieces."""
    known = np.abs(values[np.isfinite(values)])
    return bool(len(known) and np.all(known == np.trunc(known)) and np.quantile(known, FEW) >= MOST_PIECES)


def number_lines(orders: np.ndarray, values: np.ndarray) -> bool:
    """Whether numbers count the lines of each order: from one, as most rows of a new order say, they rise."""
    told = (orders >= 0) & np.isfinite(values)
    frame = pd.DataFrame({"order": orders[told], "value": values[told]})
    groups = frame.groupby("order", sort=False)["value"]
    further = frame["order"].duplicated()
    if not further.any() or (frame["value"] == 1)[~further].mean() < MOSTLY:
        return bool(np.all(values[told] == 1))
    return bool((groups.diff()[further] >= 1).mean() >= ALWAYS)


def may_be_of_lines(columns: MoneyColumns, price: int) -> list[int]:
    """Return the columns that may count pieces though no header says so, the likeliest first."""
    found = [
        place
        for place in columns.of(columns.others, Grain.LINE)
        if place != price and (may_count_pieces(columns, place) or may_weigh(columns, place, price))
    ]
    return sorted(found, key=lambda place: not are_like_pieces(columns.numbers[place]))


def go_with(owners: np.ndarray, values: np.ndarray) -> bool:
    """Whether all rows of nearly every order, or of nearly all goods, have the same number."""
    frame = pd.DataFrame({"owner": owners, "value": values})[owners >= 0].groupby("owner")["value"]
    several = frame.count() > 1
    alike = (frame.min() == frame.max())[several]
    return len(alike) >= FEWEST_GROUPS and bool(alike.mean() >= ALWAYS)
