"""The sweep of k = 2 to 20 at 1, 10 and 50 million rows of 64, and 50 million assigned to 12 centroids.

Ours begins with the rows in main memory and brings them to the device; the peers find them there, which is
what their own figures count. The quality is the worst inertia of all k over the best that any way found.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import numpy as np
from labels import beside_ties
from matrices import DIMENSIONS, PEERS, Centroids, blobs, distances, inertia
from setting import DEVICE, OURS, SCALE, Row, ceiling, say, scaled, seconds, telling, wait

SIZES = (1_000_000, 10_000_000, 50_000_000)
KS = range(2, 21) if SCALE == 1 else range(2, 4)
TO, ROUNDS, LOOKED_AT = min(12, KS[-1]), 5, 100_000
SWEEP = f"k = {KS[0]} to {KS[-1]}"


def main() -> None:
    """Measure each size, and the assignment at the largest."""
    warm_up()
    for size in SIZES:
        rows = scaled(size, 4_000)
        with telling(f"{SWEEP}, {rows:,} × {DIMENSIONS}", "the rows"):
            compare(rows, assigning=size == SIZES[-1])


def warm_up() -> None:
    """Let libraries load, and compile what they compile, before anything is timed."""
    import torch

    few = blobs(2_000, DEVICE)
    sweep_ours(few, {})
    for peer in PEERS.values():
        with suppress(Exception):  # what a peer lacks is told with its rows
            peer(torch.from_numpy(few).to(DEVICE), KS[:2])


def compare(rows: int, assigning: bool) -> None:
    """Measure all ways on the same rows."""
    import torch

    what, matrix = f"{SWEEP}, {rows:,} × {DIMENSIONS}", blobs(rows, DEVICE)
    about: dict[str, int] = {}
    took, ours = timed(lambda: sweep_ours(matrix, about))
    say(Row(what, OURS, took, "s", why=f"{about['rounds']} rounds over all rows"))
    took, held = timed(lambda: torch.from_numpy(matrix).to(DEVICE))
    say(Row(what, f"{OURS}, of it to bring the rows", took, "s"))
    found = {OURS: ours}
    for way, peer in PEERS.items():
        with telling(what, way):
            took, found[way] = timed(lambda peer=peer: peer(held, KS))
            say(Row(what, way, took, "s"))
    for way, worst in quality(held, found).items():
        say(Row(what, way, worst, "worst inertia / best"))
    roofline(what, rows, about["rounds"])
    if assigning:
        assignment(matrix, held, ours[TO])


def timed(work: Any) -> tuple[float, Any]:
    """Return the seconds and the answer."""
    wait()
    began = time.perf_counter()
    answer = work()
    wait()
    return time.perf_counter() - began, answer


def sweep_ours(matrix: np.ndarray, about: dict[str, int]) -> Centroids:
    """Sweep with labels; count the rounds over all rows."""
    from segmentation.algorithms.arrays import OnTorch
    from segmentation.algorithms.sweep import STEPS, sweep

    told: list[int] = []
    fits = sweep(matrix, KS, 0, len(matrix), told.append, OnTorch(DEVICE))
    about["rounds"] = told.count(STEPS)
    return {fit.k: fit.centroids for fit in fits}


def quality(held: Any, found: dict[str, Centroids]) -> dict[str, float]:
    """Return the worst inertia of each way over the best of any."""
    sums = {way: {k: inertia(held, one) for k, one in some.items()} for way, some in found.items()}
    best = {k: min(one[k] for one in sums.values() if k in one) for k in KS}
    return {way: max(one[k] / best[k] for k in one) for way, one in sums.items()}


def roofline(what: str, rows: int, rounds: int) -> None:
    """Tell how long the bytes and the products of so many rounds over all rows take at least."""
    copied, product = ceiling("copy"), ceiling("product float32")
    if copied and product:
        moved = rounds * rows * DIMENSIONS * 4 / (copied * 1e9)
        counted = rounds * 2 * rows * sum(KS) * DIMENSIONS / (product * 1e12)
        why = f"{rounds} rounds: reading {moved:.4f} s at {copied:.0f} GB/s, float32 products {counted:.4f} s"
        say(Row(what, "limit: the larger of both", max(moved, counted), "s", why=why))


def assignment(matrix: np.ndarray, held: Any, centroids: np.ndarray) -> None:
    """Assign all rows to the centroids, with the rows on the device, labels brought back."""
    import torch

    from segmentation.algorithms.arrays import OnTorch
    from segmentation.algorithms.kmeans import find_nearest
    from segmentation.algorithms.lloyd import Points, assign

    what = f"{len(matrix):,} × {DIMENSIONS} to {TO} centroids"
    points = Points(matrix, centroids.mean(axis=0), np.empty(0), None, OnTorch(DEVICE), held)
    labels, there = np.empty(len(matrix), dtype=np.uint8), torch.as_tensor(centroids, device=DEVICE)

    def ours() -> None:
        for rows, nearest in assign(points, [centroids]):
            labels[rows] = nearest[0]

    def plain() -> None:
        for rows, nearest, _ in distances(held, there):
            labels[rows] = nearest.to(torch.uint8).cpu().numpy()

    say(Row(what, f"{OURS}, torch", seconds(ours, ROUNDS), "s"))
    some = np.random.default_rng(0).integers(0, len(matrix), min(LOOKED_AT, len(matrix)))
    wrong = beside_ties(matrix[some], centroids, labels[some])
    say(Row(what, f"{OURS}, rows not with the nearest", wrong, "", wrong == 0, f"of {len(some):,} looked at"))
    say(Row(what, "torch, a product and a minimum", seconds(plain, ROUNDS), "s"))
    part = matrix[: max(1_000, len(matrix) // 50)]
    exact = seconds(lambda: find_nearest(part, centroids)) * len(matrix) / len(part)
    say(Row(what, f"{OURS}, exact on the cores", exact, "s", why=f"from {len(part):,} rows"))
    if copied := ceiling("copy"):
        least = matrix.nbytes / (copied * 1e9)
        say(Row(what, "limit: the rows read once", least, "s", why=f"at {copied:.0f} GB/s"))


if __name__ == "__main__":
    main()
