"""The database that reads a stranger's Parquet: in memory, of the reading process alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from segmentation.intake.values.cast import literal

MEMORY = "1GiB"


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
