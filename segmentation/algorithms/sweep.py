"""KMeans for every k in one job: started on few rows, searched and settled on more, finished on all.

Each k starts from prefixes of the same k-means++ sequences, from the k before it with one centroid more,
from the k after it with one less, and from its own with one moved elsewhere; Lloyd's iteration runs on all of
these together. A k depends on its neighbours, never on the range that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from segmentation.algorithms.arrays import Arrays
from segmentation.algorithms.kmeans import Mapper, cores
from segmentation.algorithms.lloyd import AfterRound, Fit, Points, lloyd
from segmentation.algorithms.seeding import one_fewer, one_more, one_moved, plus_plus

START_ROWS = 8_192
SEARCH_ROWS = 32_768
SETTLE_ROWS = 131_072
MOST_NEIGHBOURS = 32
"""Up to this k every k is searched, for its neighbours; beyond it only those asked for, alone."""

SEQUENCES, SHORT_SEQUENCES, SHORT = 24, 72, 8
"""Sequences of k-means++; the short ones, for few segments, cost little and find what moving one does not."""

TURNS, LOOK_BACK = 3, 2
FINALISTS = 72
"""Of the sequences' starts as many for each k go on as have this many centroids together, at least two."""

MORE, FEWER, MOVED = 2, 4, 4
KEPT = 4
"""Fits of each k that are looked at again on more rows, where another may be the best."""

STEPS = TURNS + 4

FIRST_ROUNDS, ROUNDS, LAST_ROUNDS = 4, 30, 12
"""All starts run the first few rounds, the best of each k go on; the last rounds are over all rows."""

LEAST_GAIN = 2e-5
"""A round that gains less than this share of the inertia is the last; a twentieth of it on few customers."""

Step = Callable[[int], None]


def sweep(
    matrix: np.ndarray,
    ks: Sequence[int],
    seed: int,
    distinct: int,
    on_step: Step = lambda _: None,
    arrays: Arrays | None = None,
) -> list[Fit]:
    """Fit every k, with labels; each row is with its nearest centroid.

    :param matrix: float32 (n, d).
    :param distinct: how many distinct rows there are at least; no k may be above.
    :param on_step: told the number of steps done, of `STEPS`, at least once per pass over all rows.
    """
    points = Points.of(matrix, arrays)

    def settling(_: int) -> None:
        on_step(STEPS - 2)

    with cores() as run:
        found = _search(points, ks, seed, distinct, run, on_step)
        if len(matrix) <= SETTLE_ROWS:
            starts = _best(found, ks, points, settling, run)
            return lloyd(points, starts, 10 * ROUNDS, LEAST_GAIN / 20, True, lambda _: on_step(STEPS), run)
        middle = points.sample(SETTLE_ROWS, np.random.default_rng([seed, 1]))
        starts = _best(found, ks, middle, settling, run)
        settled = lloyd(middle, starts, 2 * ROUNDS, LEAST_GAIN, False, settling, run)
        starts = [fit.centroids for fit in settled]
        on_step(STEPS - 1)
        return lloyd(points, starts, LAST_ROUNDS, LEAST_GAIN, True, lambda _: on_step(STEPS), run)


Found = Mapping[int, Sequence[Fit]]
"""The few best fits of each k, the best first."""


def _best(
    found: Found, ks: Sequence[int], points: Points, after_round: AfterRound, run: Mapper
) -> list[np.ndarray]:
    """Return of each k what fits best on more rows than were searched: chance has its part in few rows."""
    if len(points.rows) <= SEARCH_ROWS:
        return [found[k][0].centroids for k in ks]
    starts = [fit.centroids for k in ks for fit in found[k]]
    best: dict[int, np.ndarray] = {}
    tried = lloyd(points, starts, FIRST_ROUNDS, LEAST_GAIN, False, after_round, run)
    for fit in sorted(tried, key=_rounded):
        best.setdefault(fit.k, fit.centroids)
    return [best[k] for k in ks]


def _search(points: Points, ks: Sequence[int], seed: int, distinct: int, run: Mapper, on_step: Step) -> Found:
    """Look for the best centroids of every k; lower neighbours help in every turn, the upper one once."""
    every = list(range(1, min(max(ks) + 1, MOST_NEIGHBOURS, distinct) + 1))
    every += [k for k in ks if k > every[-1]]
    best = _start(points, every, seed, run, on_step)
    points = points.sample(SEARCH_ROWS, np.random.default_rng([seed, 0])).gathered()
    best = _race(points, {k: [fit.centroids for fit in fits] for k, fits in best.items()}, {}, run)
    on_step(2)

    def propose(k: int) -> list[np.ndarray]:
        rng = np.random.default_rng([seed, 3, turn, k])
        before = one_more(points, best[k - 1][0].centroids, MORE, rng) if 1 < k <= MOST_NEIGHBOURS else []
        return before + one_moved(points, best[k][0].centroids, MOVED, rng)

    for turn in range(TURNS):
        best = _race(points, dict(zip(every, run(propose, every), strict=True)), best, run)
        if turn == LOOK_BACK:
            above = [k for k in every if k < MOST_NEIGHBOURS and k + 1 in best]
            fewer = [one_fewer(points, best[k + 1][0].centroids, FEWER) for k in above]
            best = _race(points, dict(zip(above, fewer, strict=True)), best, run)
            every = [k for k in every if k <= max(ks)]
        on_step(3 + turn)
    return best


def _start(points: Points, every: Sequence[int], seed: int, run: Mapper, on_step: Step) -> Found:
    """Run prefixes of k-means++ sequences on few rows: what fits them best is near the best of all."""
    points = points.sample(START_ROWS, np.random.default_rng([seed, 4])).gathered()
    rngs = [np.random.default_rng([seed, 2, sequence]) for sequence in range(SEQUENCES + SHORT_SEQUENCES)]
    lengths = [every[-1]] * SEQUENCES + [min(SHORT, every[-1])] * SHORT_SEQUENCES
    sequences = list(run(lambda drawn: plus_plus(points, *drawn), list(zip(lengths, rngs, strict=True))))
    on_step(1)
    starts = {k: [one[:k] for one in sequences if len(one) >= k] for k in every}
    return _race(points, starts, {}, run, FINALISTS)


def _race(
    points: Points, starts: Mapping[int, list[np.ndarray]], best: Found, run: Mapper, finalists: int = 0
) -> Found:
    """Run all starts for a few rounds and the best of each k to the end; keep the best few ever found."""
    tried = lloyd(
        points, [one for some in starts.values() for one in some], FIRST_ROUNDS, LEAST_GAIN, run=run
    )
    by_k: dict[int, list[Fit]] = {k: [] for k in starts}
    for fit in sorted(tried, key=_rounded):
        by_k[fit.k].append(fit)
    going = [fit.centroids for k, fits in by_k.items() for fit in fits[: max(2, finalists // k)]]
    winners = {k: {_rounded(fit): fit for fit in fits} for k, fits in best.items()}
    for fit in lloyd(points, going, ROUNDS, LEAST_GAIN, run=run):
        winners.setdefault(fit.k, {}).setdefault(_rounded(fit), fit)
    return {k: [fits[place] for place in sorted(fits)[:KEPT]] for k, fits in winners.items()}


def _rounded(fit: Fit) -> float:
    """Return the inertia to five figures, so that rounding does not decide between equals."""
    return float(f"{fit.inertia:.4e}")
