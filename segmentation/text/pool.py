"""From vectors of texts to a vector per customer: smooth, average, centre, reduce, shrink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
class Smoothing:
    """What replaces a text's vector by the mean of its `count` nearest among texts that are kept for it.

    `mean` (d,) and `axes` (d, 64) lead to the main directions; `reference` (r, 64) float32 are the texts in
    them, of unit length, and `hashes` uint64 (r,) tells which texts they are.
    """

    mean: np.ndarray
    axes: np.ndarray
    reference: np.ndarray
    hashes: np.ndarray
    count: int

    def reduce(self, vectors: np.ndarray) -> np.ndarray:
        """Bring vectors (n, d) into the main directions, unit rows (n, 64)."""
        return unit_rows(np.ascontiguousarray((vectors - self.mean) @ self.axes))

    def smooth(self, vectors: np.ndarray) -> np.ndarray:
        """Replace unit rows (n, d) by unit rows (n, d) that lie in the 64 main directions."""
        return neighbour_means(self.reduce(vectors), self.count, self.reference) @ self.axes.T


@dataclass(frozen=True)
class Directions:
    """The directions in which customers' texts differ most, and how much few items are shrunk.

    A vector (d,) less `mean` gets there by `turn` (d, f) and then `axes` (f, p).
    """

    mean: np.ndarray
    turn: np.ndarray
    axes: np.ndarray
    kappa: float

    def reduce(self, vectors: np.ndarray) -> np.ndarray:
        """Bring texts (m, d) into these directions, (m, p)."""
        centred = (vectors - self.mean).astype(np.float32)
        return np.ascontiguousarray(np.ascontiguousarray(centred @ self.turn) @ self.axes)

    def pool(self, texts: np.ndarray, weights: sp.csr_matrix) -> np.ndarray:
        """Average reduced texts (m, p) by `weights` (n, m) and shrink them, float32 (n, p)."""
        means = np.vstack(list(_blocks(_shares(weights), texts)))
        return _shrunk(means, effective_items(weights), self.kappa)


@dataclass(frozen=True)
class Pooled:
    """A row per customer: `vectors` float32 (n, p), centred and shrunk by items / (items + kappa).

    Rows without text are zero. `texts` (m, p) are the texts in the same directions; `items` (n,) is
    (sum of weights)^2 / sum of squared weights, 0 without text. `directions` bring others there, too.
    """

    vectors: np.ndarray
    texts: np.ndarray
    items: np.ndarray
    directions: Directions

    @property
    def kappa(self) -> float:
        """How many items make a customer's mean half the customer's own."""
        return self.directions.kappa


def learn_smoothing(vectors: np.ndarray, hashes: np.ndarray) -> Smoothing:
    """Learn to replace each text's vector by the mean of its 10 nearest, in the 64 main directions.

    The neighbours are looked for among at most 20,000 texts, spread evenly; fewer than 500 texts have fewer
    neighbours, one per 50.

    :param vectors: unit rows (n, d); `hashes` (n,) of the same texts.
    """
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    axes = principal_axes(centred.T @ centred, DIMENSIONS)
    every = -(-len(vectors) // _REFERENCE_TEXTS) or 1
    count = max(1, min(_NEIGHBOURS, len(vectors) // _TEXTS_PER_NEIGHBOUR))
    bare = Smoothing(mean, axes, np.empty((0, axes.shape[1]), dtype=np.float32), hashes[::every], count)
    # All of them are reduced together: products of other shapes round otherwise.
    return replace(bare, reference=bare.reduce(vectors)[::every])


def mean_by_customers(vectors: np.ndarray, weights: sp.csr_matrix) -> np.ndarray:
    """Return the mean over customers of vectors (m, d), (d,): merely having such a text is no taste."""
    shares = _shares(weights)
    customers = max(1, int((shares.getnnz(axis=1) > 0).sum()))
    return np.asarray(shares.sum(axis=0)).ravel() @ vectors / customers


def pool(vectors: np.ndarray, weights: sp.csr_matrix) -> Pooled:
    """Average the vectors (m, d) of customers' texts by `weights` (n, m); centre, reduce to 64, shrink."""
    shares, items = _shares(weights), effective_items(weights)
    mean = mean_by_customers(vectors, weights)
    turn = _filled_directions((vectors - mean).astype(np.float32))
    narrow = np.ascontiguousarray((vectors - mean).astype(np.float32) @ turn)
    axes = principal_axes(_covariance(shares, narrow), DIMENSIONS)
    reduced = np.ascontiguousarray(narrow @ axes)
    means = np.vstack(list(_blocks(shares, reduced)))
    directions = Directions(mean, turn, axes, estimate_kappa(reduced, means, shares, items))
    return Pooled(_shrunk(means, items, directions.kappa), reduced, items, directions)


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


def _shrunk(means: np.ndarray, items: np.ndarray, kappa: float) -> np.ndarray:
    factor = np.where(items > 0, items / np.maximum(items + kappa, 1e-12), 0.0)
    return (means * factor[:, None]).astype(np.float32)


def principal_axes(covariance: np.ndarray, count: int) -> np.ndarray:
    """Return the eigenvectors of the largest eigenvalues as float32 (d, count)."""
    return leading_axes(covariance, count)[1].astype(np.float32)


def _shares(weights: sp.csr_matrix) -> sp.csr_matrix:
    """Scale each row to sum 1, float32; rows without text stay empty."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    values = (weights.data * np.repeat(inverse, np.diff(weights.indptr))).astype(np.float32)
    return sp.csr_matrix((values, weights.indices, weights.indptr), shape=weights.shape)


def _filled_directions(vectors: np.ndarray) -> np.ndarray:
    """Return what turns texts (m, d) so that directions in which none reaches anywhere are left out, (d, f).

    Smoothed texts fill 64 of 384; the products with customers then cost a sixth.
    """
    values, axes = leading_axes(vectors.T @ vectors, vectors.shape[1])
    filled = max(DIMENSIONS, int((values > _EMPTY * values[0]).sum()))
    return axes[:, :filled].astype(np.float32)


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
