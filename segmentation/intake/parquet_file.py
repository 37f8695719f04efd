"""Parquet files become all-text raw tables like any other."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import duckdb

from segmentation.errors import UnreadableFileError
from segmentation.intake.cast import literal
from segmentation.intake.dialect import clean_names
from segmentation.intake.encoding import REMEDY, FileBytes
from segmentation.intake.store import Loaded, RawTable
from segmentation.jobs import Progress
from segmentation.workspace import quote_identifier


def load_parquet(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    facts: FileBytes,
    upload_id: str,
    staging: Path,
    on_progress: Progress,
) -> Loaded:
    """Read Parquet through a private copy, the only place where the database may look."""
    staged = staging / f"{uuid.uuid4().hex}.parquet"
    try:
        shutil.copyfile(path, staged)
        on_progress("Reading the file", 0, facts.size)
        schema = cursor.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(staged)]).fetchall()
        table = RawTable(cursor, upload_id, len(schema))
        texts = ", ".join(f"{_as_text(row[0], row[1])} AS c{i}" for i, row in enumerate(schema))
        table.insert_from(
            f"(SELECT file_row_number + 1 AS line, {texts}"
            f" FROM read_parquet({literal(str(staged))}, file_row_number = true))"
        )
        on_progress("Reading the file", facts.size, facts.size)
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise UnreadableFileError(
            f"the Parquet file is damaged ({str(error).splitlines()[0][:200]}).", REMEDY
        ) from error
    finally:
        staged.unlink(missing_ok=True)
    return Loaded(clean_names([row[0] for row in schema]), "", table.rows, 0)


def _as_text(name: str, kind: str) -> str:
    """Write a typed Parquet column as text; a float column of whole numbers (ids with gaps) without `.0`."""
    column = quote_identifier(name)
    if kind in ("DOUBLE", "FLOAT"):
        return (
            f"CASE WHEN {column} = trunc({column}) AND abs({column}) < 1e15 THEN {column}::BIGINT::VARCHAR"
            f" ELSE {column}::VARCHAR END"
        )
    return f"{column}::VARCHAR"
