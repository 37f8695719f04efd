"""Whether each segment comes back when other customers are drawn: clusterwise bootstrap (Hennig 2007)."""

from __future__ import annotations

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
STEP = "Checking that segments come back"


def jaccard(
    matrix: np.ndarray, sweep: Sweep, seed: int, resamples: int = 20, on_progress: Progress = silent
) -> dict[int, np.ndarray]:
    """Return for every k each segment's mean Jaccard similarity to its match in re-samples, float64 (k,).

    As in clusterboot: customers are drawn with replacement and each counts once, the draw is clustered afresh
    (five cold k-means++ starts, the best kept), and each segment, seen among the drawn, is compared with
    the most similar one found. At most 10,000 are drawn. A segment of which nobody is drawn counts 0.
    """
    seeds = np.random.SeedSequence(seed).generate_state(resamples)
    totals = {k: np.zeros(k) for k in sweep.ks}
    on_progress(STEP, 0, resamples)
    found = kmeans.on_all_cores(lambda drawn: _one_resample(matrix, sweep, int(drawn)), seeds.tolist())
    for done, similarities in enumerate(found, start=1):
        for k, values in similarities.items():
            totals[k] += values
        on_progress(STEP, done, resamples)
    return {k: total / resamples for k, total in totals.items()}


def _one_resample(matrix: np.ndarray, sweep: Sweep, seed: int) -> dict[int, np.ndarray]:
    rows = np.unique(np.random.default_rng(seed).integers(0, len(matrix), min(len(matrix), MOST_CUSTOMERS)))
    sample = matrix[rows]
    distinct = kmeans.count_distinct_rows(sample, enough=sweep.ks[-1])
    again = _cold_fits(sample, sorted({min(k, distinct) for k in sweep.ks}), seed)
    found = {}
    for k in sweep.ks:
        fit = again[min(k, distinct)]
        found[k] = jaccard_matrix(sweep.labels[k][rows], k, fit.labels, fit.k).max(axis=1)
    return found


def _cold_fits(sample: np.ndarray, ks: list[int], seed: int) -> dict[int, Fit]:
    """Start all k from prefixes of the same k-means++ sequences, and keep the best of each."""
    points = Points.of(sample)
    rngs = [np.random.default_rng([seed, start]) for start in range(STARTS)]
    sequences = [plus_plus(points, ks[-1], rng) for rng in rngs]
    starts = [sequence[:k] for k in ks for sequence in sequences]
    fits = lloyd(points, starts, ROUNDS, GAIN, keep_labels=True)
    return {k: min((fit for fit in fits if fit.k == k), key=lambda fit: fit.inertia) for k in ks}
