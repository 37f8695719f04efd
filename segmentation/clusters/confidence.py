"""How likely each customer keeps the segment when others are drawn and the segments are found anew."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from segmentation.algorithms import kmeans
from segmentation.algorithms.lloyd import Points, assign
from segmentation.clusters.stability import Recovery

LIKELIHOODS = np.linspace(0, 1, 101)
ROUNDS = 500


def confidences(
    matrix: np.ndarray, labels: Mapping[int, np.ndarray], recovery: Mapping[int, Recovery]
) -> dict[int, np.ndarray]:
    """Return for every k with what probability each customer keeps the segment, float32 (n,).

    All customers are assigned to what each re-sample found, in one pass for all k, and counted.
    """
    kept = times_kept(matrix, labels, recovery)
    return {k: keeping(np.bincount(kept[k], minlength=recovery[k].resamples + 1))[kept[k]] for k in recovery}


def times_kept(
    matrix: np.ndarray, labels: Mapping[int, np.ndarray], recovery: Mapping[int, Recovery]
) -> dict[int, np.ndarray]:
    """Count for every k in how many of its re-samples each customer keeps the segment, uint8 or wider (n,).

    :param matrix: float32 (n, d).
    """
    ks = list(recovery)
    found = [one for k in ks for one in recovery[k].found]
    ends = np.cumsum([0, *(recovery[k].resamples for k in ks)])
    dtype = np.min_scalar_type(max(recovery[k].resamples for k in ks))
    counts = {k: np.empty(len(matrix), dtype=dtype) for k in ks}
    with kmeans.cores() as run:
        for rows, nearest in assign(Points.of(matrix), [one.centroids for one in found], run):
            for place, k in enumerate(ks):
                some = range(ends[place], ends[place + 1])
                own = labels[k][rows]
                counts[k][rows] = sum(found[one].segments[nearest[one]] == own for one in some)
    return counts


def keeping(customers: np.ndarray) -> np.ndarray:
    """Return the probability of keeping the segment that so many times kept speak for, float32 (r + 1,).

    A share of few re-samples errs by chance: who kept it in all of 20 may yet lose it in the next. So it is
    the mean of the probabilities that all customers together make likely (empirical Bayes: a mixture of
    binomials fitted by maximum likelihood, Kiefer and Wolfowitz 1956, by EM). Neighbours share their fate in
    a re-sample, so that of 20 re-samples a low probability is still told up to 0.1 too low; of 100 it is not.

    :param customers: how many kept it 0, 1, ... r times, (r + 1,).
    """
    from scipy.stats import binom

    times = np.arange(len(customers))
    chances = np.asarray(binom.pmf(times[:, None], len(customers) - 1, LIKELIHOODS))
    weights = np.full(len(LIKELIHOODS), 1 / len(LIKELIHOODS))
    share = customers / max(1, customers.sum())
    for _ in range(ROUNDS):
        weights = weights * (chances.T @ (share / np.maximum(chances @ weights, 1e-300)))
    return ((chances @ (weights * LIKELIHOODS)) / np.maximum(chances @ weights, 1e-300)).astype(np.float32)
