"""Order lines of a PostgreSQL into the workspace, beside what people do instead, each in its own process.

Run by `make bench STAGE=database SIZES=1000000` once `make extras` has set up .venv-extras. Tessera's time
holds that columns are understood; the process that reads files for it is not in its memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import measure

ROUNDS = 1
EXTRAS = Path(".venv-extras/bin/python")
TABLE = """
CREATE TABLE orders AS
SELECT 'O' || i / 3 AS order_id, timestamp '2023-01-01' + i * interval '63 seconds' AS order_date,
       'C' || (random() * random() * {lines} / 25)::int AS customer_id, 'P' || i % 2000 AS product_id,
       1 + i % 4 AS quantity, (5 + i % 997 * 0.25)::numeric(12,2) AS unit_price
FROM generate_series(0, {lines} - 1) AS i"""


def fetch(given: tuple[str, str]) -> int:
    """Read the table by the command's own call."""
    from segmentation.connect.databases.address import Login, read_address
    from segmentation.connect.databases.fetch import TablesAsked
    from segmentation.connect.databases.fetch import fetch as fetch_tables
    from segmentation.workspace import Workspace

    address, user = read_address(given[0])
    with Workspace.temporary() as workspace:
        [one] = fetch_tables(workspace, address, Login(user, given[1]), TablesAsked(("orders",)))
        return one.rows


def read_sql(given: tuple[str, str]) -> int:
    """Read the table by pandas and the same driver, and store it in DuckDB; nothing is understood."""
    import adbc_driver_postgresql.dbapi
    import duckdb
    import pandas as pd

    with (
        tempfile.TemporaryDirectory() as folder,
        adbc_driver_postgresql.dbapi.connect(_with_password(given)) as connection,
        duckdb.connect(f"{folder}/shop.duckdb") as database,
    ):
        frame = pd.read_sql("SELECT * FROM orders", connection)
        database.register("frame", frame)
        database.execute(
            "CREATE TABLE orders AS SELECT * REPLACE (unit_price::DECIMAL(18,4) AS unit_price) FROM frame"
        )
        return len(frame)


def copy_and_upload(given: tuple[str, str]) -> int:
    """Let psql write a CSV, and load that."""
    from segmentation.intake.uploads.load import load_file
    from segmentation.workspace import Workspace
    from tests.extras.connect.postgres_server import program

    with tempfile.TemporaryDirectory() as folder, Workspace.temporary() as workspace:
        path = Path(folder) / "orders.csv"
        command = [
            program("psql"),
            "-q",
            _with_password(given),
            "-c",
            f"\\copy orders TO '{path}' CSV HEADER",
        ]
        subprocess.run(command, check=True)
        return load_file(workspace, path).rows


def _with_password(given: tuple[str, str]) -> str:
    from urllib.parse import quote

    user, _, rest = given[0].partition("://")[2].partition("@")
    return f"postgresql://{user}:{quote(given[1], safe='')}@{rest}"


WAYS = {
    "Tessera, fetch": fetch,
    "pandas.read_sql, to DuckDB": read_sql,
    "COPY to a CSV, Tessera, load": copy_and_upload,
}


def compare() -> None:
    """Fill a server with each size, and measure all ways."""
    from tests.extras.connect.postgres_server import PASSWORD, server

    python = EXTRAS if EXTRAS.exists() else measure.OURS
    print(measure.surroundings(["duckdb", "pandas", "pyarrow", "adbc-driver-postgresql"]))
    for size in measure.sizes("1000000"):
        with server() as running:
            running.sql(TABLE.format(lines=size), "ANALYZE")
            runs = measure.by_turns(
                __file__, dict.fromkeys(WAYS, python), [running.address, PASSWORD], ROUNDS
            )
        measure.show(measure.rows_of("database", size, runs, lambda all_: float(all_[0][2])), "rows")


def main() -> None:
    """Measure one way where it is named, compare all where not."""
    if len(sys.argv) == 1:
        compare()
        return
    way, *given = sys.argv[1:]
    asked: Any = tuple(given)
    measure.run_way(lambda: asked, WAYS[way])


if __name__ == "__main__":
    main()
