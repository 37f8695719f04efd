"""Whether each segment comes back when other customers are drawn: clusterwise bootstrap (Hennig 2007)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from segmentation.algorithms import kmeans
from segmentation.algorithms.lloyd import Fit, Points, lloyd
from segmentation.algorithms.seeding import plus_plus
from segmentation.clusters.fit import Sweep
from segmentation.clusters.identity import jaccard_matrix
from segmentation.jobs import Progress, silent

MOST_CUSTOMERS = 10_000
STARTS = 5
ROUNDS, GAIN = 100, 1e-4
RECOVERED = 0.75
"""A segment whose match is more similar than this has come back, as clusterboot counts it."""

STEP = "Checking that segments come back"


@dataclass(frozen=True)
class Recovery:
    """How the segments of one k came back: `similarities` to their matches, float64 (re-samples, k)."""

    similarities: np.ndarray

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
        return Recovery(np.vstack([self.similarities, more.similarities]))


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
    step = STEP if len(wanted) > 1 else f"{STEP}: {wanted[0]} segments"
    on_progress(step, 0, len(seeds))
    rows: dict[int, list[np.ndarray]] = {k: [] for k in wanted}
    found = kmeans.on_all_cores(lambda drawn: _one_resample(matrix, sweep, wanted, int(drawn)), seeds)
    for done, similarities in enumerate(found, start=1):
        for k, values in similarities.items():
            rows[k].append(values)
        on_progress(step, done, len(seeds))
    return {k: Recovery(np.array(values).reshape(len(seeds), k)) for k, values in rows.items()}


def jaccard(
    matrix: np.ndarray, sweep: Sweep, seed: int, resamples: int = 20, on_progress: Progress = silent
) -> dict[int, np.ndarray]:
    """Return for every k each segment's mean Jaccard similarity to its match in re-samples, float64 (k,)."""
    return {k: found.mean for k, found in resample(matrix, sweep, seed, resamples, on_progress).items()}


def _one_resample(matrix: np.ndarray, sweep: Sweep, ks: Sequence[int], seed: int) -> dict[int, np.ndarray]:
    rows = np.unique(np.random.default_rng(seed).integers(0, len(matrix), min(len(matrix), MOST_CUSTOMERS)))
    sample = matrix[rows]
    distinct = kmeans.count_distinct_rows(sample, enough=ks[-1])
    again = cold_fits(sample, sorted({min(k, distinct) for k in ks}), seed)
    found = {}
    for k in ks:
        fit = again[min(k, distinct)]
        found[k] = jaccard_matrix(sweep.labels[k][rows], k, fit.labels, fit.k).max(axis=1)
    return found


def cold_fits(sample: np.ndarray, ks: list[int], seed: int, count: int = STARTS) -> dict[int, Fit]:
    """Start all k from prefixes of the same k-means++ sequences, and keep the best of each."""
    points = Points.of(sample)
    rngs = [np.random.default_rng([seed, start]) for start in range(count)]
    sequences = [plus_plus(points, ks[-1], rng) for rng in rngs]
    starts = [sequence[:k] for k in ks for sequence in sequences]
    fits = lloyd(points, starts, ROUNDS, GAIN, keep_labels=True)
    return {k: min((fit for fit in fits if fit.k == k), key=lambda fit: fit.inertia) for k in ks}
