"""Where the products of a sweep are computed: numpy on the processor's cores, or torch on a GPU.

Both know the same few steps, so that what is built on them is written once. A chunk of rows carries a column
of ones, so that one product gives a centroid's squared length - 2 x row . centroid, and one sum the counts.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.kmeans import Rows
from segmentation.device import Device, free_cached_memory, is_out_of_memory

log = logging.getLogger(__name__)

Array = Any
"""numpy's or torch's; what one of the two made, only it gets."""

Spans = Sequence[slice]
"""The rows of a table of centroids that belong together."""

_BYTES_PER_ROW = 8_192
"""What the products of a row with as many centroids as go at once take, and what follows from them."""


class Arrays(Protocol):
    """The steps of a sweep on one chunk of rows; what is passed between them stays where it was computed.

    `by_cores` tells whether several chunks are worked on at a time.
    """

    chunk_rows: int
    by_cores: bool

    def hold(self, matrix: Rows) -> Array:
        """Bring a matrix to where it is computed on, or leave it here where it has no room there."""

    def put(self, values: np.ndarray) -> Array:
        """Bring what all chunks meet to where it is computed on."""

    def measure(self, held: Array) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean of the rows (d,), and the squared distance of each to it (n,), float32."""

    def chunk(self, held: Array, rows: slice, mean: Array) -> Array:
        """Return these rows as float32, less the mean, and a column of ones."""

    def nearest(self, table: Array, spans: Spans, chunk: Array) -> tuple[Array, Array]:
        """Return for each span its centroid with the smallest product (spans, m), and the products."""

    def total(self, best: Array, weights: np.ndarray | None) -> np.ndarray:
        """Return the sum of each span's products, times the weights of the rows, float64 (spans,)."""

    def sums(
        self, table: Array, spans: Spans, chunk: Array, labels: Array, weights: np.ndarray | None
    ) -> np.ndarray:
        """Return the sum of the rows nearest to each centroid, times their weights, float32 (K, d + 1)."""

    def room(self, count: int) -> Array:
        """Return room for the labels of so many rows, uint8."""

    def host(self, labels: Array) -> np.ndarray:
        """Bring labels back, uint8."""


