"""Rows unlike any that centroids were made for: whether they are more than usual, and a group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.kmeans import find_nearest, squared_distances

MORE_THAN_USUAL = 0.02
"""Twice as many strangers as there always are: less may be the limit's own error."""

CONFIDENCE = 0.95
_MOST_COMPARED = 1_000
_TURNS = 10
MOST_OF_THEM = 0.5
TOGETHER = 0.75
"""A group's rows lie at most this part of the way to the nearest centroid from their own middle."""


@dataclass(frozen=True)
class Strangers:
    """So many of `rows` lie beyond the limit; `low` is the least share that they may truly have."""

    far: int
    rows: int
    low: float

    @property
    def share(self) -> float:
        """The share of those beyond the limit."""
        return self.far / self.rows if self.rows else 0.0

    @property
    def is_news(self) -> bool:
        """Whether they are more than there always are, by more than chance."""
        return self.low > MORE_THAN_USUAL


@dataclass(frozen=True)
class OwnGroup:
    """Which of some far rows lie together, bool (m,), around `centre` (d,).

    `closeness` is how far they lie from it, on average, as a part of the way to the nearest centroid.
    """

    members: np.ndarray
    centre: np.ndarray
    closeness: float

    @property
    def is_one(self) -> bool:
        """Whether most of them lie together, and nearer to each other than to any centroid."""
        return float(self.members.mean()) >= MOST_OF_THEM and self.closeness <= TOGETHER


def count_strangers(far: np.ndarray) -> Strangers:
    """Count who lies beyond the limit, bool (n,), with the lower end of the share's interval.

    One-sided 95 %, exact (Clopper and Pearson 1934).
    """
    from scipy.special import betaincinv

    beyond, rows = int(far.sum()), len(far)
    low = float(betaincinv(beyond, rows - beyond + 1, 1 - CONFIDENCE)) if beyond else 0.0
    return Strangers(beyond, rows, low)


def own_group(far: np.ndarray, centroids: np.ndarray, seed: int) -> OwnGroup:
    """Find the densest place among far rows, and who of them is nearer to it than to any centroid.

    :param far: float32 (m, d), at least one row.
    """
    rng = np.random.default_rng(seed)
    some = far if len(far) <= _MOST_COMPARED else far[rng.choice(len(far), _MOST_COMPARED, replace=False)]
    apart = np.concatenate([squares for _, squares in squared_distances(some, some)])
    centre = some[np.median(apart, axis=1).argmin()]
    away = find_nearest(far, centroids).distance
    members = np.zeros(len(far), dtype=bool)
    for _ in range(_TURNS):
        before, members = members, np.linalg.norm(far - centre, axis=1) < away
        if not members.any() or (members == before).all():
            break
        centre = far[members].mean(axis=0)
    if not members.any():
        return OwnGroup(members, centre, 1.0)
    inside = np.linalg.norm(far[members] - centre, axis=1)
    return OwnGroup(members, centre, float(inside.mean() / away[members].mean()))
