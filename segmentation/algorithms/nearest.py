"""Which centroid each row is nearest to, so that a row's answer does not depend on the rows beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.kmeans import CHUNK_ROWS, on_all_cores


@dataclass(frozen=True)
class Nearest:
    """Of each of n rows the nearest centroid and the next one, uint8 (n,), and the distances to both.

    With a single centroid it is `second`, too. Distances are float64 (n,).
    """

    first: np.ndarray
    second: np.ndarray
    distance: np.ndarray
    to_second: np.ndarray


def find_nearest(matrix: np.ndarray, centroids: np.ndarray) -> Nearest:
    """Find both for every row of the matrix (n, d) among the centroids (k, d); of equally near ones the first.

    Squares are added up column by column and in double precision, never by a product of matrices, which
    rounds a row one way or another by how many there are.
    """
    places = range(0, len(matrix), CHUNK_ROWS)
    parts = list(on_all_cores(lambda start: _chunk(matrix[start : start + CHUNK_ROWS], centroids), places))
    if not parts:
        nobody = np.empty(0, dtype=np.uint8)
        return Nearest(nobody, nobody, np.empty(0), np.empty(0))
    return Nearest(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _chunk(rows: np.ndarray, centroids: np.ndarray) -> tuple[np.ndarray, ...]:
    squares = _squares(rows, centroids)
    places = np.arange(len(rows))
    first = squares.argmin(axis=0)
    nearest = squares[first, places]
    if len(centroids) > 1:
        squares[first, places] = np.inf
    second = squares.argmin(axis=0)
    to_second = squares[second, places]
    return first.astype(np.uint8), second.astype(np.uint8), np.sqrt(nearest), np.sqrt(to_second)


def _squares(rows: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Return the squared distances (k, n)."""
    columns = np.ascontiguousarray(rows.T, dtype=np.float64)
    squares = np.empty((len(centroids), len(rows)))
    beside = np.empty_like(columns)
    for place, centroid in enumerate(np.asarray(centroids, dtype=np.float64)):
        np.subtract(columns, centroid[:, None], out=beside)
        np.multiply(beside, beside, out=beside)
        squares[place] = 0
        for column in beside:
            squares[place] += column
    return squares
