"""KMeans for k = 2 to 20: all in one job against a loop over each peer, on blobs, heavy tails, or a file.

Run by `make bench STAGE=sweep SIZES="200000 1000000" PEERS=1`. DATA=blobs, lognormal or a .npy file;
KS="5 10 20" gives all ways, ours too, fewer k; WAYS="one; another" picks ways, ROUNDS repeats. The last
column is the worst inertia of all k over the best that any way found for that k.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
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
}


def compare(kind: str, rows: int, folder: str) -> list[measure.Row]:
    """Measure every way on the same rows, and set each inertia against the best of its k."""
    path = str(Path(folder) / "rows.npy")
    np.save(path, make(kind, rows))
    asked = os.environ.get("WAYS")
    ways = {way: way != "Tessera" for way in WAYS if not asked or way in asked.split("; ")}
    runs = measure.by_turns(__file__, ways, [path], int(os.environ.get("ROUNDS", ROUNDS)))
    best = {k: min(run[2][str(k)] for measured in runs.values() for run in measured) for k in ks()}
    asked_ks = ", ".join(map(str, ks())) if len(ks()) < 5 else f"{ks()[0]}..{ks()[-1]}"
    stage = f"sweep, {Path(kind).stem}, k = {asked_ks}"
    return [
        measure.median_row(
            stage, rows, way, measured, max(run[2][str(k)] / best[k] for run in measured for k in ks())
        )
        for way, measured in runs.items()
    ]


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
