"""Lloyd's iteration for many starts of many k at once: every chunk of rows is read once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from segmentation.algorithms.arrays import Array, Arrays, OnCores, Spans, chunks_of
from segmentation.algorithms.kmeans import Mapper, Rows, SomeRows, one_by_one, squared_distances

CENTROIDS_AT_ONCE = 256
"""More centroids than this no longer stay in the cache with their products."""

AfterRound = Callable[[int], None]


@dataclass(frozen=True)
class Fit:
    """Centroids float32 (k, d), the sum of squared distances to the nearest, the weight each got (k,).

    `labels` (n,) are uint8, or empty where they were not asked for.
    """

    centroids: np.ndarray
    inertia: float
    sizes: np.ndarray
    labels: np.ndarray

    @property
    def k(self) -> int:
        """How many centroids there are."""
        return len(self.centroids)


@dataclass(frozen=True)
class Points:
    """The rows (n, d) that are clustered, each counted `weights` (n,) times (None: once).

    `norms` (n,) are the squared distances to `mean` (d,); `held` are the rows where they are computed on,
    None where they are brought there each time.
    """

    rows: Rows
    mean: np.ndarray
    norms: np.ndarray
    weights: np.ndarray | None = None
    arrays: Arrays = field(default_factory=OnCores)
    held: Array | None = None

    @classmethod
    def of(cls, rows: np.ndarray, arrays: Arrays | None = None) -> Points:
        """Measure how far each row is from the mean."""
        arrays = arrays or OnCores()
        held = arrays.hold(rows)
        return cls(rows, *arrays.measure(held), None, arrays, held)

    def sample(self, count: int, rng: np.random.Generator) -> Points:
        """Draw a lightweight coreset (Bachem, Lucic, Krause 2018), of which sums over all rows are unbiased.

        Half of the chance is even, half goes by the squared distance from the mean: far rows are few, but
        they weigh most. All rows themselves where there are no more than `count`; else they are copied only
        while they are worked on, see `gathered`.
        """
        if len(self.rows) <= count:
            return self
        drawn, chance = self._draw(count, rng)
        weights = (1 / (count * chance)).astype(np.float32)
        return Points(SomeRows(self.rows, drawn), self.mean, self.norms[drawn], weights, self.arrays)

    def gathered(self) -> Points:
        """Copy the rows, for work that reads few of them often."""
        return replace(self, rows=np.asarray(self.rows))

    def brought(self) -> Array:
        """Return the rows where they are computed on."""
        return self.arrays.hold(self.rows) if self.held is None else self.held

    def _draw(self, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows drawn, and the chance that a draw had of giving each."""
        rows, total = len(self.norms), float(self.norms.sum(dtype=np.float64))
        even, by_distance = (0.5 / rows, 0.5 / total) if total > 0 else (1.0 / rows, 0.0)
        reached = np.cumsum(self.norms, dtype=np.float64)
        reached *= by_distance
        reached += np.arange(1, rows + 1) * even
        steps = (np.arange(count) + rng.random(count)) / count * reached[-1]
        drawn = np.minimum(np.searchsorted(reached, steps), rows - 1)
        return drawn, even + by_distance * self.norms[drawn].astype(np.float64)

    @property
    def total(self) -> float:
        """Sum of squared distances to the mean."""
        weights = 1 if self.weights is None else self.weights
        return float((self.norms * weights).sum(dtype=np.float64))


def lloyd(
    points: Points,
    starts: Sequence[np.ndarray],
    rounds: int,
    tolerance: float,
    keep_labels: bool = False,
    after_round: AfterRound = lambda _: None,
    run: Mapper = one_by_one,
) -> list[Fit]:
    """Run every start until a round gains less than `tolerance` of its inertia, at most `rounds` rounds.

    An empty cluster is put on the row farthest from its centroid. The result does not depend on the number
    of cores, nor on what else is run with a start.
    """
    if not starts:
        return []
    held = points.brought()
    centroids = [np.asarray(start, dtype=np.float32) for start in starts]
    fits: list[Fit | None] = [None] * len(starts)
    reached = [np.inf] * len(starts)
    active = list(range(len(starts)))
    for done in range(rounds):
        for i in active:
            fits[i] = None  # with its labels, so that two sets of them are never held
        passed = _pass(points, held, [centroids[i] for i in active], keep_labels, run)
        going = []
        for i, (fit, sums) in zip(active, passed, strict=True):
            gain, reached[i], fits[i] = reached[i] - fit.inertia, fit.inertia, fit
            if gain > tolerance * fit.inertia or (fit.sizes == 0).any():
                going.append(i)
                centroids[i] = _move(points, fit, sums)
        active = going
        after_round(done + 1)
        if not active:
            break
    return [replace(fit, labels=points.arrays.host(fit.labels)) for fit in fits if fit is not None]


