"""Accounts of customers: invoices, payments and credit notes in one table, told by which cancel which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

FEWEST_PEOPLE = 5
MOSTLY, HALF, NEARLY_ALL, HARDLY_ANY = 0.8, 0.5, 0.9, 0.1
CENTS = 100


@dataclass(frozen=True)
class LedgerRows:
    """Rows (n,) with their customer and their kind, numbered, -1 for none, and their sum of money."""

    people: np.ndarray
    kinds: np.ndarray
    values: np.ndarray

    def of(self, kinds: list[int]) -> pd.Series:
        """Return the sums of money of some kinds, in cents, by customer."""
        mine = np.isin(self.kinds, kinds) & (self.people >= 0)
        return pd.Series(np.rint(self.values[mine] * CENTS).astype(np.int64), self.people[mine])


def sold_kinds(rows: LedgerRows) -> list[list[int]]:
    """Return which kinds may be what was sold and given back, the likeliest first; none where none is paid.

    The kind that takes off most, and cancels the others customer by customer, pays for them; other kinds
    that take off give back, and what cancels those pays them out.
    """
    known = (rows.kinds >= 0) & np.isfinite(rows.values)
    rows = LedgerRows(rows.people[known], rows.kinds[known], rows.values[known])
    frame = pd.DataFrame({"kind": rows.kinds, "value": rows.values})
    kinds = frame.groupby("kind")["value"].agg(total="sum", below=lambda one: (one < 0).mean())
    takes_off = kinds.index[kinds["below"] >= MOSTLY].tolist()
    adds = kinds.index[kinds["below"] <= 1 - MOSTLY].tolist()
    if not takes_off or not adds:
        return []
    sums = kinds["total"]
    pays, sales = sums[takes_off].idxmin(), sums[adds].idxmax()
    if -sums[pays] < HALF * sums[sales] or not _pays(rows, [pays], adds):
        return []
    back = [kind for kind in takes_off if kind != pays]
    sold = [kind for kind in adds if kind == sales or not (back and _cancels(rows, [kind], back))]
    few = [kind for kind in sold if sums[kind] < HARDLY_ANY * sums[sales]]
    first = [kind for kind in sold if kind not in few] + back
    choices = [first]
    if -sums[pays] < NEARLY_ALL * sums[sales] and back:
        choices.append([kind for kind in first if kind not in back])
    return choices + ([first + few] if few else [])


def _pays(rows: LedgerRows, pays: list[int], sold: list[int]) -> bool:
    """Whether a kind's rows are each as much as one of what was sold, or the accounts of most come to 0."""
    paying = rows.of(pays)
    if paying.index.nunique() < FEWEST_PEOPLE:
        return False
    of_all = rows.of(np.unique(rows.kinds).tolist())
    balances = of_all.groupby(level=0).sum().reindex(paying.index.unique())
    return _cancels(rows, pays, sold) or bool((balances == 0).mean() >= HALF)


def _cancels(rows: LedgerRows, kinds: list[int], others: list[int]) -> bool:
    """Whether nearly each row of some kinds is as much as one of the same customer of others, below zero."""
    mine, theirs = (rows.of(kinds), -rows.of(others))
    counts = [one.groupby([one.index, one]).size() for one in (mine, theirs)]
    same = pd.concat(counts, axis=1, join="inner").min(axis=1).sum()
    return bool(same >= MOSTLY * len(mine))
