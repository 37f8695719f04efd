"""KMeans for k = 2 to 20: all in one job against a loop over each peer, on blobs, heavy tails, or a file.

Run by `make bench STAGE=sweep SIZES="200000 1000000" PEERS=1`. DATA=blobs, lognormal or a .npy file;
KS="5 10 20" gives all ways, ours too, fewer k; WAYS="one; another" picks ways, ROUNDS repeats. The last
column is the worst inertia of all k over the best that any way found for that k.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import measure
import numpy as np

DIMENSIONS = 64
FACTORS = 8
ROUNDS = 3


def ks() -> list[int]:
    return [int(k) for k in os.environ.get("KS", " ".join(map(str, range(2, 21)))).split()]


def make(kind: str, rows: int, seed: int = 0) -> np.ndarray:
    """Make float32 (rows, 64): 15 groups that overlap, or correlated features with heavy tails."""
    if kind.endswith(".npy"):
        return np.load(kind)[:rows]
    rng = np.random.default_rng(seed)
    if kind == "blobs":
        centres = rng.normal(size=(15, DIMENSIONS)) * 0.7
        groups = rng.choice(15, rows, p=rng.dirichlet(np.full(15, 2.0)))
        return (centres[groups] + rng.normal(size=(rows, DIMENSIONS))).astype(np.float32)
    mixed = rng.normal(size=(FACTORS, DIMENSIONS)) / np.sqrt(FACTORS)
    noise = rng.normal(size=(rows, DIMENSIONS))
    values = np.exp(0.8 * (rng.normal(size=(rows, FACTORS)) @ mixed) + 0.6 * noise)
    return ((values - values.mean(axis=0)) / values.std(axis=0)).astype(np.float32)


def ours(matrix: np.ndarray) -> dict[int, float]:
    from segmentation.clusters.fit import sweep

    return dict(sweep(matrix, ks(), 0).inertia)


def loop(algorithm: str, starts: int, patched: bool = False) -> Callable[[np.ndarray], dict[int, float]]:
    def fit(matrix: np.ndarray) -> dict[int, float]:
        if patched:
            from sklearnex.cluster import KMeans
        else:
            from sklearn.cluster import KMeans
        models = (KMeans(k, n_init=starts, random_state=0, algorithm=algorithm) for k in ks())
        return {model.n_clusters: float(model.fit(matrix).inertia_) for model in models}

    return fit


def faiss_loop(matrix: np.ndarray) -> dict[int, float]:
    import faiss

    found = {}
    for k in ks():
        model = faiss.Kmeans(matrix.shape[1], k, niter=25, max_points_per_centroid=10**9, seed=1)
        model.train(matrix)
        found[k] = float(model.index.search(matrix, 1)[0].sum(dtype=np.float64))
    return found


def orange(matrix: np.ndarray) -> dict[int, float]:
    """Cluster as Orange's k-Means does on a table; ten starts are its default."""
    from Orange.clustering import KMeans
    from Orange.data import ContinuousVariable, Domain, Table

    columns = [ContinuousVariable(f"x{column}") for column in range(matrix.shape[1])]
    table = Table.from_numpy(Domain(columns), matrix)
    return {k: float(KMeans(k, random_state=0).get_model(table).projector.inertia_) for k in ks()}


def flash(matrix: np.ndarray) -> dict[int, float]:
    """Cluster by flash-kmeans; the inertia is computed from its centroids."""
    import torch
    from flash_kmeans import batch_kmeans_Euclid

    rows, found = torch.from_numpy(matrix).cuda(), {}
    for k in ks():
        _, centroids, _ = batch_kmeans_Euclid(rows[None], n_clusters=k, tol=1e-4)
        found[k] = float((torch.cdist(rows, centroids[0].float()).min(dim=1).values ** 2).sum())
    return found


def cuml(matrix: np.ndarray) -> dict[int, float]:
    from cuml.cluster import KMeans

    models = (KMeans(n_clusters=k, n_init=1, random_state=0) for k in ks())
    return {model.n_clusters: float(model.fit(matrix).inertia_) for model in models}


def warmed_up(way: str, matrix: np.ndarray) -> np.ndarray:
    """Run a way on a few rows first, so that loading its libraries does not count."""
    WAYS[way](matrix[:1_000].copy())
    return matrix


WAYS: dict[str, Callable[[np.ndarray], dict[int, float]]] = {
    "Tessera": ours,
    "scikit-learn, Lloyd, n_init=1": loop("lloyd", 1),
    "scikit-learn, Elkan, n_init=1": loop("elkan", 1),
    "scikit-learn, Lloyd, n_init=10": loop("lloyd", 10),
    "faiss-cpu, niter=25": faiss_loop,
    "scikit-learn-intelex, n_init=1": loop("lloyd", 1, patched=True),
    "Orange 3, k-Means": orange,
    "flash-kmeans, GPU": flash,
    "cuML, n_init=1, GPU": cuml,
}
PYTHONS = {"Tessera": measure.OURS, "Orange 3, k-Means": measure.ORANGE}
ON_A_GPU = ("flash-kmeans, GPU", "cuML, n_init=1, GPU")


def compare(kind: str, rows: int, folder: str) -> list[measure.Row]:
    """Measure every way on the same rows, and set each inertia against the best of its k."""
    path = str(Path(folder) / "rows.npy")
    np.save(path, make(kind, rows))
    asked_ks = ", ".join(map(str, ks())) if len(ks()) < 5 else f"{ks()[0]}..{ks()[-1]}"
    stage = f"sweep, {Path(kind).stem}, k = {asked_ks}"
    skipped = measure.skipped_on_a_gpu(stage, rows, ON_A_GPU)
    ways = {way: PYTHONS.get(way, measure.PEERS) for way in WAYS if way not in skipped}
    runs = measure.by_turns(__file__, ways, [path], ROUNDS)
    found = [run[2] for measured in runs.values() if not isinstance(measured, str) for run in measured]
    best = {k: min(inertia[str(k)] for inertia in found) for k in ks()}

    def worst(measured: Sequence[measure.Measured]) -> float:
        return max(float(run[2][str(k)]) / best[k] for run in measured for k in ks())

    return [*measure.rows_of(stage, rows, runs, worst), *skipped.values()]


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    packages = ("numpy", "scipy", "scikit-learn", "threadpoolctl")
    with tempfile.TemporaryDirectory() as folder:
        for rows in measure.sizes("200000"):
            print(measure.surroundings(packages))
            measure.show(compare(os.environ.get("DATA", "blobs"), rows, folder), "worst inertia / best")


if __name__ == "__main__":
    if sys.argv[1:]:
        measure.run_way(lambda: warmed_up(sys.argv[1], np.load(sys.argv[2])), WAYS[sys.argv[1]])
    else:
        main()
