"""Rows to cluster, made on the device, and the peers that cluster them there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from setting import left

DIMENSIONS, GROUPS, CHUNK = 64, 15, 1 << 20
ITERATIONS, TOLERANCE, SEEDING_ROWS = 25, 1e-4, 65_536
Centroids = dict[int, np.ndarray]


def blobs(rows: int, device: str, seed: int = 0) -> np.ndarray:
    """Make float32 (rows, 64) in main memory: 15 groups of unlike size that overlap."""
    import torch

    made = torch.Generator(device).manual_seed(seed)
    centres = torch.randn(GROUPS, DIMENSIONS, device=device, generator=made) * 0.7
    shares = torch.rand(GROUPS, device=device, generator=made) + 0.2
    matrix = np.empty((rows, DIMENSIONS), dtype=np.float32)
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)
        groups = torch.multinomial(shares, count, replacement=True, generator=made)
        noise = torch.randn(count, DIMENSIONS, device=device, generator=made)
        torch.from_numpy(matrix[start : start + count]).copy_(centres[groups] + noise)
    return matrix


def distances(held: Any, centroids: Any) -> Iterator[tuple[slice, Any, Any]]:
    """Yield of each chunk the nearest centroids and the squared distances, less the rows' own lengths."""
    import torch

    lengths = centroids.square().sum(dim=1)
    for start in range(0, len(held), CHUNK):
        rows = slice(start, min(start + CHUNK, len(held)))
        nearest = torch.addmm(lengths, held[rows], centroids.T, alpha=-2).min(dim=1)
        yield rows, nearest.indices, nearest.values


def inertia(held: Any, centroids: np.ndarray) -> float:
    """Return the sum of squared distances to the nearest centroid."""
    import torch

    there = torch.as_tensor(centroids, dtype=torch.float32, device=held.device)
    return sum(
        float((best.double() + held[rows].square().sum(dim=1).double()).sum())
        for rows, _, best in distances(held, there)
    )


def plus_plus(held: Any, k: int, made: Any) -> Any:
    """Return k rows by k-means++ (Arthur, Vassilvitskii 2007) on some of the rows."""
    import torch

    some = held[torch.randint(len(held), (min(SEEDING_ROWS, len(held)),), device=held.device, generator=made)]
    chosen = some[:1]
    nearest = (some - chosen).square().sum(dim=1)
    while len(chosen) < k:
        row = some[torch.multinomial(nearest, 1, generator=made)]
        nearest = torch.minimum(nearest, (some - row).square().sum(dim=1))
        chosen = torch.cat([chosen, row])
    return chosen


def torch_lloyd(held: Any, ks: Sequence[int]) -> Centroids:
    """Run plain Lloyd's iteration for one k after the other, from one start of k-means++ each."""
    import torch

    made = torch.Generator(held.device).manual_seed(0)
    found = {}
    for k in within_time(ks):
        centroids = plus_plus(held, k, made)
        for _ in range(ITERATIONS):
            sums, counts = torch.zeros_like(centroids), torch.zeros(k, device=held.device, dtype=torch.int64)
            for rows, nearest, _ in distances(held, centroids):
                sums += torch.nn.functional.one_hot(nearest, k).T.float() @ held[rows]
                counts += torch.bincount(nearest, minlength=k)
            moved = torch.where(counts[:, None] > 0, sums / counts.clamp(min=1)[:, None], centroids)
            shift = (moved - centroids).square().sum() / centroids.square().sum()
            centroids = moved
            if shift < TOLERANCE**2:
                break
        found[k] = centroids.cpu().numpy()
    return found


def flash(held: Any, ks: Sequence[int]) -> Centroids:
    """Cluster by flash-kmeans, one k after the other, from random rows, as it does by itself."""
    from flash_kmeans import batch_kmeans_Euclid

    found = {}
    for k in within_time(ks):
        _, centroids, *_ = batch_kmeans_Euclid(held[None], n_clusters=k, max_iters=ITERATIONS, tol=TOLERANCE)
        found[k] = centroids[0].float().cpu().numpy()
    return found


def cuml(held: Any, ks: Sequence[int]) -> Centroids:
    """Cluster by cuML, one k after the other, from one start of its k-means||."""
    import cupy
    from cuml.cluster import KMeans

    rows, found = cupy.from_dlpack(held), {}
    for k in within_time(ks):
        model = KMeans(n_clusters=k, n_init=1, random_state=0, max_iter=ITERATIONS, tol=TOLERANCE).fit(rows)
        found[k] = cupy.asnumpy(model.cluster_centers_)
    return found


PEERS: dict[str, Callable[[Any, Sequence[int]], Centroids]] = {
    f"torch, plain Lloyd, {ITERATIONS} iterations": torch_lloyd,
    f"flash-kmeans, {ITERATIONS} iterations": flash,
    f"cuML, n_init=1, {ITERATIONS} iterations": cuml,
}


def within_time(ks: Sequence[int]) -> Iterator[int]:
    """Yield each k while the part has time.

    :raises TimeoutError: when it has none left.
    """
    for k in ks:
        if left() < 0:
            raise TimeoutError(f"its time was over before k = {k}")
        yield k
