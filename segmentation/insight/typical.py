"""Customers to look at: those most like their segment, and those on its border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.kmeans import squared_distances


@dataclass(frozen=True)
class ShownCustomers:
    """Places of customers of one segment (0-based) among all n.

    `typical` (t,) are nearest the centroid first; `edge` (e,) least confident first, with the `confidence`
    (e,) of each, 0..1, and the segment `second` (e,) that each is nearest to but for its own.
    """

    segment: int
    typical: np.ndarray
    edge: np.ndarray
    confidence: np.ndarray
    second: np.ndarray


def show_customers(
    matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray, confidence: np.ndarray, count: int = 5
) -> tuple[ShownCustomers, ...]:
    """Pick up to `count` typical and edge customers of each of the k segments; of equal ones the first.

    :param matrix: the space of the clusters, float32 (n, d); `centroids` (k, d) in the same.
    :param labels: segments 0..k-1 (n,); `confidence` 0..1 (n,). With one segment there is no edge.
    """
    own, second = nearness(matrix, centroids, labels)
    shown = []
    for segment in range(len(centroids)):
        members = np.flatnonzero(labels == segment)
        edge = _least(confidence[members], members, count if len(centroids) > 1 else 0)
        typical = _least(own[members], members, count)
        shown.append(ShownCustomers(segment, typical, edge, confidence[edge], second[edge]))
    return tuple(shown)


def nearness(matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return squared distances to the own centroid, float32 (n,), and the nearest other segment, int16 (n,).

    With one segment there is no other: -1.
    """
    own_squares = np.zeros(len(matrix), dtype=np.float32)
    second = np.full(len(matrix), -1, dtype=np.int16)
    for rows, squares in squared_distances(matrix, centroids):
        own = labels[rows].astype(np.intp)[:, None]
        own_squares[rows] = np.take_along_axis(squares, own, axis=1)[:, 0]
        if len(centroids) > 1:
            np.put_along_axis(squares, own, np.inf, axis=1)
            second[rows] = squares.argmin(axis=1)
    return own_squares, second


def _least(values: np.ndarray, places: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the least values, ascending; of a million only the least few are sorted."""
    if count < len(values):
        limit = np.partition(values, count)[count]
        candidates = np.flatnonzero(values <= limit)
        values, places = values[candidates], places[candidates]
    return places[np.argsort(values, kind="stable")[:count]]
