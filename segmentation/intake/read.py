"""From a file on disk to an all-text table in the workspace, in one transaction."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

import duckdb
import pyarrow as pa

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.dialect import QUOTE_TEXTS, SAMPLE_RECORDS, clean_names, sniff
from segmentation.intake.encoding import REMEDY, FileBytes, examine
from segmentation.intake.guess import guess
from segmentation.intake.records import Reject, Row, read_records
from segmentation.intake.roles import Upload
from segmentation.intake.uploads import get_upload, list_uploads
from segmentation.jobs import Progress, silent
from segmentation.workspace import Workspace, quote_identifier

CELLS_PER_BATCH = 500_000
MAX_REJECTED_SHARE = 0.5
MAX_COLUMNS = 5000


@dataclass(frozen=True)
class _Loaded:
    """What came out of a file: names of the columns, the delimiter, rows read and rejected."""

    names: tuple[str, ...]
    delimiter: str
    rows: int
    rejected: int


def load_file(
    workspace: Workspace, path: Path | str, file_name: str | None = None, on_progress: Progress = silent
) -> Upload:
    """Read a file into the workspace and guess what it means; one that is already there is returned.

    :param path: where the bytes are; they are left untouched.
    :param file_name: the name to show, by default that of the path; never used as a path.
    :raises EmptyFileError: if there are no rows.
    :raises UnreadableFileError: if the bytes are no table.
    """
    path = Path(path)
    file_name = Path((file_name or path.name).replace("\\", "/")).name
    if not path.is_file():
        raise UnreadableFileError(f"there is no file {path}.", "Check the name and try again.")
    facts = examine(path, on_progress)
    upload_id = facts.digest[:12]
    if any(upload.upload_id == upload_id for upload in list_uploads(workspace)):
        return get_upload(workspace, upload_id)
    with workspace.transaction() as cursor:
        table = quote_identifier(f"raw_{upload_id}")
        load = _load_parquet if facts.is_parquet else _load_text
        loaded = load(workspace, cursor, path, facts, table, upload_id, on_progress)
        _refuse_mostly_rejected(loaded)
        on_progress("Understanding the columns", 0, 1)
        kind, confidence, reason, columns = guess(cursor, table, loaded.names)
        cursor.execute(
            "INSERT INTO uploads SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM uploads),"
            " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
            [upload_id, file_name, facts.digest, facts.size, facts.encoding, loaded.delimiter, str(kind),
             confidence, reason, loaded.rows, loaded.rejected, datetime.now(UTC).replace(tzinfo=None)],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO upload_columns VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                [upload_id, c.position, c.name, str(c.role), c.confidence, c.reason, c.value_format]
                for c in columns
            ],
        )
        on_progress("Understanding the columns", 1, 1)
    return get_upload(workspace, upload_id)


def _refuse_mostly_rejected(loaded: _Loaded) -> None:
    if not loaded.rows and not loaded.rejected:
        raise EmptyFileError(
            "there is a header but no rows.", "Export it again and check that it holds rows."
        )
    if loaded.rejected > MAX_REJECTED_SHARE * (loaded.rows + loaded.rejected):
        raise UnreadableFileError(
            f"{loaded.rejected:,} of {loaded.rows + loaded.rejected:,} rows do not fit"
            f" the {len(loaded.names)} columns of the header.",
            QUOTE_TEXTS,
        )


def _load_text(
    workspace: Workspace,
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    facts: FileBytes,
    table: str,
    upload_id: str,
    on_progress: Progress,
) -> _Loaded:
    with _open_text(path, facts.codec) as file:
        dialect = sniff(list(islice(file, 2 * SAMPLE_RECORDS)))
    _create(cursor, table, len(dialect.names))
    batch_size = max(1, CELLS_PER_BATCH // len(dialect.names))
    rows = rejected = 0
    with _open_text(path, facts.codec) as file:
        records = read_records(file, dialect)
        while batch := list(islice(records, batch_size)):
            good = [record for record in batch if isinstance(record, Row)]
            bad = [record for record in batch if isinstance(record, Reject)]
            _insert_rows(cursor, table, good, len(dialect.names))
            _insert_rejects(cursor, upload_id, bad)
            rows, rejected = rows + len(good), rejected + len(bad)
            on_progress("Reading the file", min(file.buffer.tell(), facts.size), facts.size)
    return _Loaded(dialect.names, dialect.delimiter, rows, rejected)


def _open_text(path: Path, codec: str) -> TextIO:
    errors = "replace" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return path.open(encoding=codec, errors=errors, newline="")


def _create(cursor: duckdb.DuckDBPyConnection, table: str, width: int) -> None:
    if width > MAX_COLUMNS:
        raise UnreadableFileError(f"there are {width:,} columns.", f"At most {MAX_COLUMNS:,} can be read.")
    columns = ", ".join(f"c{position} VARCHAR" for position in range(width))
    cursor.execute(f"CREATE TABLE {table} (line BIGINT, {columns})")


def _insert_rows(cursor: duckdb.DuckDBPyConnection, table: str, rows: list[Row], width: int) -> None:
    if not rows:
        return
    cells = zip(*(row.cells for row in rows), strict=True)
    arrays = [
        pa.array([row.line for row in rows], pa.int64()),
        *(pa.array(cell, pa.string()) for cell in cells),
    ]
    batch = pa.Table.from_arrays(arrays, names=["line", *(f"c{position}" for position in range(width))])
    cursor.register("batch", batch)
    cursor.execute(f"INSERT INTO {table} SELECT * FROM batch")
    cursor.unregister("batch")


def _insert_rejects(cursor: duckdb.DuckDBPyConnection, upload_id: str, rejects: list[Reject]) -> None:
    if not rejects:
        return
    columns = [[r.line for r in rejects], [r.reason for r in rejects], [r.content for r in rejects]]
    batch = pa.Table.from_arrays(
        [pa.array(column) for column in columns], names=["line", "reason", "content"]
    )
    cursor.register("batch", batch)
    cursor.execute("INSERT INTO rejects SELECT ?, line, reason, content FROM batch", [upload_id])
    cursor.unregister("batch")


def _load_parquet(
    workspace: Workspace,
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    facts: FileBytes,
    table: str,
    upload_id: str,
    on_progress: Progress,
) -> _Loaded:
    """Read Parquet through a private copy, the only place where the database may look."""
    staged = workspace.staging / f"{uuid.uuid4().hex}.parquet"
    try:
        shutil.copyfile(path, staged)
        on_progress("Reading the file", 0, facts.size)
        schema = cursor.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(staged)]).fetchall()
        _create(cursor, table, len(schema))
        texts = ", ".join(_as_text(row[0], row[1]) for row in schema)
        cursor.execute(
            f"INSERT INTO {table} SELECT file_row_number + 1, {texts}"
            " FROM read_parquet(?, file_row_number = true)",
            [str(staged)],
        )
        rows = cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
        on_progress("Reading the file", facts.size, facts.size)
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise UnreadableFileError(
            f"the Parquet file is damaged ({str(error).splitlines()[0][:200]}).", REMEDY
        ) from error
    finally:
        staged.unlink(missing_ok=True)
    return _Loaded(clean_names([row[0] for row in schema]), "", rows, 0)


def _as_text(name: str, kind: str) -> str:
    """Write a typed Parquet column as text; a float column of whole numbers (ids with gaps) without `.0`."""
    column = quote_identifier(name)
    if kind in ("DOUBLE", "FLOAT"):
        return (
            f"CASE WHEN {column} = trunc({column}) AND abs({column}) < 1e15 THEN {column}::BIGINT::VARCHAR"
            f" ELSE {column}::VARCHAR END"
        )
    return f"{column}::VARCHAR"
