"""Movements of an account: a balance that runs on from row to row, and what raises and lowers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival
from segmentation.intake.meaning.table_so_far import MOST_LOST, Table
from segmentation.intake.money_rule import MoneyRule, Term
from segmentation.intake.roles import Role

FEWEST_ROWS = 20
TRIED = 400
FEWEST_SUMS = 5
MOST_COLUMNS = 10
BALANCE = "in each row it is the balance of the row before, and what the row adds or takes off"


@dataclass(frozen=True)
class Account:
    """A running balance, the column that raises it, and the one that lowers it, where that is another."""

    balance: int
    rises: int
    falls: int | None = None


def find_account(numbers: Mapping[int, np.ndarray]) -> Account | None:
    """Find a column that in nearly all rows is that of the row before, and what the row adds or takes off.

    Some rows may leave it as it was, whatever their sums: payments that failed.

    :param numbers: columns (rows,) by position, as the file has them; the newest row may be first.
    """
    for balance, values in numbers.items():
        others = {place: np.nan_to_num(one) for place, one in numbers.items() if place != balance}
        for first, later in ((slice(None, -1), slice(1, None)), (slice(1, None), slice(None, -1))):
            steps = values[later] - values[first]
            moved = {place: one[later] for place, one in others.items()}
            if len(steps) >= FEWEST_ROWS and _are_sums(steps):
                found = next((one for one in _movers(moved) if _adds_up(steps, moved, *one)), None)
                if found:
                    return Account(balance, *found)
    return None


def _are_sums(steps: np.ndarray) -> bool:
    """Whether most rows move the balance, and not all by one, as numbers of orders go on."""
    told = np.nan_to_num(steps)
    return bool(np.mean(told != 0) >= 1 - MOST_LOST and len(np.unique(np.abs(told[:TRIED]))) >= FEWEST_SUMS)


def _movers(columns: Mapping[int, np.ndarray]) -> Iterator[tuple[int, int | None]]:
    """Return single columns and pairs of which nearly every row fills one only."""
    yield from ((place, None) for place in columns)
    for up, down in permutations(columns, 2):
        if np.mean((columns[up] != 0) & (columns[down] != 0)) <= 1 - ALWAYS:
            yield up, down


def _adds_up(steps: np.ndarray, columns: Mapping[int, np.ndarray], up: int, down: int | None) -> bool:
    def share(rows: slice) -> float:
        moved = columns[up][rows] - (np.abs(columns[down][rows]) if down is not None else 0)
        moves = np.abs(steps[rows]) > CENT
        return float(np.mean(np.abs(steps[rows] - moved)[moves] <= CENT)) if moves.any() else 0.0

    return share(slice(TRIED)) >= ALWAYS and share(slice(None)) >= ALWAYS


def account_of(table: Table) -> Account | None:
    """Return the running balance of a file, and what moves it, where its rows are movements of an account."""
    numbers = [
        at for at, values in enumerate(table.evidence) if values.is_number and not values.is_row_number
    ]
    if not 1 < len(numbers) <= MOST_COLUMNS:
        return None
    return find_account(table.numbers(numbers))


def keep_balance(table: Table) -> None:
    """Set a running balance aside, and take what raises it for an amount: rows are no customers then."""
    account = account_of(table)
    if account:
        table.set(account.balance, Role.IGNORE, 0.9, BALANCE)
        table.set(account.rises, Role.AMOUNT, 0.8, "by this the balance of the account rises from row to row")


def asking_which_side(found: FoundMoney, account: Account) -> FoundMoney:
    """Ask whether customers pay what raises the balance or what lowers it, where two columns move it."""
    if account.falls is None:
        return found
    other = MoneyRule(quantity=found.rule.quantity, terms=(Term(account.falls),))
    return replace(found, rivals=(Rival(Question.SIDE, other, account.rises), *found.rivals))


def without_balance(columns: MoneyColumns, account: Account) -> MoneyColumns:
    """Take what raises the balance for the amount; neither the balance nor what lowers it was paid."""
    apart = {account.balance, account.falls}

    def kept(places: Sequence[int]) -> tuple[int, ...]:
        return tuple(place for place in places if place not in apart)

    amounts = (account.rises, *(place for place in kept(columns.amounts) if place != account.rises))
    others = tuple(place for place in kept(columns.others) if place != account.rises)
    discounts, refunds, fees = map(kept, (columns.discounts, columns.refunds, columns.fees))
    return replace(columns, amounts=amounts, prices=(), others=others, discounts=discounts,
                   refunds=refunds, fees=fees)  # fmt: skip
