"""Rankings: the best places of each row, and how well they foretell what came."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp


def top_places(scores: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns (n, count) with the highest scores of each row, best first, and these scores.

    Of equal scores the lower column comes first; a score of minus infinity is no candidate: column -1.
    """
    count = min(count, scores.shape[1])
    places = np.argpartition(scores, scores.shape[1] - count, axis=1)[:, scores.shape[1] - count :]
    values = np.take_along_axis(scores, places, axis=1)
    order = np.lexsort((places, -values), axis=1)
    places, values = (np.take_along_axis(one, order, axis=1) for one in (places, values))
    return np.where(np.isneginf(values), -1, places), values


def hits_of(places: np.ndarray, truth: sp.csr_matrix) -> np.ndarray:
    """Say of each place (n, count) whether it came true, bool; `truth` (n, m) has an entry where it did."""
    rows, columns = truth.nonzero()
    came = rows.astype(np.int64) * truth.shape[1] + columns
    keys = np.arange(len(places))[:, None] * truth.shape[1] + places
    return np.isin(keys, came) & (places >= 0)


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
