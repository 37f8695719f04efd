"""Parquet files become all-text raw tables like any other."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import duckdb

from segmentation.errors import UnreadableFileError
from segmentation.intake.files.dialect import clean_names
from segmentation.intake.files.encoding import REMEDY, FileBytes
from segmentation.intake.files.json_reader import MAX_DEPTH
from segmentation.intake.files.raw_table import Loaded, RawTable
from segmentation.intake.values.cast import literal
from segmentation.jobs import Progress
from segmentation.stages import Stage
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
        on_progress(Stage.READING_FILE, 0, facts.size)
        source = f"read_parquet({literal(str(staged))}, file_row_number = true)"
        fields = list(_fields(cursor, source))
        table = RawTable(cursor, upload_id, len(fields))
        texts = ", ".join(f"{_as_text(value, kind)} AS c{i}" for i, (_, value, kind) in enumerate(fields))
        table.insert_from(f"(SELECT file_row_number + 1 AS line, {texts} FROM {source})")
        on_progress(Stage.READING_FILE, facts.size, facts.size)
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise UnreadableFileError(
            f"the Parquet file is damaged ({str(error).splitlines()[0][:200]}).", REMEDY
        ) from error
    finally:
        staged.unlink(missing_ok=True)
    return Loaded(clean_names([name for name, _, _ in fields]), "", table.rows, 0)


def _fields(
    cursor: duckdb.DuckDBPyConnection, source: str, name: str = "", value: str = "", depth: int = 1
) -> Iterator[tuple[str, str, str]]:
    """Yield each field's name, SQL and type; nested ones as `outer.inner`, like those of JSON."""
    inside = f"unnest({value})" if value else "* EXCLUDE file_row_number"
    for field, kind, *_ in cursor.execute(f"DESCRIBE SELECT {inside} FROM {source}").fetchall():
        path = f"{name}.{field}" if name else field
        read = f"struct_extract({value}, {literal(field)})" if value else quote_identifier(field)
        if kind.startswith("STRUCT(") and not kind.endswith("]") and depth < MAX_DEPTH:
            yield from _fields(cursor, source, path, read, depth + 1)
        else:
            yield path, read, kind


def _as_text(value: str, kind: str) -> str:
    """Write a typed value as text; a float column of whole numbers (ids with gaps) without `.0`."""
    if kind in ("DOUBLE", "FLOAT"):
        return (
            f"CASE WHEN {value} = trunc({value}) AND abs({value}) < 1e15 THEN {value}::BIGINT::VARCHAR"
            f" ELSE {value}::VARCHAR END"
        )
    return f"array_to_string({value}, ', ')" if kind == "VARCHAR[]" else f"({value})::VARCHAR"
