"""A flat map of the customers: the space seen from where it spreads most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.pca import principal_components


@dataclass(frozen=True)
class MapSample:
    """Customers on the map: their row numbers in the matrix (ascending) and coordinates float32 (shown,).

    `explained` is the share of all variance that the map shows.
    """

    rows: np.ndarray
    x: np.ndarray
    y: np.ndarray
    shown: int
    total: int
    explained: float


def project(matrix: np.ndarray, labels: np.ndarray, seed: int, limit: int = 50_000) -> MapSample:
    """Project the very matrix that was clustered on its two main directions.

    :param labels: segments for the stratified sample where there are more than `limit` customers.
    """
    components = principal_components(matrix, 2)
    rows = stratified_sample(labels, limit, seed)
    points = components.project(matrix[rows])
    if points.shape[1] < 2:
        points = np.column_stack([points, np.zeros(len(points))])
    x, y = points.astype(np.float32).T.copy()
    return MapSample(rows, x, y, len(rows), len(matrix), float(components.shares.sum()))


def stratified_sample(labels: np.ndarray, limit: int, seed: int) -> np.ndarray:
    """Draw at most `limit` rows (ascending), from each segment in proportion to its size and at least one."""
    if len(labels) <= limit:
        return np.arange(len(labels))
    rng = np.random.default_rng(seed)
    sizes = np.bincount(labels)
    quotas = np.minimum(sizes, 1) + sizes * max(limit - len(sizes), 0) // len(labels)
    drawn = [
        rng.choice(np.flatnonzero(labels == label), quota, replace=False)
        for label, quota in enumerate(quotas)
        if quota
    ]
    return np.sort(np.concatenate(drawn))
