"""Customers at the end of two days beside each other: their mix, who is like nobody, what moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.drift.column_shift import ColumnShift, column_shifts
from segmentation.algorithms.drift.mix_change import MixChange, mix_change
from segmentation.algorithms.drift.strangers import OwnGroup, Strangers, count_strangers, own_group


@dataclass(frozen=True)
class MonthEnd:
    """All customers at the end of a day, and who of them did something in the month before.

    `segments`, int (n,), are their segments; `did`, bool (n,). `places`, float32 (n, d), is where they are in
    the space, and `values`, float64 (n, p), what they are in standard deviations (NaN: no value), both
    without columns that time alone moves; `far`, bool (n,), marks those unlike anybody.
    """

    segments: np.ndarray
    did: np.ndarray
    places: np.ndarray
    values: np.ndarray
    far: np.ndarray


@dataclass(frozen=True)
class Compared:
    """How one side differs from the one before.

    `strangers` counts who is unlike anybody among those who did something; `group`, bool (n,), marks those
    who are a group of their own, or nobody, who count neither in the mix nor in the shifts. `far`, bool (n,),
    marks all strangers.
    """

    mix: MixChange
    counts: tuple[np.ndarray, np.ndarray]
    strangers: Strangers
    far: np.ndarray
    group: np.ndarray
    shifts: tuple[ColumnShift, ...]


def compare(before: MonthEnd, after: MonthEnd, centroids: np.ndarray, seed: int) -> Compared:
    """Compare two sides; shares are those of all customers, the rest of those who did something.

    :param centroids: float32 (k, d), in the space of `places`.
    """
    strangers = count_strangers(after.far[after.did])
    far = after.far & after.did
    group = _own_group(after, far, centroids, seed) if strangers.is_news else np.zeros(len(far), dtype=bool)
    k = len(centroids)
    counts = (
        np.bincount(before.segments, minlength=k),
        np.bincount(after.segments[~group], minlength=k),
    )
    now = after.did & ~group
    shifts = column_shifts(
        before.values[before.did], after.values[now], before.segments[before.did], after.segments[now]
    )
    return Compared(mix_change(*counts), counts, strangers, far, group, shifts)


def _own_group(side: MonthEnd, far: np.ndarray, centroids: np.ndarray, seed: int) -> np.ndarray:
    """Mark the far ones who lie together, where most do."""
    members = np.zeros(len(far), dtype=bool)
    found: OwnGroup = own_group(side.places[far], centroids, seed)
    if found.is_one:
        members[np.flatnonzero(far)[found.members]] = True
    return members
