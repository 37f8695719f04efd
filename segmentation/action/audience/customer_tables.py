"""All customers with their segments as CSV, Parquet or XLSX, written in parts so that any number fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from segmentation.action.audience.handover import held_out
from segmentation.action.audience.hold_out import chosen_share
from segmentation.action.files.safe_csv import CsvWriter
from segmentation.errors import OptionError
from segmentation.runs import View
from segmentation.runs.columns import segmented
from segmentation.runs.kept.standing import STANDING_SQL
from segmentation.workspace import Workspace

ROWS_PER_PART = 100_000
MOST_IN_XLSX = 1_048_575
"""Rows that a sheet can hold below its header."""
Write = Callable[[pa.Table], None]


class TableFormat(StrEnum):
    """How a table is written; the value is the ending of its file."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


def write_customers(workspace: Workspace, view: View, path: Path, as_: TableFormat) -> None:
    """Write customer_id, segment (from 1), segment_name, confidence, and hold_out where a test is set up.

    Of segments that are followed also where customers stand now, where before, and since when.

    :raises OptionError: for more rows than a sheet holds.
    """
    customers = view.run.customers
    if as_ is TableFormat.XLSX and customers > MOST_IN_XLSX:
        raise OptionError(
            f"a sheet holds {MOST_IN_XLSX:,} rows and there are {customers:,} customers.",
            "Take CSV or Parquet.",
        )
    if chosen_share(workspace):
        held_out(workspace, view)  # whoever is new is drawn
    with workspace.cursor() as cursor, _WRITERS[as_](path) as write:
        found = cursor.sql(_query(workspace, view), params={"names": view.names})
        for batch in found.to_arrow_reader(ROWS_PER_PART):
            write(pa.Table.from_batches([batch]))


def _query(workspace: Workspace, view: View) -> str:
    held, joined = "", ""
    if chosen_share(workspace):
        held, joined = ", coalesce(held, false) AS hold_out", "LEFT JOIN hold_out USING (customer_id)"
    if view.standing is not None:
        held += f", {STANDING_SQL}"
        joined += " LEFT JOIN standing USING (customer_id)"
    return f"""
        SELECT customer_id, run.segment::BIGINT + 1 AS segment, $names[run.segment + 1] AS segment_name,
               round(run.confidence::DOUBLE, 4) AS confidence {held}
        FROM {segmented(view.run.run_id, view.k)} AS run {joined} ORDER BY position"""


@contextmanager
def _csv(path: Path) -> Iterator[Write]:
    writers: list[CsvWriter] = []
    with path.open("wb") as stream:

        def write(part: pa.Table) -> None:
            if not writers:
                writers.append(CsvWriter(stream, part.column_names))
            writers[0].write(part.columns)

        yield write


@contextmanager
def _parquet(path: Path) -> Iterator[Write]:
    writers: list[pq.ParquetWriter] = []

    def write(part: pa.Table) -> None:
        if not writers:
            writers.append(pq.ParquetWriter(path, part.schema, compression="zstd"))
        writers[0].write_table(part)

    try:
        yield write
    finally:
        for writer in writers:
            writer.close()


@contextmanager
def _xlsx(path: Path) -> Iterator[Write]:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet, at = book.add_worksheet("Customers"), 0

        def write(part: pa.Table) -> None:
            nonlocal at
            if not at:
                sheet.write_row(0, 0, part.column_names)
                at = 1
            for row in zip(*(column.to_pylist() for column in part.columns), strict=True):
                sheet.write_string(at, 0, row[0])
                sheet.write_row(at, 1, row[1:])
                at += 1

        yield write


_WRITERS = {TableFormat.CSV: _csv, TableFormat.PARQUET: _parquet, TableFormat.XLSX: _xlsx}
