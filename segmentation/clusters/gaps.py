"""Whether there is a gap between two segments, or only a line drawn through a continuum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from segmentation.algorithms.dip import dip_p_value

MOST_CUSTOMERS = 20_000
SPIKE_SHARE = 0.2
"""A value that more than this share of two segments' customers have is a spike (zero, missing, a flag)."""
MOST_IN_SPIKES = 0.8
"""Without the customers in spikes there is nothing to see where they are more of either segment than this."""


@dataclass(frozen=True)
class Spread:
    """A sample of customers whose repeated values are spread evenly, so that whole numbers make no gaps.

    `rows` are row numbers of the matrix, `points` float64 (m, d), `codes` number the values of each column
    that has repeated ones.
    """

    rows: np.ndarray
    points: np.ndarray
    codes: Mapping[int, np.ndarray]


def spread_repeats(matrix: np.ndarray, seed: int) -> Spread:
    """Draw at most 20,000 customers and spread each repeated value up to half-way to its neighbours."""
    rng = np.random.default_rng(seed)
    rows = np.arange(len(matrix))
    if len(matrix) > MOST_CUSTOMERS:
        rows = np.sort(rng.choice(len(matrix), MOST_CUSTOMERS, replace=False))
    points = matrix[rows].astype(np.float64)
    codes = {}
    for column in range(points.shape[1]):
        values, where, counts = np.unique(points[:, column], return_inverse=True, return_counts=True)
        if 1 < len(values) < len(where):
            codes[column] = where
            half = np.diff(values) / 2
            below, above = np.concatenate([half[:1], half])[where], np.concatenate([half, half[-1:]])[where]
            draw = np.where(counts[where] > 1, rng.uniform(-1, 1, len(where)), 0)
            points[:, column] += draw * np.where(draw < 0, below, above)
    return Spread(rows, points, codes)


def neighbours(centroids: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the pairs of centroids with no third one in the ball between them (the Gabriel graph)."""
    squares = ((centroids[:, None] - centroids[None]) ** 2).sum(axis=2)
    for left, right in combinations(range(len(centroids)), 2):
        through = squares[left] + squares[right]
        through[[left, right]] = np.inf
        if not (through < squares[left, right]).any():
            yield left, right


def gap_p_value(spread: Spread, labels: np.ndarray, centroids: np.ndarray, pair: tuple[int, int]) -> float:
    """Return the dip test's p-value for two segments' customers along the line that joins their centroids.

    A gap made by a spike alone is no evidence, and neither is one that shows only where spikes are taken
    out: with spikes, there must be a gap as things are, and one without the columns that have them or
    without the customers in them, where that leaves a fifth or more of both segments.

    :param labels: of the customers in `spread`.
    """
    inside = np.flatnonzero((labels == pair[0]) | (labels == pair[1]))
    points, line = spread.points[inside], centroids[pair[1]] - centroids[pair[0]]
    flat, in_spike = np.ones(len(line), dtype=bool), np.zeros(len(inside), dtype=bool)
    for column, codes in spread.codes.items():
        counts = np.bincount(codes[inside])
        if counts.max(initial=0) > SPIKE_SHARE * len(inside):
            flat[column] = False
            in_spike |= counts[codes[inside]] > SPIKE_SHARE * len(inside)
    p_value = dip_p_value(points @ line)
    if flat.all():
        return p_value
    without = dip_p_value(points @ (line * flat))
    left = labels[inside] == pair[0]
    if max(in_spike[left].mean(), in_spike[~left].mean()) <= MOST_IN_SPIKES:
        without = min(without, dip_p_value(points[~in_spike] @ line))
    return max(p_value, without)
