"""Order lines from a CSV to customer features: Tessera and pandas by turns, each in a process of its own.

Run by `make bench STAGE=intake SIZES=5000000`; SIZES are numbers of order lines, the last figure of each row
is ours over pandas'. LOAD_ONLY=1 measures the loading alone, for files that pandas cannot hold.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

ROUNDS = 3
LINES_PER_ORDER = 3
LINES_PER_CUSTOMER = 25
BATCH = 1_000_000


def write_order_lines(path: str, lines: int, seed: int = 7) -> None:
    """Write order lines of a shop with heavy buyers, 2,000 products and some returns, ordered by time."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pcsv

    rng = np.random.default_rng(seed)
    orders = lines // LINES_PER_ORDER + 1
    who = (lines / LINES_PER_CUSTOMER * rng.random(orders) ** 2).astype(np.int64)
    when = np.sort(np.datetime64("2024-01-01T00:00:00") + rng.integers(0, 730 * 86400, orders))
    names = pa.array([f"{word} no {i}" for i in range(1000) for word in ("Oak Lamp", "Blue Mug")])
    prices = np.round(rng.lognormal(2, 1, len(names)), 2) + 0.5
    countries = pa.array(["Germany", "France", "United Kingdom", "Spain"])

    def code(letter: str, numbers: np.ndarray) -> pa.Array:
        return pc.binary_join_element_wise(letter, pa.array(numbers).cast(pa.string()), "")

    def batch(start: int) -> pa.Table:
        order = np.arange(start, min(start + BATCH, lines)) // LINES_PER_ORDER
        product = rng.integers(0, len(names), len(order))
        returned = rng.random(len(order)) < 0.02
        return pa.table(
            {
                "order_id": code("O", 1_000_000 + order),
                "customer_id": code("C", 100_000 + who[order]),
                "order_date": pa.array(when[order]).cast(pa.string()),
                "product_id": code("P", 1000 + product),
                "product_name": names.take(pa.array(product)),
                "quantity": np.where(returned, -1, rng.integers(1, 6, len(order))),
                "unit_price": prices[product].round(2),
                "country": countries.take(pa.array(who[order] % 4)),
            }
        )

    first = batch(0)
    with pcsv.CSVWriter(path, first.schema, write_options=pcsv.WriteOptions(quoting_style="needed")) as file:
        file.write(first)
        for start in range(BATCH, lines, BATCH):
            file.write(batch(start))


def tessera(path: str, load_only: bool = False) -> int:
    """Go the whole way of the app: file, guess, shop, features; return the number of customers."""
    from segmentation.features.build import build_features
    from segmentation.intake.link import build_shop
    from segmentation.intake.read import load_file
    from segmentation.workspace import Workspace

    with Workspace.temporary() as workspace:
        upload = load_file(workspace, path)
        if load_only:
            return upload.rows
        return len(build_features(workspace, build_shop(workspace)).values)


def pandas(path: str) -> int:
    """Do as an analyst would: read, parse the dates, group by order, then by customer."""
    import pandas as pd

    lines = pd.read_csv(path, parse_dates=["order_date"])
    lines["amount"] = lines["quantity"] * lines["unit_price"]
    lines["returned"] = lines["quantity"] < 0
    bought = lines[~lines["returned"]]
    orders = (
        bought.groupby(["customer_id", "order_id"])
        .agg(at=("order_date", "min"), amount=("amount", "sum"), items=("quantity", "sum"))
        .reset_index()
    )
    hour = orders["at"].dt.hour
    orders["day"] = orders["at"].dt.normalize()
    orders["weekend"] = orders["at"].dt.day_of_week >= 5
    orders["morning"] = hour.between(5, 11)
    orders["evening"] = (hour >= 18) | (hour < 5)
    features = orders.groupby("customer_id").agg(
        frequency=("order_id", "size"),
        average_order_value=("amount", "mean"),
        items_per_order=("items", "mean"),
        first=("day", "min"),
        last=("day", "max"),
        days=("day", "nunique"),
        weekend=("weekend", "mean"),
        morning=("morning", "mean"),
        evening=("evening", "mean"),
    )
    by_customer = lines.groupby("customer_id")
    features = by_customer.agg(
        monetary=("amount", "sum"), return_share=("returned", "mean"), country=("country", "first")
    ).join(features)
    features["products"] = bought.groupby("customer_id")["product_id"].nunique()
    features["recency"] = (lines["order_date"].max().normalize() - features["last"]).dt.days
    features["active_span"] = (features["last"] - features["first"]).dt.days
    features["days_between"] = features["active_span"] / (features["days"] - 1)
    return len(features)


