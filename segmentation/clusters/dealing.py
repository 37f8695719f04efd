"""Whether customers whose columns are dealt anew among them would be called segments as well."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.clusters.fit import sweep
from segmentation.clusters.space import Space
from segmentation.clusters.stability import resample
from segmentation.clusters.suggest import Structure, suggest
from segmentation.features.table import Group

MOST_CUSTOMERS = 10_000
RESAMPLES = 10
TIGHTER = 0.9
"""Segments whose inertia is below this share of the dealt ones' rest on more than single columns."""


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


def says_segments(dealt: np.ndarray, ks: Sequence[int], seed: int) -> bool:
    """Whether customers who were dealt anew are called segments by the same rule."""
    found = sweep(dealt, ks, seed)
    return (
        suggest(dealt, found, resample(dealt, found, seed, RESAMPLES), seed).structure == Structure.SEGMENTS
    )


def much_tighter(matrix: np.ndarray, dealt: np.ndarray, k: int, seed: int) -> bool:
    """Whether k segments of the customers are tighter by a tenth than k of those who were dealt anew.

    Inertia is taken per customer.
    """
    own, shuffled = (sweep(one, [k], seed).inertia[k] / len(one) for one in (matrix, dealt))
    return own < TIGHTER * shuffled


def _variables(space: Space) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, column in enumerate(space.columns):
        name = "text" if column.group == Group.TEXT else column.name.partition("=")[0]
        found.setdefault(name, []).append(place)
    return found
