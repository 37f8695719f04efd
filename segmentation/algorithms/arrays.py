"""Where the products of a sweep are computed: numpy on the processor's cores, or torch on a GPU.

Both know the same few steps, so that what is built on them is written once. A chunk of rows carries a column
of ones, so that one product gives a centroid's squared length - 2 x row . centroid, and one sum the counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.kmeans import Rows

Array = Any
"""numpy's or torch's; what one of the two made, only it gets."""

Spans = Sequence[slice]
"""The rows of a table of centroids that belong together."""


class Arrays(Protocol):
    """The steps of a sweep on one chunk of rows; what is passed between them stays where it was computed."""

    chunk_rows: int
    workers: int | None

    def hold(self, matrix: Rows) -> Array:
        """Bring a matrix to where it is computed on."""

    def chunk(self, held: Array, rows: slice, mean: np.ndarray) -> Array:
        """Return these rows as float32, less the mean, and a column of ones."""

    def nearest(self, table: np.ndarray, spans: Spans, chunk: Array) -> tuple[Array, np.ndarray]:
        """Return for each span its centroid with the smallest product (spans, m), and the products."""

    def sums(
        self, table: np.ndarray, spans: Spans, chunk: Array, labels: Array, weights: Array
    ) -> np.ndarray:
        """Return the sum of the rows nearest to each centroid, times their weights, float32 (K, d + 1)."""

    def host(self, labels: Array) -> np.ndarray:
        """Bring labels back, uint8."""


class OnCores:
    """numpy, a chunk that stays in the cache on each core."""

    chunk_rows = 2_048
    workers: int | None = None

    def hold(self, matrix: Rows) -> Rows:
        """Keep the matrix as it is, or bring it to the device once."""
        return matrix

    def chunk(self, held: Rows, rows: slice, mean: np.ndarray) -> np.ndarray:
        """Centre the rows and put the ones beside them."""
        chosen = held[rows]
        chunk = np.ones((len(chosen), chosen.shape[1] + 1), dtype=np.float32)
        np.subtract(chosen, mean, out=chunk[:, :-1])
        return chunk

    def nearest(self, table: np.ndarray, spans: Spans, chunk: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Find the smallest along the slow axis by vector operations; the first of equals wins."""
        products = table @ chunk.T
        best = np.empty((len(spans), len(chunk)), dtype=np.float32)
        labels = np.empty((len(spans), len(chunk)), dtype=np.uint8)
        for position, span in enumerate(spans):
            part = products[span]
            np.minimum.reduce(part, axis=0, out=best[position])
            from_last = np.arange(len(part))[::-1, None].astype(np.uint8)
            hits = np.equal(part, best[position]).view(np.uint8)
            np.maximum.reduce(np.multiply(hits, from_last, out=hits), axis=0, out=labels[position])
            np.subtract(np.uint8(len(part) - 1), labels[position], out=labels[position])
        return labels, best

    def sums(
        self,
        table: np.ndarray,
        spans: Spans,
        chunk: np.ndarray,
        labels: np.ndarray,
        weights: np.ndarray | None,
    ) -> np.ndarray:
        """Sum by a sparse product: each row is added to its centroids while it is in the cache."""
        count = len(spans)
        first = np.array([span.start for span in spans], dtype=np.int32)
        indices = (labels.T + first).ravel()
        values = np.ones(1) if weights is None else weights
        data = np.repeat(values.astype(np.float32), len(indices) // len(values))
        ends = np.arange(0, len(indices) + 1, count, dtype=np.int32)
        return np.asarray(sp.csc_array((data, indices, ends), shape=(len(table), len(chunk))) @ chunk)

    def host(self, labels: np.ndarray) -> np.ndarray:
        """Bring labels back."""
        return labels


class OnTorch:
    """torch: `device` is cuda, mps or cpu; sums by a product with ones and zeros, the same on every run."""

    chunk_rows = 65_536
    workers: int | None = 1

    def __init__(self, device: str) -> None:
        import torch

        self._torch, self._device = torch, device

    def hold(self, matrix: Rows) -> Array:
        """Keep the matrix as it is, or bring it to the device once."""
        return self._put(matrix)

    def chunk(self, held: Array, rows: slice, mean: np.ndarray) -> Array:
        """Centre the rows and put the ones beside them."""
        chosen = held[rows]
        return self._torch.hstack([chosen - self._put(mean), chosen.new_ones((len(chosen), 1))])

    def nearest(self, table: np.ndarray, spans: Spans, chunk: Array) -> tuple[Array, np.ndarray]:
        """Find the smallest of each span."""
        products = self._put(table) @ chunk.T
        found = [products[span].min(dim=0) for span in spans]
        best = self._torch.stack([one.values for one in found])
        return self._torch.stack([one.indices for one in found]), best.cpu().numpy()

    def sums(
        self, table: np.ndarray, spans: Spans, chunk: Array, labels: Array, weights: Array
    ) -> np.ndarray:
        """Sum by a product with ones and zeros."""
        first = self._torch.tensor([span.start for span in spans], device=self._device)
        belongs = chunk.new_zeros((len(table), len(chunk)))
        values = 1.0 if weights is None else self._put(weights).expand(labels.shape)
        belongs.scatter_(0, labels + first[:, None], values)
        return np.asarray((belongs @ chunk).cpu().numpy())

    def host(self, labels: Array) -> np.ndarray:
        """Bring labels back."""
        return np.asarray(labels.to(self._torch.uint8).cpu().numpy())

    def _put(self, values: Rows) -> Array:
        return self._torch.as_tensor(np.ascontiguousarray(values, dtype=np.float32), device=self._device)