def duckdb_alone(path: str) -> int:
    """Ask the database that we stand on for such features at once: it guesses, stores and cleans nothing."""
    import duckdb

    rows = duckdb.sql(
        f"""
        WITH lines AS MATERIALIZED (
            SELECT *, quantity * unit_price AS amount, quantity < 0 AS returned FROM read_csv('{path}')
        ), orders AS (
            SELECT customer_id, order_id, min(order_date) AS placed, sum(amount) AS amount,
                   sum(quantity) AS items
            FROM lines WHERE NOT returned GROUP BY ALL
        ), buying AS (
            SELECT customer_id, count(*) AS frequency, avg(amount) AS average_order_value,
                   avg(items) AS items_per_order, min(placed)::DATE AS first, max(placed)::DATE AS last,
                   count(DISTINCT placed::DATE) AS days, avg((isodow(placed) >= 6)::INT) AS weekend,
                   avg((hour(placed) BETWEEN 5 AND 11)::INT) AS morning,
                   avg((hour(placed) >= 18 OR hour(placed) < 5)::INT) AS evening
            FROM orders GROUP BY ALL
        ), spending AS (
            SELECT customer_id, sum(amount) AS monetary, avg(returned::INT) AS return_share,
                   any_value(country) AS country FROM lines GROUP BY ALL
        ), tried AS (
            SELECT customer_id, count(*) AS products
            FROM (SELECT DISTINCT customer_id, product_id FROM lines WHERE NOT returned) GROUP BY ALL
        )
        SELECT * FROM spending LEFT JOIN buying USING (customer_id) LEFT JOIN tried USING (customer_id)"""
    ).fetchnumpy()
    return len(rows["customer_id"])


WAYS = {
    "Tessera": tessera,
    "Tessera, loading": lambda path: tessera(path, load_only=True),
    "DuckDB alone": duckdb_alone,
    "pandas": pandas,
}


def measure(way: str, path: str) -> tuple[float, float]:
    """Return seconds and peak gigabytes of one way in a fresh process, imports included."""
    done = subprocess.run(
        [sys.executable, __file__, way, path], capture_output=True, text=True, check=True, env=os.environ
    )
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def compare(lines: int, folder: str) -> None:
    """Print a row per way: the median of the rounds, and the ratio of time and of peak memory to pandas'."""
    path = str(Path(folder) / "lines.csv")
    subprocess.run([sys.executable, __file__, "write", path, str(lines)], check=True)
    ways = ["Tessera, loading"] if os.environ.get("LOAD_ONLY") else list(WAYS)
    rounds = int(os.environ.get("ROUNDS", ROUNDS))
    runs = [{way: measure(way, path) for way in ways} for _ in range(rounds)]
    medians = {way: tuple(statistics.median(run[way][i] for run in runs) for i in (0, 1)) for way in ways}
    size = Path(path).stat().st_size / 1e9
    for way, (seconds, peak) in medians.items():
        base = medians.get("pandas", (float("nan"), float("nan")))
        print(
            f"| {lines:,} ({size:.2f} GB) | {way} | {seconds:.1f} | {lines / seconds / 1e6:.2f} |"
            f" {peak:.2f} | {base[0] / seconds:.2f} | {peak / base[1]:.2f} |"
        )
    Path(path).unlink()


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "numpy", "pyarrow"))
    print(f"Python {sys.version.split()[0]}, {packages}; {len(os.sched_getaffinity(0))} threads,")
    print(f"load average at the start {os.getloadavg()[0]:.1f}; median of the rounds.\n")
    print("| order lines | way | seconds | million lines/s | peak GB | speed / pandas | memory / pandas |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for lines in (os.environ.get("SIZES") or "5000000").split():
            compare(int(lines), folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write_order_lines(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:]:
        began = time.perf_counter()
        WAYS[sys.argv[1]](sys.argv[2])
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
        print(json.dumps([time.perf_counter() - began, used]))
    else:
        main()
