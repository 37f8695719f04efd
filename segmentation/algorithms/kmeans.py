"""KMeans that gives the same answer on every run, and a way to run many of them on all cores."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

CHUNK_ROWS = 65_536

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Partition:
    """One fit: centroids float32 (k, d), labels (n,) and the sum of squared distances to the own centroid."""

    centroids: np.ndarray
    labels: np.ndarray
    inertia: float


def fit(matrix: np.ndarray, k: int, seed: int, starts: int) -> Partition:
    """Run KMeans from `starts` k-means++ starts and keep the best.

    :param matrix: float32 (n, d), with at least k distinct rows.
    """
    from sklearn.cluster import KMeans

    model = KMeans(k, n_init=starts, random_state=seed, copy_x=True).fit(matrix)
    return Partition(model.cluster_centers_, model.labels_, float(model.inertia_))


def polish(matrix: np.ndarray, centroids: np.ndarray, rounds: int) -> Partition:
    """Move centroids that were found on a sample to where they belong on all rows."""
    from sklearn.cluster import KMeans

    model = KMeans(len(centroids), init=centroids, n_init=1, max_iter=rounds).fit(matrix)
    return Partition(model.cluster_centers_, model.labels_, float(model.inertia_))


def on_all_cores(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int | None = None
) -> Iterator[Result]:
    """Yield work(item) in order, several items at a time, each on one core.

    scikit-learn adds its per-thread sums in the order in which threads finish, so that a fit on several
    threads can differ in the last bit from run to run; a fit on one thread does not.
    """
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import ThreadpoolController

    controller = ThreadpoolController()

    def alone(item: Item) -> Result:
        with controller.limit(limits=1, user_api="openmp"):
            return work(item)

    pool = ThreadPoolExecutor(workers or os.cpu_count() or 1, thread_name_prefix="kmeans")
    with controller.limit(limits=1, user_api="blas"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        try:
            yield from pool.map(alone, items)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def squared_distances(matrix: np.ndarray, centroids: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield the squared distances of a chunk of rows to every centroid: (rows, float32 (chunk, k))."""
    centroid_norms = np.einsum("kd,kd->k", centroids, centroids)
    for start in range(0, len(matrix), CHUNK_ROWS):
        rows = slice(start, min(start + CHUNK_ROWS, len(matrix)))
        chunk = matrix[rows]
        norms = np.einsum("nd,nd->n", chunk, chunk)[:, None]
        yield rows, np.maximum(norms - 2 * (chunk @ centroids.T) + centroid_norms, 0)


def count_distinct_rows(matrix: np.ndarray, enough: int) -> int:
    """Count distinct rows, exactly up to `enough` (then any number from `enough` on)."""
    head = len(np.unique(matrix[: 10 * enough], axis=0))
    if head >= enough or len(matrix) <= 10 * enough:
        return head
    return len(np.unique(matrix, axis=0))
