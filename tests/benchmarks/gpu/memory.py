"""Check: where memory ends, texts go in smaller batches, rows are brought anew, and it is said."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from labels import beside_ties
from matrices import blobs
from setting import DEVICE, OURS, Row, model, say, scaled, texts
from vectors import least_cosine

KS = (4, 9)
SMALLEST = 512


class Said(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())


@contextmanager
def only(more: int) -> Iterator[None]:
    """Let this process have so many bytes beside what it holds now."""
    import torch

    torch.cuda.empty_cache()
    whole = torch.cuda.get_device_properties(0).total_memory
    torch.cuda.set_per_process_memory_fraction((torch.cuda.memory_reserved() + more) / whole)
    try:
        yield
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
        torch.cuda.empty_cache()


@contextmanager
def full() -> Iterator[None]:
    """Fill the holes in what this process holds."""
    import torch

    held, size = [], 1 << 24
    while size >= SMALLEST:
        try:
            held.append(torch.empty(size, dtype=torch.uint8, device=DEVICE))
        except torch.OutOfMemoryError:
            size //= 2
    try:
        yield
    finally:
        held.clear()


def read_texts(said: Said) -> None:
    """Read with a quarter of the memory that the largest batches take, then with none."""
    import torch

    from segmentation.errors import DeviceError

    encoder, some = model(), texts("reviews", scaled(4_000))
    encoder.encode(some[:64])
    torch.cuda.reset_peak_memory_stats()
    held = torch.cuda.memory_allocated()
    exact = encoder.encode(some)
    takes = torch.cuda.max_memory_allocated() - held
    with only(takes // 4):
        cosine = least_cosine(encoder.encode(some), exact)
    why = f"{takes / 2**20:.0f} MiB, then a quarter; said: {'; '.join(said.lines) or 'nothing'}"
    right = bool(cosine >= 0.9999 and said.lines)
    say(Row("texts in little memory", OURS, cosine, "least cosine", right, why))
    with only(0), full():
        try:
            encoder.encode(some[:64])
            say(Row("texts in no memory", OURS, right=False, why="it read where nothing was left"))
        except DeviceError as error:
            say(Row("texts in no memory", OURS, right=True, why=str(error)))


def cluster(said: Said) -> None:
    """Sweep rows that have no room."""
    from segmentation.algorithms.arrays import OnTorch
    from segmentation.algorithms.sweep import sweep

    matrix = blobs(scaled(10_000_000), DEVICE)
    said.lines.clear()
    with only(matrix.nbytes * 4 // 5):
        fits = sweep(matrix, KS, 0, len(matrix), arrays=OnTorch(DEVICE))
    some = np.random.default_rng(0).integers(0, len(matrix), 50_000)
    wrong = sum(beside_ties(matrix[some], fit.centroids, fit.labels[some]) for fit in fits)
    why = f"{matrix.nbytes / 1e9:.1f} GB; said: {'; '.join(said.lines) or 'nothing'}"
    say(Row("rows without room", OURS, wrong, "wrong labels", wrong == 0 and bool(said.lines), why))


def main(parts: tuple[Any, ...] = (read_texts, cluster)) -> None:
    """Run both, where memory can be limited."""
    if DEVICE != "cuda":
        say(Row("little memory", OURS, why=f"the memory of “{DEVICE}” cannot be limited"))
        return
    said = Said()
    logging.getLogger("segmentation").addHandler(said)
    for part in parts:
        part(said)


if __name__ == "__main__":
    main()