def assign(
    points: Points, sets: Sequence[np.ndarray], run: Mapper = one_by_one
) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield for a chunk of rows the nearest centroid of each set: (rows, uint8 (sets, chunk))."""
    groups = [_table(points, group) for group in _groups([np.asarray(one, np.float32) for one in sets])]
    held, arrays, mean = points.brought(), points.arrays, points.arrays.put(points.mean)
    chunks = chunks_of(len(points.rows), arrays.chunk_rows)

    def nearest(rows: slice) -> np.ndarray:
        chunk = arrays.chunk(held, rows, mean)
        return np.vstack([arrays.host(arrays.nearest(table, spans, chunk)[0]) for table, spans in groups])

    yield from zip(chunks, _mapper(points, run)(nearest, chunks), strict=True)


def _mapper(points: Points, run: Mapper) -> Mapper:
    """Where one device computes all, its chunks come one after the other."""
    return run if points.arrays.by_cores else one_by_one


def _pass(
    points: Points, held: Array, centroids: list[np.ndarray], keep_labels: bool, run: Mapper
) -> Iterator[tuple[Fit, np.ndarray]]:
    """Yield for each set of centroids how it fits, and the sums of the rows nearest to each, (k, d)."""
    groups = [_table(points, group) for group in _groups(centroids)]
    chunks, mean = chunks_of(len(points.rows), points.arrays.chunk_rows), points.arrays.put(points.mean)
    sums = [np.zeros(table.shape) for table, _ in groups]
    best = [np.zeros(len(spans)) for _, spans in groups]
    kept = len(points.rows) if keep_labels else 0
    labels = [[points.arrays.room(kept) for _ in spans] for _, spans in groups]
    work = _mapper(points, run)(lambda rows: _meet(points, held, mean, groups, rows), chunks)
    for chunk, met in zip(chunks, work, strict=True):
        for group, (new_labels, new_best, new_sums) in enumerate(met):
            sums[group] += new_sums
            best[group] += new_best
            if keep_labels:
                for mine, new in zip(labels[group], new_labels, strict=True):
                    mine[chunk] = new
    total = points.total
    given = iter(centroids)
    for group, (_, spans) in enumerate(groups):
        for position, span in enumerate(spans):
            fit = Fit(
                next(given),
                max(0.0, total + best[group][position]),
                sums[group][span, -1],
                labels[group][position],
            )
            yield fit, sums[group][span, :-1]


def _meet(
    points: Points, held: Array, mean: Array, groups: list[tuple[Array, Spans]], rows: slice
) -> list[tuple[Array, np.ndarray, np.ndarray]]:
    """Let one chunk of rows meet all centroids; return labels, the sums of the products, and of the rows."""
    arrays = points.arrays
    weights = None if points.weights is None else points.weights[rows]
    chunk = arrays.chunk(held, rows, mean)
    met = []
    for table, spans in groups:
        labels, best = arrays.nearest(table, spans, chunk)
        total, sums = arrays.total(best, weights), arrays.sums(table, spans, chunk, labels, weights)
        met.append((labels, total, sums))
    return met


def _groups(centroids: list[np.ndarray]) -> Iterator[list[np.ndarray]]:
    group: list[np.ndarray] = []
    for one in centroids:
        if group and sum(map(len, group)) + len(one) > CENTROIDS_AT_ONCE:
            yield group
            group = []
        group.append(one)
    yield group


def _table(points: Points, centroids: list[np.ndarray]) -> tuple[Array, Spans]:
    ends = np.cumsum([0, *map(len, centroids)]).tolist()
    centred = np.vstack(centroids) - points.mean
    lengths = np.einsum("kd,kd->k", centred, centred, dtype=np.float64)
    table = np.hstack([-2 * centred, lengths[:, None]]).astype(np.float32)
    return points.arrays.put(table), [slice(*pair) for pair in pairwise(ends)]


def _move(points: Points, fit: Fit, sums: np.ndarray) -> np.ndarray:
    """Return the means of the rows of each cluster; an empty one is put on a row far from its centroid."""
    filled = fit.sizes > 0
    moved = fit.centroids.copy()
    moved[filled] = (sums[filled] / fit.sizes[filled, None] + points.mean).astype(np.float32)
    empty = np.flatnonzero(~filled)
    if len(empty):
        far = np.empty(len(points.rows), dtype=np.float32)
        for rows, squares in squared_distances(points.rows, fit.centroids):
            far[rows] = squares.min(axis=1)
        farthest = np.argsort(far, kind="stable")[::-1][: len(empty)]
        moved[empty[: len(farthest)]] = points.rows[farthest]
    return moved
