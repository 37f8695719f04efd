"""What the figures of a file say of the values of a column: which of them mean that nothing was sold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from segmentation.intake.meaning.date_and_time_columns import draw_moments
from segmentation.intake.meaning.money.facts import HANDED_OVER
from segmentation.intake.meaning.orders.taken_back import Backs
from segmentation.intake.meaning.table_so_far import HARDLY_ANY, MOST_LOST, NEARLY_ALL, Table
from segmentation.intake.money_rule import Grain, MoneyRule
from segmentation.intake.roles import Role
from segmentation.intake.values.order_states import State

HABIT = 0.3
"""How far rows of one person or product agree (`agreement`) that go by these."""
LEANS, BEYOND_CHANCE = 0.15, 3.0
LIKE_THE_SUM = (0.5, 2.0)
FEWEST_PAIRS = 20
FEWEST_ROWS = 3
LATE = 0.7


@dataclass(frozen=True)
class RowFigures:
    """What the first rows of a file paid, when, and by which numbers; all arrays are (rows,).

    `paid` is NaN where a row says no sum; `calendar` numbers the hours, weekdays, months and days.
    """

    paid: np.ndarray
    time: np.ndarray
    numbers: Mapping[int, np.ndarray]
    calendar: tuple[np.ndarray, ...]

    @property
    def hours(self) -> tuple[np.ndarray, ...]:
        """The hours and the weekdays."""
        return self.calendar[:2]


def draw_figures(table: Table, rule: MoneyRule | None) -> RowFigures:
    """Read them for the rows of the table's sample."""
    kept = (column for column in table.columns if column.reason != HANDED_OVER)
    numbers = table.numbers(c.position for c in kept if table.evidence[c.position].is_number)
    when = draw_moments(table.cursor, table.name, table.columns)
    parts = (when.dt.hour, when.dt.day_of_week, when.dt.month, when.dt.normalize())
    calendar = tuple(pd.factorize(part)[0].astype(np.int64) for part in parts)
    time = np.where(when.isna(), np.nan, when.astype("int64"))
    return RowFigures(_paid(rule, numbers, len(when)), time, numbers, calendar)


def _paid(rule: MoneyRule | None, numbers: Mapping[int, np.ndarray], rows: int) -> np.ndarray:
    if rule is None:
        return np.full(rows, np.nan)
    total = np.zeros(rows)
    price, pieces = (
        numbers.get(place) if place is not None else None for place in (rule.price, rule.quantity)
    )
    if rule.multiplied and price is not None and pieces is not None:
        total = price * pieces
    terms = [term for term in rule.terms if term.position in numbers]
    own = [term for term in terms if term.grain is Grain.LINE] or terms
    for term in own:
        total = total + term.sign * numbers[term.position]
    return total


def agreement(keys: np.ndarray, values: np.ndarray) -> float:
    """Return how far two rows of one key have one value more often than any two rows (1 always, 0 as often).

    :param keys: int64 (rows,), -1 where none is; so are `values`.
    """
    return _agreement(keys, values)[0]


def leans(keys: np.ndarray, values: np.ndarray) -> bool:
    """Whether rows of one key have one value somewhat more often, and by more than chance brings."""
    found, chance = _agreement(keys, values)
    return found >= max(LEANS, BEYOND_CHANCE * chance)


