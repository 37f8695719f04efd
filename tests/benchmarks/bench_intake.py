"""Order lines from a CSV to customer features: Tessera and others by turns, each in a process of its own.

Run by `make bench STAGE=intake SIZES=5000000 PEERS=1`; SIZES are numbers of order lines. Imports count. The
last column counts customers. WAYS="Tessera, loading" measures files that pandas cannot hold.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import measure

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
    from segmentation.intake.linking.build import build_shop
    from segmentation.intake.uploads.load import load_file
    from segmentation.workspace import Workspace

    with Workspace.temporary() as workspace:
        upload = load_file(workspace, path)
        if load_only:
            return upload.rows
        return len(build_features(workspace, build_shop(workspace)).values)


def read_by_pandas(path: str) -> Any:
    import pandas as pd

    return pd.read_csv(path, parse_dates=["order_date"])


def pandas_features(lines: Any) -> Any:
    """Do as an analyst would: group by order, then by customer."""
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
    return features


def read_by_polars(path: str) -> Any:
    import polars as pl

    return pl.read_csv(path, try_parse_dates=True)


def polars_features(lines: Any) -> Any:
    """Do the same lazily, as its guide advises."""
    import polars as pl

    at, hour = pl.col("at"), pl.col("at").dt.hour()
    lazy = lines.lazy().with_columns(
        amount=pl.col("quantity") * pl.col("unit_price"), returned=pl.col("quantity") < 0
    )
    bought = lazy.filter(~pl.col("returned"))
    orders = (
        bought.group_by("customer_id", "order_id")
        .agg(at=pl.col("order_date").min(), amount=pl.col("amount").sum(), items=pl.col("quantity").sum())
        .with_columns(
            day=at.dt.date(),
            weekend=at.dt.weekday() >= 6,
            morning=hour.is_between(5, 11),
            evening=(hour >= 18) | (hour < 5),
        )
    )
    buying = orders.group_by("customer_id").agg(
        frequency=pl.len(),
        average_order_value=pl.col("amount").mean(),
        items_per_order=pl.col("items").mean(),
        first=pl.col("day").min(),
        last=pl.col("day").max(),
        days=pl.col("day").n_unique(),
        weekend=pl.col("weekend").mean(),
        morning=pl.col("morning").mean(),
        evening=pl.col("evening").mean(),
    )
    spending = lazy.group_by("customer_id").agg(
        monetary=pl.col("amount").sum(),
        return_share=pl.col("returned").mean(),
        country=pl.col("country").first(),
    )
    tried = bought.group_by("customer_id").agg(products=pl.col("product_id").n_unique())
    span = (pl.col("last") - pl.col("first")).dt.total_days()
    return (
        spending.join(buying, on="customer_id", how="left")
        .join(tried, on="customer_id", how="left")
        .with_columns(
            recency=(lines["order_date"].max().date() - pl.col("last")).dt.total_days(),
            active_span=span,
            days_between=span / (pl.col("days") - 1),
        )
        .collect()
    )


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
    "pandas": lambda path: len(pandas_features(read_by_pandas(path))),
    "polars": lambda path: len(polars_features(read_by_polars(path))),
}
PYTHONS = {"polars": measure.PEERS}


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    for lines in measure.sizes("5000000"):
        print(measure.surroundings(("duckdb", "pandas", "numpy", "pyarrow")))
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "lines.csv")
            write_order_lines(path, lines)
            ways = {way: PYTHONS.get(way, measure.OURS) for way in WAYS}
            runs = measure.by_turns(__file__, ways, [path], ROUNDS)
            measure.show(measure.rows_of("intake", lines, runs, lambda rounds: rounds[0][2]), "customers")


if __name__ == "__main__":
    if sys.argv[1:]:
        measure.run_way(lambda: sys.argv[2], WAYS[sys.argv[1]])
    else:
        main()
