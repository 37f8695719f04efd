"""The database that reads a stranger's text and Parquet: in memory, of the reading process alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from segmentation.intake.files.pieces import cell_names, tidied
from segmentation.intake.values.cast import literal, tidy

MEMORY = "1GiB"
# The database holds a vector for each step of each column: thousands of columns would take gigabytes.
WIDE = 250


@contextmanager
def own_database(folder: Path, *files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that sees nothing but a private folder and these files."""
    with duckdb.connect(":memory:") as database:
        database.execute(f"SET allowed_directories = [{literal(str(folder.resolve()))}]")
        database.execute(f"SET allowed_paths = [{', '.join(literal(str(file)) for file in files)}]")
        database.execute(f"SET temp_directory = {literal(str(folder))}")
        database.execute("SET enable_external_access = false")
        database.execute(f"SET memory_limit = '{MEMORY}'")
        database.execute("SET threads = 1")  # several hand rows over in any order; the others store meanwhile
        database.execute("SET lock_configuration = true")
        yield database


def tidy_cells(database: duckdb.DuckDBPyConnection, source: str, width: int, blanks: str) -> pa.Table:
    """Return the cells c0, c1 and so on of an SQL table or query, tidy and in its order.

    :param blanks: the blanks that can stand at the ends of its cells.
    """
    names = cell_names(width)
    if width <= WIDE:
        cells = ", ".join(f"{tidy(name, blanks)} AS {name}" for name in names)
        return database.sql(f"SELECT {cells} FROM {source}").to_arrow_table()
    table = database.sql(f"SELECT {', '.join(names)} FROM {source}").to_arrow_table()
    return pa.Table.from_arrays(list(map(tidied, table.columns)), names=names)
