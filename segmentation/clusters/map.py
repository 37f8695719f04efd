"""A flat map of the customers: the space seen from where it spreads most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.pca import principal_components

CHUNK = 65_536


@dataclass(frozen=True)
class FlatMap:
    """The place of every customer, float32 (n,) each, and the share of all variance that the map shows."""

    x: np.ndarray
    y: np.ndarray
    explained: float


def project(matrix: np.ndarray) -> FlatMap:
    """Project the very matrix that was clustered, shape (n, d), on its two main directions."""
    components = principal_components(matrix, 2)
    places = np.zeros((2, len(matrix)), dtype=np.float32)
    for start in range(0, len(matrix), CHUNK):
        rows = slice(start, start + CHUNK)
        places[: len(components.axes), rows] = components.project(matrix[rows]).T
    x, y = places
    return FlatMap(x, y, float(components.shares.sum()))


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


def density(x: np.ndarray, y: np.ndarray, bins: int) -> np.ndarray:
    """Say how crowded each part of the map is, uint8 (bins, bins), the lowest y first.

    0 is nobody, 255 the most crowded part; between them by the square root of the number, so that thin parts
    show. The parts divide the map evenly from the lowest to the highest x and y.
    """
    column, row = _part(x, bins), _part(y, bins)
    counts = np.bincount(row * bins + column, minlength=bins * bins).reshape(bins, bins)
    return np.ceil(255 * np.sqrt(counts / max(counts.max(), 1))).astype(np.uint8)


def _part(values: np.ndarray, bins: int) -> np.ndarray:
    low, high = values.min(), values.max()
    return np.minimum((values - low) * (bins / max(high - low, np.float32(1e-12))), bins - 1).astype(np.intp)


def inside(x: np.ndarray, y: np.ndarray, outline: np.ndarray) -> np.ndarray:
    """Return the rows (ascending) of the points within a closed outline, by the even-odd rule.

    Points are sorted by height once, so that an edge is tried only on those between its two ends.

    :param outline: corners in order, shape (corners, 2), in the units of x and y.
    """
    order = np.argsort(y)
    across, heights = x[order].astype(np.float64), y[order].astype(np.float64)
    is_inside = np.zeros(len(order), dtype=bool)
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y0 != y1:
            between = slice(*np.searchsorted(heights, (min(y0, y1), max(y0, y1))))
            edge = x0 + (heights[between] - y0) * ((x1 - x0) / (y1 - y0))
            is_inside[between] ^= across[between] < edge
    return np.sort(order[is_inside])
