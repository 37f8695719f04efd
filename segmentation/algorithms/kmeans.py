"""What all work on centroids shares: the cores, distances in chunks, how many rows differ."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

CHUNK_ROWS = 8_192
AHEAD = 4
"""Items per core that are worked on or wait to be asked for; more would only hold memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class SomeRows:
    """Some rows of a matrix, at `places` (m,), each copied only while it is worked on."""

    matrix: Rows
    places: np.ndarray

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.places)

    def __getitem__(self, rows: slice | np.ndarray | Sequence[int] | int) -> np.ndarray:
        """Copy some of them."""
        return self.matrix[self.places[rows]]

    def __array__(self, dtype: np.dtype | None = None, copy: bool | None = None) -> np.ndarray:
        """Copy all of them."""
        return np.asarray(self.matrix[self.places], dtype)


Rows = np.ndarray | SomeRows
"""What has a row (d,) per item, in memory (n, d)."""


class Mapper(Protocol):
    """Something that works as `map` does: results in order, as they are asked for."""

    def __call__(self, work: Callable[[Item], Result], items: Sequence[Item], /) -> Iterator[Result]:
        """Return work(item) of every item."""


def one_by_one(work: Callable[[Item], Result], items: Sequence[Item], /) -> Iterator[Result]:
    """Return work(item) of every item, each when it is asked for, on the core that asks."""
    return map(work, items)


@contextmanager
def cores(workers: int | None = None) -> Iterator[Mapper]:
    """Give a `map` that works on several items at a time, one per core; no result depends on how many."""
    from threadpoolctl import threadpool_limits

    count = workers or os.cpu_count() or 1
    pool = ThreadPoolExecutor(count, thread_name_prefix="kmeans")

    def mapped(work: Callable[[Item], Result], items: Sequence[Item], /) -> Iterator[Result]:
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    with threadpool_limits(limits=1, user_api="blas"):
        try:
            yield mapped
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def on_all_cores(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int | None = None
) -> Iterator[Result]:
    """Yield work(item) in order, as `cores` does it."""
    with cores(workers) as mapped:
        yield from mapped(work, items)


def squared_distances(matrix: Rows, centroids: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
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
