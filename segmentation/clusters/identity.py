"""Steady identity: label j means the same segment in every run, and whichever k is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from segmentation.clusters.fit import Sweep

NUDGE = 1e-12
NOBODY = -1


def align(sweep: Sweep, before: Mapping[int, np.ndarray] | None = None) -> Sweep:
    """Relabel every k so that a segment keeps its label from the run before, and from k to k + 1.

    The run before comes first: segments get the labels of those with which they share the most customers.
    Only the labels that this leaves go by the overlap with the smaller k, and then by size, largest first.

    :param before: for some k, the same customers' labels in the run before, int (n,), -1 for new customers.
    """
    orders: dict[int, np.ndarray] = {}
    smaller: int | None = None
    for k in sweep.ks:
        overlap = np.zeros((k, k))
        if smaller is not None:
            chained = jaccard_matrix(sweep.labels[smaller], smaller, sweep.labels[k], k)
            overlap[:smaller] = chained[orders[smaller]]
        orders[k] = _order(sweep.labels[k], overlap, before.get(k) if before else None)
        smaller = k
    return replace(
        sweep,
        labels={k: np.argsort(order).astype(np.uint8)[sweep.labels[k]] for k, order in orders.items()},
        centroids={k: sweep.centroids[k][order] for k, order in orders.items()},
    )


def matched(left: np.ndarray, left_k: int, right: np.ndarray, right_k: int) -> np.ndarray:
    """Match segments of two labellings of the same customers one to one, so that the most stay together.

    :return: for each segment of the left its match among the right, int (left_k,), -1 where it shares nobody.
    """
    from scipy.optimize import linear_sum_assignment

    shared = _shared(left, left_k, right, right_k)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    matches = np.full(left_k, NOBODY)
    matches[rows] = np.where(shared[rows, columns] > 0, columns, NOBODY)
    return matches


def jaccard_matrix(left: np.ndarray, left_k: int, right: np.ndarray, right_k: int) -> np.ndarray:
    """Return the Jaccard similarity of every pair of segments from two labellings of the same customers."""
    shared = _shared(left, left_k, right, right_k)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    return shared / np.maximum(union, 1)


def _shared(left: np.ndarray, left_k: int, right: np.ndarray, right_k: int) -> np.ndarray:
    pairs = left.astype(np.int64) * right_k + right
    return np.bincount(pairs, minlength=left_k * right_k).reshape(left_k, right_k)


def _order(labels: np.ndarray, overlap: np.ndarray, before: np.ndarray | None) -> np.ndarray:
    """Return the segment that gets each label 0..k-1, (k,).

    Equally good matches are told apart by the first customers: what labels were called must not matter.
    """
    k = len(overlap)
    if before is None:
        return _filled(np.full(k, NOBODY), overlap, labels)
    known = before != NOBODY
    as_met = _as_met(before[known], k)
    kept = matched(np.argsort(as_met)[before[known]], k, labels[known], k)
    order = np.empty(k, dtype=np.intp)
    order[as_met] = _filled(kept, overlap[as_met], labels)
    return order


def _filled(order: np.ndarray, overlap: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Give the free labels (-1 in `order`) the segments that are left, by the most overlap (k, k)."""
    from scipy.optimize import linear_sum_assignment

    by_size = np.argsort(-np.bincount(labels, minlength=len(order)), kind="stable")
    free, left = np.flatnonzero(order == NOBODY), by_size[~np.isin(by_size, order)]
    # A nudge too small to outweigh any customer lets the largest go first where nothing else decides.
    nudge = np.outer(np.arange(len(free), 0, -1), np.arange(len(free), 0, -1)) * NUDGE
    _, taken = linear_sum_assignment(overlap[np.ix_(free, left)] + nudge, maximize=True)
    filled = order.copy()
    filled[free] = left[taken]
    return filled


def _as_met(labels: np.ndarray, k: int) -> np.ndarray:
    """Return all k labels in the order of their first customers, those of nobody last, (k,)."""
    first = np.full(k, len(labels))
    present, places = np.unique(labels, return_index=True)
    first[present] = places
    return np.argsort(first, kind="stable")
