"""How much each column says about an outcome by itself, and the weight that it gets for that."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

BINS = 10
FOLDS = 5
SHUFFLES = 20
"""Times the outcome is shuffled; a column counts only if it does better than the best of any shuffle."""

FLOOR = 0.05
"""What a column without relevance keeps of its weight, relative to the most relevant one."""

MOST = 0.4
"""No column gets more than this share of the whole variance (more where there are few columns)."""


def relevance(columns: np.ndarray, outcome: np.ndarray, seed: int) -> np.ndarray:
    """Return the share of the outcome's variance that each column explains of rows held out, float64 (d,).

    Each column is cut into tenths, and the means of four fifths of the rows foretell the last fifth; 0 for
    columns that do no better than the best column does with a shuffled outcome.

    :param columns: (n, d), without gaps.
    :param outcome: (n,), without gaps.
    """
    rng = np.random.default_rng(seed)
    folds = rng.permutation(len(outcome)) % FOLDS
    tried = np.stack([outcome, *(rng.permutation(outcome) for _ in range(SHUFFLES))], axis=1)
    found = np.array([_held_out_shares(column, folds, tried) for column in columns.T])
    return np.where(found[:, 0] > np.maximum(found[:, 1:].max(), 0.0), found[:, 0], 0.0)


def guided_shares(base: np.ndarray, relevant: np.ndarray) -> np.ndarray:
    """Share out the same variance by relevance: base shares (d,) and relevance (d,) give new shares (d,).

    Some column must have relevance. What exceeds the largest share allowed goes to the others.
    """
    whole = base.sum()
    most = max(MOST, 2.0 / len(base)) * whole
    pull = base * (FLOOR + relevant / relevant.max())
    shares = pull * (whole / pull.sum())
    full = np.zeros(len(base), dtype=bool)
    while (shares > most * (1 + 1e-9)).any():
        full |= shares > most
        shares = np.where(full, most, pull * ((whole - most * full.sum()) / pull[~full].sum()))
    return shares


def _held_out_shares(column: np.ndarray, folds: np.ndarray, outcomes: np.ndarray) -> np.ndarray:
    """Return the held-out share that one column explains of each of the outcomes (n, m), from sums alone."""
    edges = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1]))
    bins = np.searchsorted(edges, column)
    cells = bins * FOLDS + folds
    shape = (BINS, FOLDS, 1)
    place = sp.csr_matrix((np.ones(len(cells)), (cells, np.arange(len(cells)))), (BINS * FOLDS, len(cells)))
    counts = np.bincount(cells, minlength=BINS * FOLDS).reshape(shape).astype(np.float64)
    sums = (place @ outcomes).reshape(BINS, FOLDS, -1)
    squares = (outcomes**2).sum(axis=0)
    errors = _squared_errors(counts, sums, squares)
    without = _squared_errors(counts.sum(axis=0, keepdims=True), sums.sum(axis=0, keepdims=True), squares)
    return 1 - errors / np.where(without > 0, without, 1.0)


def _squared_errors(counts: np.ndarray, sums: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """Sum the squared errors with which the other folds' means foretell each fold."""
    others = counts.sum(axis=1, keepdims=True) - counts
    overall = (sums.sum(axis=(0, 1)) / counts.sum())[None, None, :]
    means = (sums.sum(axis=1, keepdims=True) - sums) / np.maximum(others, 1.0)
    means = np.where(others > 0, means, overall)
    errors: np.ndarray = squares + (counts * means**2 - 2 * means * sums).sum(axis=(0, 1))
    return errors
