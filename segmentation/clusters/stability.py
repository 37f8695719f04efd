"""Whether each segment comes back when other customers are drawn: clusterwise bootstrap (Hennig 2007)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from segmentation.algorithms import kmeans
from segmentation.algorithms.lloyd import Fit, Points, lloyd
from segmentation.algorithms.seeding import plus_plus
from segmentation.clusters.fit import Sweep
from segmentation.clusters.identity import jaccard_matrix, matched
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

MOST_CUSTOMERS = 10_000
STARTS = 5
ROUNDS, GAIN = 100, 1e-4
RECOVERED = 0.75
"""A segment whose match is more similar than this has come back, as clusterboot counts it."""

NO_SEGMENT = 255
"""There are at most 255 segments, so that none is called so."""

STEP = Stage.RESAMPLING


@dataclass(frozen=True)
class Found:
    """What one re-sample found: centroids float32 (m, d), and the segment that each stands for, uint8 (m,).

    They are matched one to one by the customers drawn; a centroid of no segment has the label `NO_SEGMENT`.
    """

    centroids: np.ndarray
    segments: np.ndarray


@dataclass(frozen=True)
class Recovery:
    """How the segments of one k came back: `similarities` to their matches, float64 (re-samples, k).

    `found` is what each re-sample found.
    """

    similarities: np.ndarray
    found: tuple[Found, ...] = field(default=(), repr=False, compare=False)

    @property
    def resamples(self) -> int:
        """How many re-samples there were."""
        return len(self.similarities)

    @property
    def mean(self) -> np.ndarray:
        """Mean Jaccard similarity of each segment, (k,)."""
        return self.similarities.mean(axis=0)

    @property
    def recovered(self) -> np.ndarray:
        """In how many re-samples each segment came back, (k,)."""
        return (self.similarities > RECOVERED).sum(axis=0)

    def joined(self, more: Recovery) -> Recovery:
        """Return these re-samples and further ones."""
        return Recovery(np.vstack([self.similarities, more.similarities]), self.found + more.found)


def resample(
    matrix: np.ndarray,
    sweep: Sweep,
    seed: int,
    resamples: int = 20,
    on_progress: Progress = silent,
    *,
    ks: Sequence[int] = (),
    done_before: int = 0,
) -> dict[int, Recovery]:
    """Return for every k how similar each segment is to its match in re-samples.

    As in clusterboot: customers are drawn with replacement and each counts once, the draw is clustered afresh
    (five cold k-means++ starts, the best kept), and each segment, seen among the drawn, is compared with
    the most similar one found. At most 10,000 are drawn. A segment of which nobody is drawn counts 0.

    :param ks: only these numbers of segments; all of the sweep where none is given.
    :param done_before: so many re-samples of this seed were made earlier; only those beyond are made.
    """
    wanted = sorted(ks or sweep.ks)
    seeds = np.random.SeedSequence(seed).generate_state(resamples)[done_before:].tolist()
    step = STEP if len(wanted) > 1 else f"{STEP}: {wanted[0]}"
    on_progress(step, 0, len(seeds))
    rows: dict[int, list[tuple[np.ndarray, Found]]] = {k: [] for k in wanted}
    found = kmeans.on_all_cores(lambda drawn: _one_resample(matrix, sweep, wanted, int(drawn)), seeds)
    for done, again in enumerate(found, start=1):
        for k, one in again.items():
            rows[k].append(one)
        on_progress(step, done, len(seeds))
    return {
        k: Recovery(np.array([like for like, _ in some]).reshape(len(seeds), k), tuple(at for _, at in some))
        for k, some in rows.items()
    }


def jaccard(
    matrix: np.ndarray, sweep: Sweep, seed: int, resamples: int = 20, on_progress: Progress = silent
) -> dict[int, np.ndarray]:
    """Return for every k each segment's mean Jaccard similarity to its match in re-samples, float64 (k,)."""
    return {k: found.mean for k, found in resample(matrix, sweep, seed, resamples, on_progress).items()}


def _one_resample(
    matrix: np.ndarray, sweep: Sweep, ks: Sequence[int], seed: int
) -> dict[int, tuple[np.ndarray, Found]]:
    rows = np.unique(np.random.default_rng(seed).integers(0, len(matrix), min(len(matrix), MOST_CUSTOMERS)))
    sample = matrix[rows]
    distinct = kmeans.count_distinct_rows(sample, enough=ks[-1])
    again = cold_fits(sample, sorted({min(k, distinct) for k in ks}), seed)
    found = {}
    for k in ks:
        fit = again[min(k, distinct)]
        labels = sweep.labels[k][rows]
        similarities = jaccard_matrix(labels, k, fit.labels, fit.k).max(axis=1)
        found[k] = similarities, Found(fit.centroids, _stands_for(labels, k, fit))
    return found


def _stands_for(labels: np.ndarray, k: int, fit: Fit) -> np.ndarray:
    matches = matched(labels, k, fit.labels, fit.k)
    segments = np.full(fit.k, NO_SEGMENT, dtype=np.uint8)
    segments[matches[matches >= 0]] = np.flatnonzero(matches >= 0)
    return segments


def cold_fits(sample: np.ndarray, ks: list[int], seed: int, count: int = STARTS) -> dict[int, Fit]:
    """Start all k from prefixes of the same k-means++ sequences, and keep the best of each."""
    points = Points.of(sample)
    rngs = [np.random.default_rng([seed, start]) for start in range(count)]
    sequences = [plus_plus(points, ks[-1], rng) for rng in rngs]
    starts = [sequence[:k] for k in ks for sequence in sequences]
    fits = lloyd(points, starts, ROUNDS, GAIN, keep_labels=True)
    return {k: min((fit for fit in fits if fit.k == k), key=lambda fit: fit.inertia) for k in ks}
