"""Sums in hundredths that no header calls so: what the lines of their order cost is a hundredth of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from segmentation.intake.meaning.money.hundredths import HUNDRED, in_hundredths, is_plain
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.values.cast import HUNDREDTHS
from segmentation.intake.values.column_evidence import Evidence

CENT, FEWEST = 0.011, 8
LEAST_PART, MOST_COLUMNS, MOST_KEYS = 0.05, 8, 4


def with_coins_by_sums(table: Table) -> Table:
    """Read whole sums in hundredths that are a hundred times what lines cost, and parts of them as well."""
    numeric = [at for at, values in enumerate(table.evidence) if values.is_number and not values.dates]
    plain = [place for place in numeric if table.evidence[place].whole]
    broken = [place for place in numeric if place not in plain]
    large = [place for place in plain if _may_be_coins(table.evidence[place])]
    if not large or not broken:
        return table
    numbers = table.numbers(numeric)
    costs = list(_costs(numbers, broken[:MOST_COLUMNS], plain[:MOST_COLUMNS]))
    keys = list(_keys(table))
    whole = next((at for at in large if any(_is_sum_of(key, numbers[at], costs) for key in keys)), None)
    if whole is None:
        return table
    parts = {place for place in large if _is_part(numbers[place], numbers[whole])}
    evidence = [in_hundredths(one) if at in parts else one for at, one in enumerate(table.evidence)]
    columns = [replace(c, value_format=HUNDREDTHS) if c.position in parts else c for c in table.columns]
    read = {at: numbers[at] for at in numeric if at not in parts}
    return replace(table, columns=columns, evidence=evidence, read=read)


def _may_be_coins(values: Evidence) -> bool:
    return is_plain(values) and values.maximum > HUNDRED and not values.is_row_number


def _keys(table: Table) -> Iterator[np.ndarray]:
    """Yield the columns, those of most values first, of which several rows have the same."""
    sample = table.sample
    shares = {
        place: sample.unique_share(place) for place in sample.codes if not table.evidence[place].is_number
    }
    several = [place for place, share in shares.items() if LEAST_PART < share < ALWAYS]
    for place in sorted(several, key=lambda one: -shares[one])[:MOST_KEYS]:
        yield sample.codes[place]


def _costs(
    numbers: dict[int, np.ndarray], prices: Iterable[int], pieces: Iterable[int]
) -> Iterator[np.ndarray]:
    """Yield what rows may cost: a sum with cents, or one times whole numbers."""
    yield from (numbers[price] for price in prices)
    yield from (numbers[price] * numbers[count] for price, count in product(prices, pieces))


def _is_sum_of(orders: np.ndarray, whole: np.ndarray, costs: Iterable[np.ndarray]) -> bool:
    """Whether a sum is the same on all lines of an order, and a hundred times what these cost."""
    frame = pd.DataFrame({"order": orders, "whole": whole})[orders >= 0]
    told = frame.groupby("order")["whole"].agg(["min", "max"])
    if (told["min"] == told["max"]).mean() < ALWAYS:
        return False
    for cost in costs:
        sums = pd.Series(cost[orders >= 0]).groupby(frame["order"].to_numpy()).sum(min_count=1)
        known = sums.notna() & (sums != 0)
        near = (told["max"][known] / HUNDRED - sums[known]).abs() <= CENT
        if known.sum() >= FEWEST and near.mean() >= ALWAYS and (sums % 1 != 0).any():
            return True
    return False


def _is_part(part: np.ndarray, whole: np.ndarray) -> bool:
    """Whether sums are never more than others, and no mere hundredths of these."""
    both = np.isfinite(part) & np.isfinite(whole) & (part != 0)
    some = part[both] / whole[both]
    return bool(both.any() and (some <= 1).all() and np.median(some) >= LEAST_PART)
