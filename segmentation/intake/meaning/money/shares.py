"""Sums that are one round rate of another sum in nearly every row: commissions, taxes, deposits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH
from segmentation.intake.meaning.money.facts import MoneyColumns

LEAST, MOST = 2.0, 50.0
"""Rates in percent; a hundredth is the same sum in cents."""
HALVES = 2


def without_shares(columns: MoneyColumns) -> MoneyColumns:
    """Take no amount for what was paid that is a share of another sum: it is a part of that one."""
    sums = [*columns.amounts, *columns.prices, *columns.others]
    whole_of = {
        part: whole
        for part in columns.amounts
        for whole in sums
        if whole != part and _is_share(columns.numbers[part], columns.numbers[whole])
    }
    if not whole_of:
        return columns
    amounts = tuple(place for place in columns.amounts if place not in whole_of)
    named = amounts or columns.prices
    amounts = amounts if named else tuple(dict.fromkeys(whole_of.values()))
    others = tuple(place for place in columns.others if place not in amounts)
    return replace(columns, amounts=amounts, others=others, fees=(*columns.fees, *whole_of))


def _is_share(part: np.ndarray, whole: np.ndarray) -> bool:
    """Whether the one is a rate of whole or half percents of the other wherever it is something."""
    told = np.isfinite(part) & np.isfinite(whole) & (part > 0)
    if len(np.unique(whole[told])) < ENOUGH or (whole[told] <= part[told]).any():
        return False
    rate = round(float(np.median(part[told] / whole[told])) * 100 * HALVES) / HALVES
    same = np.abs(part[told] - whole[told] * rate / 100) <= CENT
    return LEAST <= rate <= MOST and bool(same.mean() >= ALWAYS)
