"""Rankings: the best places of each row, and how well they foretell what came."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

SAMPLES = 1_000
"""How often the bootstrap draws."""


def top_places(scores: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns (n, count) with the highest scores of each row, best first, and these scores.

    Of equal scores the lower column comes first; a score of minus infinity is no candidate: column -1.
    """
    count = min(count, scores.shape[1])
    places = np.argpartition(scores, scores.shape[1] - count, axis=1)[:, scores.shape[1] - count :]
    _settle_ties(scores, places)
    values = np.take_along_axis(scores, places, axis=1)
    order = np.lexsort((places, -values), axis=1)
    places, values = (np.take_along_axis(one, order, axis=1) for one in (places, values))
    return np.where(np.isneginf(values), -1, places), values


def _settle_ties(scores: np.ndarray, places: np.ndarray) -> None:
    """Take the lower columns where more have the last score that is taken than there is room for."""
    taken = np.take_along_axis(scores, places, axis=1)
    last = taken.min(axis=1, keepdims=True)
    more = (scores == last).sum(axis=1) > (taken == last).sum(axis=1)
    rows = np.flatnonzero(more & ~np.isneginf(last[:, 0]))
    places[rows] = np.argsort(-scores[rows], axis=1, kind="stable")[:, : places.shape[1]]


def hits_of(places: np.ndarray, truth: sp.csr_matrix) -> np.ndarray:
    """Say of each place (n, count) whether it came true, bool; `truth` (n, m) has an entry where it did."""
    rows, columns = truth.nonzero()
    came = rows.astype(np.int64) * truth.shape[1] + columns
    keys = np.arange(len(places))[:, None] * truth.shape[1] + places
    return np.isin(keys, came) & (places >= 0)


def bootstrap_ends(values: np.ndarray, seed: int) -> list[tuple[float, float]]:
    """Return the ends of the interval of 95 % of the mean of each column (n, m), rows drawn anew together.

    Efron and Tibshirani 1993, "An Introduction to the Bootstrap": percentiles of 1,000 samples.
    """
    rows, rng = len(values), np.random.default_rng(seed)
    if not rows:
        return [(float("nan"), float("nan"))] * values.shape[1]
    drawn = [rng.multinomial(rows, np.full(rows, 1 / rows), size=100) @ values for _ in range(SAMPLES // 100)]
    low, high = np.percentile(np.vstack(drawn) / rows, (2.5, 97.5), axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def hit_rate(hits: np.ndarray) -> float:
    """Return the share of rows (0..1) with at least one hit."""
    return float(hits.any(axis=1).mean()) if len(hits) else float("nan")


def ndcg(hits: np.ndarray, wanted: np.ndarray) -> float:
    """Return the mean normalised discounted cumulative gain (0..1), a hit at rank r counting 1 / log2(r + 1).

    Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20.

    :param wanted: how many items came true of each row (n,), at least 1.
    """
    if not len(hits):
        return float("nan")
    discounts = 1 / np.log2(np.arange(2, hits.shape[1] + 2))
    ideal = np.cumsum(discounts)[np.minimum(wanted, hits.shape[1]) - 1]
    return float(((hits @ discounts) / ideal).mean())
