"""How compact and how separate the segments of each k are."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from segmentation.algorithms import silhouette
from segmentation.clusters.fit import Sweep
from segmentation.clusters.gap_statistic import gap_statistics
from segmentation.jobs import Progress, silent

SAMPLE = 5_000


@dataclass(frozen=True)
class Quality:
    """The measures of one k.

    `silhouette` and `davies_bouldin` are taken on a fixed sample of at most 5,000 customers, the gap
    statistic `gap` and its standard error on one of 2,000, the others on all; NaN where a measure does not
    exist (k = 1), or was not taken (the gap by the version that made the run).
    """

    k: int
    inertia: float
    silhouette: float
    calinski_harabasz: float
    davies_bouldin: float
    min_share: float
    gap: float = nan
    gap_se: float = nan


def measure(
    matrix: np.ndarray, sweep: Sweep, seed: int, on_progress: Progress = silent
) -> dict[int, Quality]:
    """Measure every k of the sweep; `min_share` is the share of customers in its smallest segment."""
    rows = np.arange(len(matrix))
    if len(matrix) > SAMPLE:
        rows = np.sort(np.random.default_rng(seed).choice(len(matrix), SAMPLE, replace=False))
    sample = matrix[rows]
    between = silhouette.distances(sample)
    gaps = gap_statistics(matrix, sweep.ks, seed, on_progress)
    total = float(len(matrix) * matrix.var(axis=0, dtype=np.float64).sum())
    return {
        k: Quality(
            k,
            sweep.inertia[k],
            silhouette.mean_silhouette(between, sweep.labels[k][rows]),
            _calinski_harabasz(total, sweep.inertia[k], len(matrix), k),
            _davies_bouldin(sample, sweep.labels[k][rows], sweep.centroids[k]),
            float(np.bincount(sweep.labels[k], minlength=k).min() / len(matrix)),
            gaps[k].gap,
            gaps[k].error,
        )
        for k in sweep.ks
    }


def _calinski_harabasz(total: float, inertia: float, rows: int, k: int) -> float:
    """Return the variance between segments over the variance within, each per degree of freedom."""
    if k < 2 or rows <= k or inertia <= 0:
        return nan
    return (total - inertia) / (k - 1) / (inertia / (rows - k))


def _davies_bouldin(sample: np.ndarray, labels: np.ndarray, centroids: np.ndarray) -> float:
    """Return the mean over segments of the worst (spread + spread) / distance; less is better."""
    if len(centroids) < 2:
        return nan
    from_own = np.linalg.norm(sample - centroids[labels], axis=1)
    counts = np.bincount(labels, minlength=len(centroids))
    spread = np.bincount(labels, from_own, minlength=len(centroids)) / np.maximum(counts, 1)
    apart = silhouette.distances(centroids)
    np.fill_diagonal(apart, np.inf)
    return float(((spread[:, None] + spread) / apart).max(axis=1).mean())
