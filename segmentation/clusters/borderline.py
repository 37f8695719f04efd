"""Customers on the border: which segment is the next nearest to each."""

from __future__ import annotations

import numpy as np

from segmentation.algorithms import kmeans


def second_nearest(matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the segment whose centroid is nearest to each customer but for the own one, uint8 (n,).

    With a single segment it is that one.
    """
    second = labels.astype(np.uint8).copy()
    if len(centroids) < 2:
        return second
    for rows, squares in kmeans.squared_distances(matrix, centroids):
        np.put_along_axis(squares, labels[rows].astype(np.intp)[:, None], np.inf, axis=1)
        second[rows] = squares.argmin(axis=1)
    return second
