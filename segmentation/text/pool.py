"""From vectors of texts to a vector per customer: smooth, average, centre, reduce, shrink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.kmeans import on_all_cores
from segmentation.algorithms.neighbours import neighbour_means, unit_rows
from segmentation.algorithms.pca import leading_axes
from segmentation.algorithms.split_halves import Reliability, split_half_reliability

DIMENSIONS = 64
_NEIGHBOURS = 10
_TEXTS_PER_NEIGHBOUR = 50
_REFERENCE_TEXTS = 20_000
_CUSTOMERS_AT_ONCE = 16_384
_LARGEST_KAPPA = 100.0
_EMPTY = 1e-9
"""A direction with less than this share of the largest one's variance holds nothing but rounding."""


@dataclass(frozen=True)
class Pooled:
    """A row per customer: `vectors` float32 (n, p), centred and shrunk by items / (items + kappa).

    Rows without text are zero. `texts` (m, p) are the texts in the same directions; `items` (n,) is
    (sum of weights)^2 / sum of squared weights, 0 without text.
    """

    vectors: np.ndarray
    texts: np.ndarray
    items: np.ndarray
    kappa: float


def smooth(vectors: np.ndarray) -> np.ndarray:
    """Replace each text's vector by the mean of its 10 nearest, after PCA to 64 dimensions and renormalising.

    Unit rows (n, d) give unit rows (n, d) that lie in the 64 main directions. The neighbours are looked for
    among at most 20,000 texts, spread evenly; fewer than 500 texts have fewer neighbours, one per 50.
    """
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    axes = principal_axes(centred.T @ centred, DIMENSIONS)
    reduced = unit_rows(np.ascontiguousarray(centred @ axes))
    every = -(-len(reduced) // _REFERENCE_TEXTS) or 1
    count = max(1, min(_NEIGHBOURS, len(reduced) // _TEXTS_PER_NEIGHBOUR))
    return neighbour_means(reduced, count, reduced[::every]) @ axes.T


def centre_by_customers(vectors: np.ndarray, weights: sp.csr_matrix) -> np.ndarray:
    """Subtract the mean over customers, so that merely having such a text is no taste."""
    shares = _shares(weights)
    customers = max(1, int((shares.getnnz(axis=1) > 0).sum()))
    mean = np.asarray(shares.sum(axis=0)).ravel() @ vectors / customers
    return (vectors - mean).astype(np.float32)


def pool(vectors: np.ndarray, weights: sp.csr_matrix) -> Pooled:
    """Average the vectors (m, d) of customers' texts by `weights` (n, m); centre, reduce to 64, shrink."""
    shares = _shares(weights)
    present = shares.getnnz(axis=1) > 0
    items = effective_items(weights)
    centred = centre_by_customers(vectors, weights)
    narrow = _without_empty_directions(centred)
    axes = principal_axes(_covariance(shares, narrow), DIMENSIONS)
    reduced = np.ascontiguousarray(narrow @ axes)
    means = np.vstack(list(_blocks(shares, reduced)))
    kappa = estimate_kappa(reduced, means, shares, items)
    factor = np.where(present, items / np.maximum(items + kappa, 1e-12), 0.0)
    return Pooled((means * factor[:, None]).astype(np.float32), reduced, items, kappa)


def taste_of(texts: np.ndarray, halves: tuple[sp.csr_matrix, sp.csr_matrix]) -> Reliability:
    """Say how alike customers' mean texts (m, p) are by two halves of what they bought, (n, m) each."""
    both = np.flatnonzero((halves[0].getnnz(axis=1) > 0) & (halves[1].getnnz(axis=1) > 0))
    one, other = (mean_texts(texts, half[both]) for half in halves)
    return split_half_reliability(one, other)


def mean_texts(texts: np.ndarray, weights: sp.csr_matrix) -> np.ndarray:
    """Return the mean of texts (m, p) by each row of weights (n, m), float64 (n, p); zero without any."""
    return np.asarray(_shares(weights) @ texts, dtype=np.float64)


def effective_items(weights: sp.csr_matrix) -> np.ndarray:
    """Return (sum of weights)^2 / sum of squared weights per row: n equal weights count as n."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    squares = np.asarray(weights.power(2).sum(axis=1)).ravel()
    return np.divide(total**2, squares, out=np.zeros_like(total), where=squares > 0)


def estimate_kappa(vectors: np.ndarray, means: np.ndarray, shares: sp.csr_matrix, items: np.ndarray) -> float:
    """Return within-customer over between-customer variance of the items, from 0 to 100.

    Both by moments: a mean of `items` items carries within / items of noise. Without any customer of two
    items nothing is known and nothing is shrunk: 0.
    """
    present = items > 0
    freedom = float((1 - 1 / items[present]).sum())
    if freedom < 1e-6:
        return 0.0
    norms = np.einsum("ij,ij->i", means, means, dtype=np.float64)
    spread = shares @ np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64) - norms
    within = float(np.maximum(spread[present], 0).sum()) / freedom
    between = float(norms[present].mean()) - within * float((1 / items[present]).mean())
    return min(_LARGEST_KAPPA, within / between) if between > 0 else _LARGEST_KAPPA


def principal_axes(covariance: np.ndarray, count: int) -> np.ndarray:
    """Return the eigenvectors of the largest eigenvalues as float32 (d, count)."""
    return leading_axes(covariance, count)[1].astype(np.float32)


def _shares(weights: sp.csr_matrix) -> sp.csr_matrix:
    """Scale each row to sum 1, float32; rows without text stay empty."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    values = (weights.data * np.repeat(inverse, np.diff(weights.indptr))).astype(np.float32)
    return sp.csr_matrix((values, weights.indices, weights.indptr), shape=weights.shape)


def _without_empty_directions(vectors: np.ndarray) -> np.ndarray:
    """Turn the texts so that directions in which none of them reaches anywhere can be left out.

    Smoothed texts fill 64 of 384; the products with customers then cost a sixth.
    """
    values, axes = leading_axes(vectors.T @ vectors, vectors.shape[1])
    filled = max(DIMENSIONS, int((values > _EMPTY * values[0]).sum()))
    return np.ascontiguousarray(vectors @ axes[:, :filled].astype(np.float32))


def _covariance(shares: sp.csr_matrix, vectors: np.ndarray) -> np.ndarray:
    """Sum the outer products of the customers' means, a block of customers at a time."""
    total = np.zeros((vectors.shape[1], vectors.shape[1]))
    for means in _blocks(shares, vectors):
        total += means.T @ means
    return total


def _blocks(shares: sp.csr_matrix, vectors: np.ndarray) -> Iterator[np.ndarray]:
    def product(start: int) -> np.ndarray:
        return np.asarray(shares[start : start + _CUSTOMERS_AT_ONCE] @ vectors)

    return on_all_cores(product, range(0, shares.shape[0], _CUSTOMERS_AT_ONCE))
