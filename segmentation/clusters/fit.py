"""KMeans for every k of a range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from segmentation.algorithms import kmeans
from segmentation.algorithms import sweep as engine
from segmentation.clusters.borderline import nearness
from segmentation.errors import OptionError, TooFewCustomersError
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

MOST_SEGMENTS = 255
CLOSE = 0.01
"""With a margin above this the nearest centroid is not in doubt, however distances are rounded."""
STEP = Stage.FINDING_SEGMENTS


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


def settle(swept: Sweep, matrix: np.ndarray) -> Sweep:
    """Give every customer who is close to a border the segment that `find_nearest` gives, today and later.

    Which side rounding puts them on else depends on who else there is.

    :param matrix: float32 (n, d).
    """
    labels = {}
    for k in swept.ks:
        labels[k] = swept.labels[k].copy()
        close = np.flatnonzero(nearness(matrix, swept.centroids[k], labels[k]).margin < CLOSE)
        labels[k][close] = kmeans.find_nearest(matrix[close], swept.centroids[k]).first
    return replace(swept, labels=labels)