class OnCores:
    """numpy, a chunk that stays in the cache on each core."""

    chunk_rows = 2_048
    by_cores = True

    def hold(self, matrix: Rows) -> Rows:
        """Keep the matrix as it is."""
        return matrix

    def put(self, values: np.ndarray) -> np.ndarray:
        """Keep the values as they are."""
        return values

    def measure(self, held: Rows) -> tuple[np.ndarray, np.ndarray]:
        """Measure how far each row is from the mean."""
        matrix = np.asarray(held)
        mean = matrix.mean(axis=0, dtype=np.float64).astype(np.float32)
        norms = np.empty(len(matrix), dtype=np.float32)
        for rows in chunks_of(len(matrix), self.chunk_rows):
            centred = matrix[rows] - mean
            norms[rows] = np.einsum("nd,nd->n", centred, centred)
        return mean, norms

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

    def total(self, best: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
        """Sum in double precision."""
        if weights is None:
            return np.asarray(best.sum(axis=1, dtype=np.float64))
        return np.asarray(best.astype(np.float64) @ weights)

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

    def room(self, count: int) -> np.ndarray:
        """Return room for labels."""
        return np.empty(count, dtype=np.uint8)

    def host(self, labels: np.ndarray) -> np.ndarray:
        """Bring labels back."""
        return labels


class OnTorch:
    """torch: `device` is cuda, mps or cpu; sums by a product with ones and zeros, the same on every run."""

    chunk_rows = 262_144
    by_cores = False

    def __init__(self, device: str) -> None:
        import torch

        self._torch, self._device = torch, Device(device)
        self._double = torch.float32 if self._device == Device.MPS else torch.float64  # Apple's has none

    def hold(self, matrix: Rows) -> Array:
        """Bring the matrix to the device once, if the work on a chunk has room beside it."""
        rows = min(len(matrix), self.chunk_rows)
        try:
            held = self.put(np.asarray(matrix))
            self._torch.empty(rows * _BYTES_PER_ROW, dtype=self._torch.uint8, device=self._device)
            return held
        except RuntimeError as error:
            if not is_out_of_memory(error):
                raise
            held = None
        free_cached_memory(self._device)
        log.warning("%s cannot hold %d rows: each round brings them anew", self._device, len(matrix))
        return np.asarray(matrix)

    def put(self, values: np.ndarray) -> Array:
        """Bring float32 to the device."""
        return self._torch.as_tensor(np.ascontiguousarray(values, dtype=np.float32), device=self._device)

    def measure(self, held: Array) -> tuple[np.ndarray, np.ndarray]:
        """Measure how far each row is from the mean."""
        chunks = chunks_of(len(held), self.chunk_rows)
        total = sum(self._rows(held, rows).sum(dim=0, dtype=self._double) for rows in chunks)
        mean = (total / max(1, len(held))).float()
        norms = [(self._rows(held, rows) - mean).square().sum(dim=1) for rows in chunks]
        return mean.cpu().numpy(), self._torch.cat(norms).cpu().numpy()

    def chunk(self, held: Array, rows: slice, mean: Array) -> Array:
        """Centre the rows and put the ones beside them."""
        chosen = self._rows(held, rows)
        return self._torch.hstack([chosen - mean, chosen.new_ones((len(chosen), 1))])

    def nearest(self, table: Array, spans: Spans, chunk: Array) -> tuple[Array, Array]:
        """Find the smallest of each span, of those of a length at once; the first of equals wins."""
        products = table @ chunk.T
        found = [products[rows].view(count, -1, len(chunk)).min(dim=1) for rows, count in _alike(spans)]
        best = self._torch.cat([one.values for one in found])
        return self._torch.cat([one.indices for one in found]), best

    def total(self, best: Array, weights: np.ndarray | None) -> np.ndarray:
        """Sum in double precision, where the device has it."""
        wide = best.to(self._double)
        totals = wide.sum(dim=1) if weights is None else wide @ self.put(weights).to(self._double)
        return np.asarray(totals.cpu().numpy(), dtype=np.float64)

    def sums(
        self, table: Array, spans: Spans, chunk: Array, labels: Array, weights: np.ndarray | None
    ) -> np.ndarray:
        """Sum by a product with ones and zeros."""
        belongs = chunk.new_zeros((len(table), len(chunk)))
        values = chunk.new_ones(len(chunk)) if weights is None else self.put(weights)
        alike = _alike(spans)
        for (rows, count), nearest in zip(alike, labels.split([many for _, many in alike]), strict=True):
            part = belongs[rows].view(count, -1, len(chunk))
            part.scatter_(1, nearest[:, None], values.expand(count, 1, -1))
        return np.asarray((belongs @ chunk).cpu().numpy())

    def room(self, count: int) -> Array:
        """Return room for labels, on the device."""
        return self._torch.empty(count, dtype=self._torch.uint8, device=self._device)

    def host(self, labels: Array) -> np.ndarray:
        """Bring labels back."""
        return np.asarray(labels.to(self._torch.uint8).cpu().numpy())

    def _rows(self, held: Array, rows: slice) -> Array:
        """Return these rows on the device, whether they are held there or here."""
        chosen = held[rows]
        return self.put(chosen) if isinstance(chosen, np.ndarray) else chosen


def _alike(spans: Spans) -> list[tuple[slice, int]]:
    """Join neighbouring spans of one length: the rows of them all, and how many spans they are."""
    runs = [list(run) for _, run in groupby(spans, key=lambda span: span.stop - span.start)]
    return [(slice(run[0].start, run[-1].stop), len(run)) for run in runs]


def chunks_of(rows: int, size: int) -> list[slice]:
    """Cut so many rows into chunks."""
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]