def _agreement(keys: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Return the agreement, and how far it is off by chance (a standard error)."""
    both = (keys >= 0) & (values >= 0)
    if not both.any():
        return 0.0, 0.0
    pairs = pd.DataFrame({"key": keys[both], "value": values[both]}).value_counts()
    each = pairs.groupby("key").sum()
    several, shares = float((each * (each - 1)).sum()), np.bincount(values[both]) / both.sum()
    by_chance = float((shares**2).sum())
    if several < 2 * FEWEST_PAIRS or by_chance >= 1:
        return 0.0, 0.0
    found = (float((pairs * (pairs - 1)).sum()) / several - by_chance) / (1 - by_chance)
    return found, math.sqrt(2 * by_chance / ((1 - by_chance) * several))


def are_bands(figures: RowFigures, codes: np.ndarray) -> bool:
    """Whether the values part the sums of rows into ranges that do not overlap: small, middle, large."""
    told = (codes >= 0) & np.isfinite(figures.paid)
    sums = pd.Series(figures.paid[told]).groupby(codes[told])
    spans = sorted(zip(sums.min().tolist(), sums.max().tolist(), strict=True))
    apart = all(least >= most for (_, most), (least, _) in pairwise(spans))
    return len(spans) > 1 and spans[0][0] > 0 and apart


def tell_signs(figures: RowFigures, codes: np.ndarray) -> bool:
    """Whether the rows of some value take back already: nearly all of their sums are below zero."""
    below = pd.Series(figures.paid < 0).groupby(codes).mean()
    return bool((below >= NEARLY_ALL).any() and (below <= HARDLY_ANY).any())


def lost_by_figures(table: Table, figures: RowFigures, place: int, backs: Backs) -> dict[int, State]:
    """Return the values of a column, by code, that figures say were not sold, or take back what was."""
    found, codes = {}, table.sample.codes[place]
    for code in range(int(codes.max(initial=-1)) + 1):
        rows, others = codes == code, (codes >= 0) & (codes != code)
        if not _are_few(rows, codes):
            continue
        if backs.take_back(rows, others):
            found[code] = State.TAKES_BACK
        elif _brings_nothing(table, figures, rows, others) or _never_came(table, figures, rows, others):
            found[code] = State.UNPAID
    return found


def backs_by_figures(table: Table, place: int, backs: Backs) -> list[int]:
    """Return the values of a column, by code, that may take back what was sold."""
    codes = table.sample.codes[place]
    values = [(code, codes == code) for code in range(int(codes.max(initial=-1)) + 1)]
    return [
        code
        for code, rows in values
        if _are_few(rows, codes) and backs.may_take_back(rows, (codes >= 0) & ~rows)
    ]


def backs_of(table: Table, figures: RowFigures, place: int) -> Backs:
    """Return what rows may take back if this column, whatever it was taken for, says so."""
    columns = [replace(c, role=Role.IGNORE) if c.position == place else c for c in table.columns]
    return Backs(replace(table, columns=columns), figures.paid, figures.time)


def _are_few(rows: np.ndarray, codes: np.ndarray) -> bool:
    return bool(FEWEST_ROWS <= rows.sum() <= MOST_LOST * (codes >= 0).sum())


def _brings_nothing(table: Table, figures: RowFigures, rows: np.ndarray, others: np.ndarray) -> bool:
    """Whether a sum, or what is of its size, is zero or empty in these rows and in hardly any other."""
    for place, numbers in figures.numbers.items():
        nothing = ~np.isfinite(numbers) | (numbers == 0)
        if nothing[rows].mean() < NEARLY_ALL or nothing[others].mean() > HARDLY_ANY:
            continue
        if table.columns[place].role in (Role.AMOUNT, Role.QUANTITY, Role.UNIT_PRICE):
            return True
        told = others & ~nothing & np.isfinite(figures.paid) & (figures.paid != 0)
        if told.any() and LIKE_THE_SUM[0] <= np.median(numbers[told] / figures.paid[told]) <= LIKE_THE_SUM[1]:
            return True
    return False


def is_recent(figures: RowFigures, rows: np.ndarray) -> bool:
    """Whether most of some rows are among the latest, for which something may be to come."""
    if not np.isfinite(figures.time).any():
        return False
    return bool(np.mean(figures.time[rows] > np.nanquantile(figures.time, LATE)) > 2 * (1 - LATE))


def _never_came(table: Table, figures: RowFigures, rows: np.ndarray, others: np.ndarray) -> bool:
    """Whether a later day, of paying or sending, is lacking in these rows alone, and not as they are new."""
    if is_recent(figures, rows):
        return False
    for column in table.columns:
        dated = table.evidence[column.position].dates and column.position in table.sample.codes
        if not dated or column.role is Role.TIMESTAMP:
            continue
        lacking = table.sample.codes[column.position] < 0
        if lacking[rows].mean() >= NEARLY_ALL and lacking[others].mean() <= HARDLY_ANY:
            return True
    return False
