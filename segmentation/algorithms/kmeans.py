"""What all work on centroids shares: the cores, distances in chunks, how many rows differ."""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

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
    count = workers or os.cpu_count() or 1
    pool = ThreadPoolExecutor(count, thread_name_prefix="kmeans")

    def mapped(work: Callable[[Item], Result], items: Sequence[Item], /) -> Iterator[Result]:
        if len(items) == 1:
            yield work(items[0])  # to hand it over takes longer than a small shop's only chunk
            return
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    with _libraries().limit(limits=1, user_api="blas"):
        try:
            yield mapped
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@functools.cache
def _libraries() -> ThreadpoolController:
    """Look once for the libraries that multiply matrices: NumPy's is loaded before anything here runs."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


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
    """Find both for every row of the matrix (n, d) among centroids (k, d); of equally near ones the first.

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
