"""A small workspace of the rows around one month, so that large files can be read many times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from segmentation.intake.meaning.date_and_time_columns import moment
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.corrections import read_uploads
from segmentation.intake.values.cast import timestamp
from segmentation.intake.values.dates import day_and_month_swapped
from segmentation.workspace import Workspace, quote_identifier

LARGE = 50_000


@contextmanager
def rows_around(workspace: Workspace, month: date) -> Iterator[Workspace]:
    """Give the workspace itself where its orders are few; else one that is gone afterwards.

    There files of orders have only the rows whose date, read in any way, lies in the month, and those
    without a date.
    """
    with workspace.cursor() as cursor:
        uploads = read_uploads(cursor)
        if sum(upload.rows for upload in uploads if upload.kind is Kind.ORDERS) <= LARGE:
            yield workspace
            return
        with Workspace.temporary() as small:
            with small.transaction() as copy:
                _copy_what_is_understood(cursor, copy)
                for upload in uploads:
                    _copy_rows(cursor, copy, upload, month)
                copy.unregister("batch")
            yield small


def _copy_what_is_understood(cursor: duckdb.DuckDBPyConnection, copy: duckdb.DuckDBPyConnection) -> None:
    """Copy every table that says something of uploads, but not their bytes and unreadable rows."""
    tables = cursor.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'main' AND column_name = 'upload_id'"
        " AND table_name NOT IN ('workbooks', 'rejects', 'inbox') ORDER BY table_name"
    ).fetchall()
    for (table,) in tables:
        copy.register("batch", cursor.sql(f"SELECT * FROM {table}").to_arrow_table())
        copy.execute(f"INSERT INTO {table} SELECT * FROM batch")


def _copy_rows(
    cursor: duckdb.DuckDBPyConnection, copy: duckdb.DuckDBPyConnection, upload: Upload, month: date
) -> None:
    raw = quote_identifier(upload.raw_table)
    near = f"SELECT * FROM {raw} WHERE {_near(upload)} ORDER BY line"
    rows = cursor.sql(near, params=_values(upload, month))
    copy.register("batch", rows.to_arrow_table())
    copy.execute(f"CREATE TABLE {raw} AS SELECT * FROM batch")


def _near(upload: Upload) -> str:
    """Return SQL that is true for the rows that may belong to the month $1."""
    readings = _readings(upload)
    if not readings:
        return "true"
    near = " OR ".join(f"date_trunc('month', {reading}) = $1::DATE" for reading in readings)
    return f"coalesce({near}, true)"


def _values(upload: Upload, month: date) -> list[date]:
    return [month.replace(day=1)] if _readings(upload) else []


def _readings(upload: Upload) -> list[str]:
    """Return SQL of the moment of a row, and of it with day and month swapped or by another date."""
    usual = moment(upload.columns) if upload.kind is Kind.ORDERS else None
    if usual is None:
        return []
    others = [
        timestamp(f"c{column.position}", written)
        for column in upload.columns
        if column.role in (Role.TIMESTAMP, Role.IGNORE)
        for written in (column.value_format, day_and_month_swapped(column.value_format))
        if written and "%" in written
    ]
    return list(dict.fromkeys([usual, *others]))
