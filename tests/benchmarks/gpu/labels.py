"""Check: the sweep on the device gives the processor's segments, and the same ones again."""

from __future__ import annotations

import numpy as np
from matrices import blobs
from setting import DEVICE, OURS, SCALE, Row, say, scaled

KS = (2, 3, 5, 8, 12, 15, 20) if SCALE == 1 else (2, 3)
TIE = 1e-4
"""Squared distances that differ by less than this share of them are equal in float32."""
AS_GOOD = 1e-3
WAY = f"{OURS}, torch on {DEVICE}"


def beside_ties(matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> int:
    """Count the rows that are not with the centroid that is nearest in double precision, ties left out."""
    exact = matrix.astype(np.float64)
    squares = np.stack([((exact - one) ** 2).sum(axis=1) for one in centroids.astype(np.float64)])
    own = squares[labels, np.arange(len(labels))]
    return int((own > squares.min(axis=0) * (1 + TIE)).sum())


def main() -> None:
    """Compare labels, centroids and inertia."""
    from segmentation.algorithms.arrays import OnCores, OnTorch
    from segmentation.algorithms.sweep import sweep

    matrix = blobs(scaled(200_000, 4_000), "cpu")
    what = f"sweep of {len(matrix):,} × {matrix.shape[1]}"
    here = sweep(matrix, KS, 0, len(matrix), arrays=OnCores())
    there, again = (sweep(matrix, KS, 0, len(matrix), arrays=OnTorch(DEVICE)) for _ in "ab")
    for one, other in zip(here, there, strict=True):
        wrong = beside_ties(matrix, other.centroids, other.labels)
        say(Row(f"{what}, k = {one.k}", f"{WAY}, rows not with the nearest", wrong, "", wrong == 0))
        worse = other.inertia / one.inertia - 1
        alike = f"{(one.labels == other.labels).mean():.4%} of the labels are the processor's"
        say(Row(f"{what}, k = {one.k}", f"{WAY}, inertia above", worse, "", abs(worse) < AS_GOOD, alike))
    same = all(
        np.array_equal(one.labels, other.labels) and np.array_equal(one.centroids, other.centroids)
        for one, other in zip(there, again, strict=True)
    )
    say(Row(what, f"{WAY}, again", right=same, why="the same bits the second time"))


if __name__ == "__main__":
    main()
