"""Where Lloyd's iteration starts from: k-means++, one more centroid, or one centroid moved elsewhere."""

from __future__ import annotations

import numpy as np

from segmentation.algorithms.kmeans import squared_distances
from segmentation.algorithms.lloyd import Points

TRIALS = 4
"""Draws per step of greedy k-means++, of which the best is kept; scikit-learn takes 2 + log k."""

DRAWN = 16
SPREAD = 4


def plus_plus(points: Points, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return `count` rows by greedy k-means++ (Arthur, Vassilvitskii 2007); every prefix is a start, too."""
    weights = _weights(points)
    first = _draw(weights, 1, rng)
    chosen, nearest = [int(first[0])], _squares(points, points.rows[first])[:, 0]
    while len(chosen) < count:
        row, nearest = _best_of(points, nearest, weights, TRIALS, rng)[0]
        chosen.append(row)
    return np.array(points.rows[chosen], dtype=np.float32)


def one_more(points: Points, centroids: np.ndarray, count: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return the `count` best additions to these centroids, among rows drawn as k-means++ draws them."""
    nearest = _squares(points, centroids).min(axis=1)
    best = _best_of(points, nearest, _weights(points), DRAWN, rng)[:count]
    return [np.vstack([centroids, points.rows[row]]).astype(np.float32) for row, _ in best]


def one_fewer(points: Points, centroids: np.ndarray, count: int) -> list[np.ndarray]:
    """Return `count` sets without one of the centroids that cost least to lose."""
    lost = _cheapest(_squares(points, centroids), _weights(points))[:count]
    return [np.delete(centroids, one, axis=0) for one in lost]


def one_moved(
    points: Points, centroids: np.ndarray, count: int, rng: np.random.Generator
) -> list[np.ndarray]:
    """Return `count` sets in which one of the centroids that cost least to lose has moved to a good row."""
    if len(centroids) < 2:
        return []
    squares, weights = _squares(points, centroids), _weights(points)
    moved = []
    for lost in _cheapest(squares, weights)[:count]:
        nearest = np.delete(squares, lost, axis=1).min(axis=1)
        found = _best_of(points, nearest, weights, DRAWN, rng)
        row, _ = found[int(rng.integers(0, SPREAD))]
        moved.append(np.vstack([np.delete(centroids, lost, axis=0), points.rows[row]]).astype(np.float32))
    return moved


def _cheapest(squares: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the centroids by what the distances grow where one is lost, the least first."""
    two = np.partition(squares, 1, axis=1)[:, :2]
    cost = np.bincount(squares.argmin(axis=1), (two[:, 1] - two[:, 0]) * weights, minlength=squares.shape[1])
    return np.argsort(cost, kind="stable")


def _best_of(
    points: Points, nearest: np.ndarray, weights: np.ndarray, trials: int, rng: np.random.Generator
) -> list[tuple[int, np.ndarray]]:
    """Return drawn rows with the squared distances that are left with each, the best first."""
    rows = _draw(nearest * weights, trials, rng)
    left = np.minimum(_squares(points, points.rows[rows]), nearest[:, None])
    order = np.argsort(weights @ left, kind="stable")
    return [(int(rows[position]), left[:, position]) for position in order]


def _draw(chance: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    reached = np.cumsum(chance, dtype=np.float64)
    return np.minimum(np.searchsorted(reached, rng.random(count) * reached[-1]), len(chance) - 1)


def _squares(points: Points, centroids: np.ndarray) -> np.ndarray:
    return np.vstack([squares for _, squares in squared_distances(points.rows, centroids)])


def _weights(points: Points) -> np.ndarray:
    return np.ones(len(points.rows), dtype=np.float32) if points.weights is None else points.weights
