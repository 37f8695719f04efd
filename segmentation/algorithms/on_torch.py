"""The steps of a sweep by torch, on a GPU that is given much at once."""

from __future__ import annotations

import logging

import numpy as np

from segmentation.algorithms.arrays import Array, Spans, chunks_of
from segmentation.algorithms.kmeans import Rows
from segmentation.device import Device, free_cached_memory, is_out_of_memory

log = logging.getLogger(__name__)

_BYTES_PER_ROW = 8_192
"""What the products of a row with as many centroids as go at once take, and what follows from them."""


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
        """Find the smallest of each span; the first of equals wins."""
        products = table @ chunk.T
        found = [products[span].min(dim=0) for span in spans]
        best = self._torch.stack([one.values for one in found])
        return self._torch.stack([one.indices for one in found]), best

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
        for span, nearest in zip(spans, labels, strict=True):
            belongs[span].scatter_(0, nearest[None], values[None])
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
