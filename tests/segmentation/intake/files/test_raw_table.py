"""The raw table of an upload: what it holds, and that it holds no more than that."""

from __future__ import annotations

import sys

import pyarrow as pa

from segmentation.intake.files.pieces import REJECTS, rows_schema
from segmentation.intake.files.raw_table import RawTable
from segmentation.workspace import Workspace


def _stream(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    return bytes(sink.getvalue())


_ROWS = pa.table([[2, 3], ["Ann", None], ["9.99", "5"]], schema=rows_schema(2))
_REJECT = pa.table([[4], ["too_few_cells"], ["Bob"]], schema=REJECTS)


def test_rows_and_rejects_of_a_stream_are_kept(workspace: Workspace) -> None:
    with workspace.transaction() as cursor:
        table = RawTable(cursor, "some_file")
        table.add(_stream(_ROWS))
        table.add(_stream(_REJECT))
        kept = cursor.execute("FROM raw_some_file ORDER BY line").fetchall()
        rejects = cursor.execute("SELECT line, reason, content FROM rejects").fetchall()
    assert kept == [(2, "Ann", "9.99"), (3, None, "5")]
    assert rejects == [(4, "too_few_cells", "Bob")]
    assert (table.rows, table.rejected, table.width) == (2, 1, 2)


def test_no_batch_stays_in_memory_until_the_transaction_ends(workspace: Workspace) -> None:
    stream = _stream(_ROWS)
    with workspace.transaction() as cursor:
        table = RawTable(cursor, "some_file")
        before = sys.getrefcount(stream)
        for _ in range(3):
            table.add(stream)
        assert sys.getrefcount(stream) == before
