"""Steady identity: label j means the same segment whichever k is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from segmentation.clusters.fit import Sweep

NUDGE = 1e-12


def align(sweep: Sweep, before: Mapping[int, np.ndarray] | None = None) -> Sweep:
    """Relabel every k so that a segment keeps its label from k to k + 1, and from the run before.

    Both have a say: labels go where the Jaccard overlaps with the smaller k and with the run before add up to
    the most. What neither knows is ordered by size, largest first.

    :param before: for some k, the same customers' labels in the run before, int (n,), -1 for new customers.
    """
    orders: dict[int, np.ndarray] = {}
    smaller: int | None = None
    for k in sweep.ks:
        overlap = np.zeros((k, k))
        if smaller is not None:
            chained = jaccard_matrix(sweep.labels[smaller], smaller, sweep.labels[k], k)
            overlap[:smaller] += chained[orders[smaller]]
        if before and k in before:
            known = (before[k] >= 0) & (before[k] < k)
            overlap += jaccard_matrix(before[k][known], k, sweep.labels[k][known], k)
        orders[k] = _follow(overlap, sweep.labels[k])
        smaller = k
    return replace(
        sweep,
        labels={k: np.argsort(order).astype(np.uint8)[sweep.labels[k]] for k, order in orders.items()},
        centroids={k: sweep.centroids[k][order] for k, order in orders.items()},
    )


def jaccard_matrix(left: np.ndarray, left_k: int, right: np.ndarray, right_k: int) -> np.ndarray:
    """Return the Jaccard similarity of every pair of segments from two labellings of the same customers."""
    pairs = left.astype(np.int64) * right_k + right
    shared = np.bincount(pairs, minlength=left_k * right_k).reshape(left_k, right_k)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    return shared / np.maximum(union, 1)


def _follow(overlap: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the labels (the columns) in the order of the identities (the rows) that they overlap most."""
    from scipy.optimize import linear_sum_assignment

    by_size = np.argsort(-np.bincount(labels, minlength=len(overlap)), kind="stable")
    # A nudge too small to outweigh any customer lets the largest go first where nothing else decides.
    nudge = np.outer(np.arange(len(overlap), 0, -1), np.arange(len(overlap), 0, -1)) * NUDGE
    _, matched = linear_sum_assignment(overlap[:, by_size] + nudge, maximize=True)
    return by_size[matched]
