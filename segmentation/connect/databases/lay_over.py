"""Newer rows laid over those that an upload holds: a row of the same key takes the place of the older one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from segmentation.intake.files.pieces import cell_names, tidied
from segmentation.intake.roles import Upload
from segmentation.workspace import Workspace, quote_identifier

ROWS_AT_ONCE = 100_000


def lay_over(workspace: Workspace, upload: Upload, newer: Path, key: Sequence[int], into: Path) -> int:
    """Write the rows of an upload with the newer ones laid over them; return how many are new or changed.

    Rows that are as they were count as nothing: where all are, nothing is written. Deleted rows are not seen.

    :param newer: a Parquet file of texts that has the upload's columns.
    :param key: the places of the columns that tell rows apart.
    """
    names = [column.name for column in upload.columns]
    cells = cell_names(len(names))
    table = pq.read_table(newer)
    rows = pa.Table.from_arrays([tidied(column) for column in table.columns], names=cells)
    with workspace.cursor() as cursor:
        cursor.register("newer_rows", rows)
        changed = _find_changed(cursor, quote_identifier(upload.raw_table), cells)
        if changed:
            _write(cursor, quote_identifier(upload.raw_table), names, [cells[place] for place in key], into)
        cursor.unregister("newer_rows")
    return changed


def _find_changed(cursor: duckdb.DuckDBPyConnection, raw: str, cells: Sequence[str]) -> int:
    """Make changed_rows: the newer rows that the raw table does not hold as they are."""
    same = " AND ".join(f"newer.{cell} IS NOT DISTINCT FROM older.{cell}" for cell in cells)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE changed_rows AS
        WITH newer AS (SELECT row_number() OVER () AS place, * FROM newer_rows)
        SELECT newer.* FROM newer ANTI JOIN {raw} AS older ON {same} ORDER BY place"""
    )
    [(count,)] = cursor.execute("SELECT count(*) FROM changed_rows").fetchall()
    return int(count)


def _write(
    cursor: duckdb.DuckDBPyConnection, raw: str, names: Sequence[str], keys: Sequence[str], into: Path
) -> None:
    cells = cell_names(len(names))
    shown = ", ".join(f"{cell} AS {quote_identifier(name)}" for cell, name in zip(cells, names, strict=True))
    same = " AND ".join(f"older.{cell} = changed_rows.{cell}" for cell in keys)
    query = f"""
        WITH stays AS (SELECT 0 AS part, line AS place, older.* EXCLUDE line
                       FROM {raw} AS older ANTI JOIN changed_rows ON {same}),
             everything AS (FROM stays UNION ALL BY NAME SELECT 1 AS part, * FROM changed_rows)
        SELECT {shown} FROM everything ORDER BY part, place"""
    reader = cursor.sql(query).to_arrow_reader(ROWS_AT_ONCE)
    with pq.ParquetWriter(into, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    cursor.execute("DROP TABLE changed_rows")
