"""Parquet files become all-text raw tables like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pyarrow as pa

from segmentation.intake.files.dialect import clean_names
from segmentation.intake.files.json_lists import MAX_DEPTH
from segmentation.intake.files.own_database import own_database
from segmentation.intake.files.pieces import CELLS_PER_PIECE, Loaded, Pieces, rows_schema, tidied
from segmentation.intake.files.source import SourceFile
from segmentation.intake.values.cast import literal
from segmentation.jobs import Progress
from segmentation.stages import Stage
from segmentation.workspace import quote_identifier

_NAMELESS = re.compile(r"__index_level_\d+__")
"""What pandas and pyarrow call an index that has no name."""


def load_parquet(source: SourceFile, pieces: Pieces, on_progress: Progress) -> Loaded:
    """Hand on the rows of a Parquet file; a row's `line` is its number."""
    on_progress(Stage.READING_FILE, 0, source.facts.size)
    with own_database(source.folder, source.path) as database:
        rows = f"read_parquet({literal(str(source.path))}, file_row_number = true)"
        fields = list(_fields(database, rows))
        pieces.begin(len(fields))
        texts = ", ".join(f"{_as_text(value, kind)} AS c{i}" for i, (_, value, kind) in enumerate(fields))
        query = f"SELECT file_row_number + 1 AS line, {texts} FROM {rows}"
        for batch in database.sql(query).to_arrow_reader(max(1, CELLS_PER_PIECE // len(fields))):
            columns = [batch.column(0), *map(tidied, batch.columns[1:])]
            pieces.add(pa.Table.from_arrays(columns, schema=rows_schema(len(fields))))
    on_progress(Stage.READING_FILE, source.facts.size, source.facts.size)
    return Loaded(clean_names([_NAMELESS.sub("", name) for name, _, _ in fields]), "")


def _fields(
    database: duckdb.DuckDBPyConnection, source: str, name: str = "", value: str = "", depth: int = 1
) -> Iterator[tuple[str, str, str]]:
    """Yield each field's name, SQL and type; nested ones as `outer.inner`, like those of JSON."""
    inside = f"unnest({value})" if value else "* EXCLUDE file_row_number"
    for field, kind, *_ in database.execute(f"DESCRIBE SELECT {inside} FROM {source}").fetchall():
        path = f"{name}.{field}" if name else field
        read = f"struct_extract({value}, {literal(field)})" if value else quote_identifier(field)
        if kind.startswith("STRUCT(") and not kind.endswith("]") and depth < MAX_DEPTH:
            yield from _fields(database, source, path, read, depth + 1)
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
