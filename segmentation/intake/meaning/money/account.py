"""Movements of an account: a balance that runs on from row to row, and what raises and lowers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival
from segmentation.intake.meaning.money.laws import ALWAYS, CENT
from segmentation.intake.money_rule import MoneyRule, Term

FEWEST_ROWS = 20
TRIED = 400
MOST_COLUMNS = 10


@dataclass(frozen=True)
class Account:
    """A running balance, the column that raises it, and the one that lowers it, where that is another."""

    balance: int
    rises: int
    falls: int | None = None


def find_account(numbers: Mapping[int, np.ndarray]) -> Account | None:
    """Find a column that in nearly all rows is that of the row before, and what the row adds or takes off.

    :param numbers: columns (rows,) by position, as the file has them; the newest row may be first.
    """
    for balance, values in numbers.items():
        others = {place: np.nan_to_num(one) for place, one in numbers.items() if place != balance}
        for first, later in ((slice(None, -1), slice(1, None)), (slice(1, None), slice(None, -1))):
            steps = values[later] - values[first]
            moved = {place: one[later] for place, one in others.items()}
            if len(steps) >= FEWEST_ROWS and np.mean(np.nan_to_num(steps) != 0) >= ALWAYS:
                found = next((one for one in _movers(moved) if _adds_up(steps, moved, *one)), None)
                if found:
                    return Account(balance, *found)
    return None


def _movers(columns: Mapping[int, np.ndarray]) -> Iterator[tuple[int, int | None]]:
    """Return single columns and pairs of which nearly every row fills one only."""
    yield from ((place, None) for place in columns)
    for up, down in permutations(columns, 2):
        if np.mean((columns[up] != 0) & (columns[down] != 0)) <= 1 - ALWAYS:
            yield up, down


def _adds_up(steps: np.ndarray, columns: Mapping[int, np.ndarray], up: int, down: int | None) -> bool:
    moved = columns[up] - (np.abs(columns[down]) if down is not None else 0)
    alike = np.abs(steps - moved) <= CENT
    return bool(alike[:TRIED].mean() >= ALWAYS and alike.mean() >= ALWAYS)


def paid_into(columns: MoneyColumns, account: Account) -> FoundMoney:
    """Take what raises the balance for what was paid, never the balance; ask where two columns move it."""
    rule = MoneyRule(quantity=next(iter(columns.quantities), None), terms=(Term(account.rises),))
    if account.falls is None:
        return FoundMoney(rule)
    other = replace(rule, terms=(Term(account.falls),))
    return FoundMoney(rule, (Rival(Question.SIDE, other, account.rises),))
