"""Silhouette: how much nearer each point is to its own cluster than to the next (Rousseeuw 1987)."""

from __future__ import annotations

import numpy as np


def distances(points: np.ndarray) -> np.ndarray:
    """Return the Euclidean distances between all points, float32 (m, m)."""
    points = points - points.mean(axis=0)
    norms = np.einsum("md,md->m", points, points)
    squares = norms[:, None] - 2 * (points @ points.T) + norms
    np.fill_diagonal(squares, 0)
    return np.sqrt(np.maximum(squares, 0, out=squares), out=squares)


def mean_silhouette(between: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean of (b - a) / max(a, b) over all points; a cluster of one point counts 0.

    :param between: distances of all points to each other (m, m).
    :param labels: the cluster of each point (m,).
    :return: -1 to 1; NaN where fewer than two clusters are present.
    """
    present, own = np.unique(labels, return_inverse=True)
    if len(present) < 2:
        return float("nan")
    members = (own[:, None] == np.arange(len(present))).astype(between.dtype)
    sizes = members.sum(axis=0)
    sums = between @ members
    rows = np.arange(len(own))
    within = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    nearest = means.min(axis=1)
    larger = np.maximum(within, nearest)
    scores = np.where(
        (sizes[own] > 1) & (larger > 0), (nearest - within) / np.where(larger > 0, larger, 1), 0
    )
    return float(scores.mean())
