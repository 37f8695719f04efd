"""Whether segments say more of the customers than of the same figures dealt anew among them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from segmentation.clusters.fit import sweep
from segmentation.clusters.space import Space
from segmentation.features.dealt import MOST_CUSTOMERS
from segmentation.features.table import Group

TIGHTER = 0.9
"""Groups leave less than this of what is left of dealt customers; shops without habits came down to 0.94."""
AS_CHANCE = 0.97
"""Columns that have nothing to do with one another leave 0.99 to 1.01 of what is left of them dealt anew."""


class Dealt(StrEnum):
    """What was dealt anew among the customers: whole orders, or the values of every column."""

    ORDERS = "orders"
    COLUMNS = "columns"


@dataclass(frozen=True)
class Chance:
    """What k segments account for of the differences between customers, as a share of the total variance.

    `own` of the customers as they are, `dealt` of the same number of segments after dealing anew: what the
    number of orders and the values of single columns give by themselves.
    """

    k: int
    own: float
    dealt: float
    what: Dealt

    @property
    def beyond(self) -> bool:
        """Whether what the segments leave is less by a tenth than what is left of dealt customers."""
        return 1 - self.own < TIGHTER * (1 - self.dealt)

    @property
    def nothing(self) -> bool:
        """Whether columns have so little to do with one another that segments say nothing beyond single ones.

        Whole orders dealt anew say nothing of that: how often and how lately is left as it was.
        """
        return self.what == Dealt.COLUMNS and 1 - self.own > AS_CHANCE * (1 - self.dealt)


def deal_columns(space: Space, seed: int) -> np.ndarray:
    """Return the matrix with every variable shuffled among customers: the levels of one stay together.

    The vectors of texts count as one variable. At most 10,000 customers are drawn first.
    """
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(space.matrix))[:MOST_CUSTOMERS]
    dealt = space.matrix[rows]
    for places in _variables(space).values():
        dealt[:, places] = dealt[rng.permutation(len(dealt))][:, places]
    return dealt


def can_be_dealt(space: Space) -> bool:
    """Whether there are two variables or more: to shuffle a single one changes nothing."""
    return len(_variables(space)) > 1


def beside_dealt(matrix: np.ndarray, dealt: np.ndarray, k: int, seed: int, what: Dealt) -> Chance:
    """Compare what k segments account for in both, each of which is weighed alike."""
    return Chance(k, accounted_for(matrix, k, seed), accounted_for(dealt, k, seed), what)


def accounted_for(matrix: np.ndarray, k: int, seed: int) -> float:
    """Return the share of the total variance that lies between k segments; of nothing, nothing."""
    whole = float(matrix.var(axis=0, dtype=np.float64).sum()) * len(matrix)
    return float(1 - sweep(matrix, [k], seed).inertia[k] / whole) if whole > 0 else 0.0


def _variables(space: Space) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, column in enumerate(space.columns):
        name = "text" if column.group == Group.TEXT else column.name.partition("=")[0]
        found.setdefault(name, []).append(place)
    return found
