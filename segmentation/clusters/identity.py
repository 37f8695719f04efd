"""Steady identity: label j means the same segment whichever k is looked at."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from segmentation.clusters.fit import Sweep


def align(sweep: Sweep) -> Sweep:
    """Relabel every k so that a segment keeps its label from k to k + 1 and a new one gets the next label.

    At the smallest k segments are ordered by size, largest first; new ones likewise.
    """
    first = sweep.ks[0]
    orders = {first: _by_size(sweep.labels[first], range(first))}
    for smaller, larger in pairwise(sweep.ks):
        overlap = jaccard_matrix(sweep.labels[smaller], smaller, sweep.labels[larger], larger)
        orders[larger] = _follow(overlap[orders[smaller]], sweep.labels[larger])
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
    """Return the larger k's labels in the order of the smaller k's (the rows), then the new ones by size."""
    from scipy.optimize import linear_sum_assignment

    _, matched = linear_sum_assignment(overlap, maximize=True)
    new = _by_size(labels, np.setdiff1d(np.arange(overlap.shape[1]), matched))
    return np.concatenate([matched, new])


def _by_size(labels: np.ndarray, among: range | np.ndarray) -> np.ndarray:
    among = np.asarray(among, dtype=np.int64)
    sizes = np.bincount(labels, minlength=int(labels.max()) + 1 + len(among))
    return among[np.argsort(-sizes[among], kind="stable")]
