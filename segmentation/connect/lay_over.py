"""Newer rows laid over those that an upload holds: those of a key take the place of the older ones of it."""

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

    Rows that are as they were count as nothing: where all are, nothing is written. Deleted rows are not seen,
    but for those of a thing of several rows (the lines of an order), which is taken as a whole.

    :param newer: a Parquet file of texts that has the upload's columns.
    :param key: the places of the columns that tell things apart.
    """
    names = [column.name for column in upload.columns]
    cells = cell_names(len(names))
    table = pq.read_table(newer)
    rows = pa.Table.from_arrays([tidied(column) for column in table.columns], names=cells)
    with workspace.cursor() as cursor:
        cursor.register("newer_rows", rows)
        keys = [cells[place] for place in key]
        changed = _find_changed(cursor, quote_identifier(upload.raw_table), cells, keys)
        if changed:
            _write(cursor, quote_identifier(upload.raw_table), names, keys, into)
        cursor.unregister("newer_rows")
    return changed


def _find_changed(
    cursor: duckdb.DuckDBPyConnection, raw: str, cells: Sequence[str], keys: Sequence[str]
) -> int:
    """Make changed_rows: the newer rows of every thing that the raw table does not hold as it is."""
    same = " AND ".join(f"newer.{cell} IS NOT DISTINCT FROM older.{cell}" for cell in cells)
    of_one = " AND ".join(f"newer.{key} = older.{key}" for key in keys)
    names = ", ".join(keys)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE changed_rows AS
        WITH newer AS (SELECT row_number() OVER () AS place, * FROM newer_rows),
             kept AS (SELECT older.* FROM {raw} AS older SEMI JOIN newer ON {of_one}),
             changed AS (SELECT {names} FROM newer ANTI JOIN kept AS older ON {same}
                         UNION SELECT {names} FROM kept AS older ANTI JOIN newer ON {same})
        SELECT newer.* FROM newer SEMI JOIN changed USING ({names}) ORDER BY place"""
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
        SELECT {shown} FROM everything ORDER BY everything.part, everything.place"""
    reader = cursor.sql(query).to_arrow_reader(ROWS_AT_ONCE)
    with pq.ParquetWriter(into, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    cursor.execute("DROP TABLE changed_rows")
