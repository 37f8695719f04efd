"""KMeans for every k of a range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from segmentation.algorithms import kmeans
from segmentation.algorithms import sweep as engine
from segmentation.errors import OptionError, TooFewCustomersError
from segmentation.jobs import Progress, silent

MOST_SEGMENTS = 255
STEP = "Looking for segments"


@dataclass(frozen=True)
class Sweep:
    """The segments for each k: labels uint8 (n,), centroids float32 (k, d), sum of squared distances."""

    ks: tuple[int, ...]
    labels: Mapping[int, np.ndarray]
    centroids: Mapping[int, np.ndarray]
    inertia: Mapping[int, float]
    seed: int


def sweep(matrix: np.ndarray, ks: Iterable[int], seed: int, on_progress: Progress = silent) -> Sweep:
    """Fit every k of the range, on a sample of the customers where they are many, and assign all of them.

    :param matrix: float32 (n, d).
    :param ks: numbers of segments, 1 to 255; those above the number of distinct rows are dropped.
    :raises OptionError: for a k below 1 or above 255.
    :raises TooFewCustomersError: if no k is left.
    """
    asked = sorted(set(ks))
    if not asked or asked[0] < 1 or asked[-1] > MOST_SEGMENTS:
        raise OptionError(f"the numbers of segments asked for are {asked}.", f"Give 1 to {MOST_SEGMENTS}.")
    distinct = kmeans.count_distinct_rows(matrix, enough=asked[-1] + 1)
    possible = [k for k in asked if k <= distinct]
    if not possible:
        raise TooFewCustomersError(
            f"{len(matrix):,} customers, of whom {distinct:,} differ, cannot make {asked[0]} segments.",
            "Ask for fewer segments, or add customers.",
        )
    on_progress(STEP, 0, engine.STEPS)
    fits = engine.sweep(matrix, possible, seed, distinct, lambda done: on_progress(STEP, done, engine.STEPS))
    return Sweep(
        tuple(possible),
        {fit.k: fit.labels for fit in fits},
        {fit.k: fit.centroids for fit in fits},
        {fit.k: fit.inertia for fit in fits},
        seed,
    )


def confidence(matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return how clearly each customer belongs: 1 - d1 / d2, float32 (n,), 0 half-way between two segments.

    d1 is the distance to the own centroid, d2 to the nearest other one.
    """
    sure = np.ones(len(matrix), dtype=np.float32)
    if len(centroids) < 2:
        return sure
    for rows, squares in kmeans.squared_distances(matrix, centroids):
        own = labels[rows].astype(np.intp)[:, None]
        nearest = np.take_along_axis(squares, own, axis=1)[:, 0]
        np.put_along_axis(squares, own, np.inf, axis=1)
        other = squares.min(axis=1)
        ratio = np.sqrt(nearest / np.where(other > 0, other, 1))
        sure[rows] = np.clip(1 - np.where(other > 0, ratio, 1), 0, 1)
    return sure
