"""Neighbour averaging: replace each vector by the mean of its nearest ones, which quiets noise."""

from __future__ import annotations

import numpy as np

_ROWS_AT_ONCE = 8_192


def nearest(vectors: np.ndarray, reference: np.ndarray, count: int) -> np.ndarray:
    """Return the indices (n, count) of the nearest rows of `reference`, nearest first; Euclidean."""
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=min(count, len(reference)), algorithm="brute").fit(reference)
    return np.asarray(search.kneighbors(vectors, return_distance=False))


def neighbour_means(vectors: np.ndarray, count: int, reference: np.ndarray | None = None) -> np.ndarray:
    """Return the unit-length mean of each row's `count` nearest reference rows (by default of all rows).

    A row that is among the reference counts as its own nearest. Shapes (n, d) and (m, d) give float32 (n, d).
    """
    frozen = vectors if reference is None else reference
    means = np.empty(vectors.shape, dtype=np.float32)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        means[rows] = frozen[nearest(vectors[rows], frozen, count)].mean(axis=1)
    return unit_rows(means)


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """Scale rows to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
