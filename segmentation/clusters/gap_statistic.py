"""How much tighter segments are than those cut from customers without any groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from segmentation.algorithms import kmeans
from segmentation.algorithms.pca import principal_components
from segmentation.clusters.stability import cold_fits
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

MOST_CUSTOMERS = 2_000
MOST_SEGMENTS = 20
REFERENCES = 10
STARTS = 2
STEP = Stage.COMPARING_WITH_EVEN


@dataclass(frozen=True)
class Gap:
    """The gap statistic of one k, and its standard error; NaN where it was not taken."""

    gap: float
    error: float


NOT_TAKEN = Gap(float("nan"), float("nan"))


def gap_statistics(
    matrix: np.ndarray, ks: Sequence[int], seed: int, on_progress: Progress = silent
) -> dict[int, Gap]:
    """Return for every k the mean log of the inertia of even references less that of the customers.

    Tibshirani, Walther and Hastie 2001, with ten references drawn evenly from the box around the principal
    axes of at most 2,000 customers. Not taken for k above 20, nor where as few customers differ.

    :param matrix: float32 (n, d).
    """
    rows = np.arange(len(matrix))
    if len(matrix) > MOST_CUSTOMERS:
        rows = np.sort(np.random.default_rng(seed).choice(len(matrix), MOST_CUSTOMERS, replace=False))
    sample = matrix[rows]
    distinct = kmeans.count_distinct_rows(sample, enough=MOST_SEGMENTS + 1)
    taken = [k for k in sorted(ks) if k <= MOST_SEGMENTS and k < distinct]
    if not taken:
        return dict.fromkeys(ks, NOT_TAKEN)
    logs = _log_inertias(sample, taken, seed, on_progress)
    gaps = logs[1:].mean(axis=0) - logs[0]
    errors = logs[1:].std(axis=0) * np.sqrt(1 + 1 / REFERENCES)
    known = {k: Gap(float(gap), float(error)) for k, gap, error in zip(taken, gaps, errors, strict=True)}
    return {k: known.get(k, NOT_TAKEN) for k in ks}


def gap_choice(gaps: Mapping[int, Gap]) -> int | None:
    """Return the smallest k whose gap is within a standard error of the next one's, or more; None if none."""
    for k, more in pairwise(sorted(gaps)):
        if gaps[k].gap >= gaps[more].gap - gaps[more].error:
            return k
    return None


def _log_inertias(sample: np.ndarray, ks: list[int], seed: int, on_progress: Progress) -> np.ndarray:
    """Return the log of the inertia at every k, of the customers and then of each reference, (1 + B, k)."""
    rotated = principal_components(sample, sample.shape[1]).project(sample)
    low, high = rotated.min(axis=0), rotated.max(axis=0)

    def fit(place: int) -> list[float]:
        points = np.random.default_rng([seed, place]).uniform(low, high, rotated.shape) if place else rotated
        fits = cold_fits(points.astype(np.float32), ks, seed, STARTS)
        return [np.log(fits[k].inertia) for k in ks]

    logs = []
    on_progress(STEP, 0, REFERENCES + 1)
    for found in kmeans.on_all_cores(fit, range(REFERENCES + 1)):
        logs.append(found)
        on_progress(STEP, len(logs), REFERENCES + 1)
    return np.array(logs)
