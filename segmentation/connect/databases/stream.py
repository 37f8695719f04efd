"""Rows of a database into a Parquet file of texts, batch by batch; a person can stop it at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from segmentation.workspace.faults import explained

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Cursor

LOOK_UP = 0.2
Answer = TypeVar("Answer")


def to_parquet(
    cursor: Cursor, sql: str, values: list[str], path: Path, meanwhile: Callable[[int], None]
) -> int:
    """Write what a query returns, all of it text, into a file; return how many rows there are.

    :param values: bound to the query.
    :param meanwhile: told the rows so far, several times a second; what it raises ends the reading.
    """
    rows = 0
    with explained(path), _asking(cursor, lambda: meanwhile(rows)) as wait_for:
        reader = wait_for(lambda: _ask(cursor, sql, values))
        schema = pa.schema([(name, pa.string()) for name in reader.schema.names])
        with pq.ParquetWriter(path, schema) as writer:
            for batch in _batches(reader, wait_for):
                writer.write_batch(batch.cast(schema))
                rows += batch.num_rows
                meanwhile(rows)
    return rows


@contextmanager
def _asking(
    cursor: Cursor, meanwhile: Callable[[], None]
) -> Iterator[Callable[[Callable[[], Answer]], Answer]]:
    """Give a way to do something in a thread of its own, that the database is told to leave at the end."""
    with ThreadPoolExecutor(1, thread_name_prefix="database") as pool:

        def wait_for(what: Callable[[], Answer]) -> Answer:
            return _patiently(pool.submit(what), meanwhile)

        try:
            yield wait_for
        except BaseException:
            with suppress(Exception):  # the database may be gone, which is what ends the reading then
                cursor.adbc_cancel()
            raise


def _patiently(asked: Future[Answer], meanwhile: Callable[[], None]) -> Answer:
    while not asked.done():
        meanwhile()
        wait([asked], timeout=LOOK_UP)
    return asked.result()


def _ask(cursor: Cursor, sql: str, values: list[str]) -> pa.RecordBatchReader:
    cursor.execute(sql, values or None)
    return cursor.fetch_record_batch()


def _batches(
    reader: pa.RecordBatchReader,
    wait_for: Callable[[Callable[[], pa.RecordBatch | None]], pa.RecordBatch | None],
) -> Iterator[pa.RecordBatch]:
    while (batch := wait_for(lambda: next(reader, None))) is not None:
        yield batch
