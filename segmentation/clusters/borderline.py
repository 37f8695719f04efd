"""Customers on the border: which segment is the next nearest to each, and how much nearer the own one is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms import kmeans


@dataclass(frozen=True)
class Nearness:
    """How near each of n customers is to the own segment and to the next one.

    `own` (n,) float32 is the squared distance to the own centroid; `second` (n,) uint8 the segment whose
    centroid is nearest but for the own one. `margin` (n,) float32 is 1 - d1 / d2, of the distances to both: 0
    half-way between two segments. With a single segment that is `second`, and all margins are 1.
    """

    own: np.ndarray
    second: np.ndarray
    margin: np.ndarray


def nearness(matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> Nearness:
    """Measure all three in one pass over the space of the clusters.

    :param matrix: float32 (n, d); `centroids` (k, d) in the same; `labels` are segments 0..k-1, (n,).
    """
    own_squares = np.zeros(len(matrix), dtype=np.float32)
    second = labels.astype(np.uint8)
    margin = np.ones(len(matrix), dtype=np.float32)
    for rows, squares in kmeans.squared_distances(matrix, centroids):
        own = labels[rows].astype(np.intp)[:, None]
        nearest = np.take_along_axis(squares, own, axis=1)[:, 0]
        own_squares[rows] = nearest
        if len(centroids) > 1:
            np.put_along_axis(squares, own, np.inf, axis=1)
            next_best = squares.argmin(axis=1)
            second[rows] = next_best
            other = np.take_along_axis(squares, next_best[:, None], axis=1)[:, 0]
            ratio = np.sqrt(nearest / np.where(other > 0, other, 1))
            margin[rows] = np.clip(1 - np.where(other > 0, ratio, 1), 0, 1)
    return Nearness(own_squares, second, margin)
