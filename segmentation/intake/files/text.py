"""Text files: delimited or aligned, in any encoding, become rows of a raw table."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO, cast

import duckdb

from segmentation.intake.files.dialect import SAMPLE_RECORDS, Dialect, sniff
from segmentation.intake.files.encoding import FileBytes
from segmentation.intake.files.raw_table import Loaded, RawTable
from segmentation.intake.files.text_bulk import BulkReader, read_chunks
from segmentation.intake.files.text_records import read_head
from segmentation.jobs import Progress
from segmentation.stages import Stage

HEAD = 4 << 20


def load_text(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    facts: FileBytes,
    upload_id: str,
    staging: Path,
    on_progress: Progress,
) -> Loaded:
    """Fill the raw table from a text file.

    :param staging: a private folder where the database may read.
    :raises EmptyFileError: if no line holds anything.
    :raises UnreadableFileError: if the rows do not line up under any delimiter.
    """
    dialect = _sniff_file(path, facts.codec)
    table = RawTable(cursor, upload_id, len(dialect.names))
    bulk = BulkReader(cursor, table, dialect, staging)
    line = 1
    with path.open("rb") as file:
        for text in read_chunks(open_as_utf8(file, facts.codec)):
            if line == 1:
                text, line = _cut_head(text, table, dialect)
            line = bulk.load(text, line)
            on_progress(Stage.READING_FILE, min(file.tell(), facts.size), facts.size)
    cursor.execute("DROP TABLE IF EXISTS piece")
    table.forget_blank_rows()
    table.set_repeated_headers_aside(dialect.header)
    return Loaded(dialect.names, dialect.delimiter, table.rows, table.rejected)


def open_as_utf8(file: BinaryIO, codec: str) -> BinaryIO:
    """Read a text file as UTF-8, whatever its encoding; bytes that are no text stay as they are."""
    if codec in ("utf-8", "utf-8-sig"):
        file.seek(len(codecs.BOM_UTF8) if codec == "utf-8-sig" else 0)
        return file
    errors = "replace" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return cast(BinaryIO, codecs.EncodedFile(file, "utf-8", codec, errors))


def _sniff_file(path: Path, codec: str) -> Dialect:
    with path.open("rb") as file:
        lines = open_as_utf8(file, codec).read(HEAD).splitlines(keepends=True)
    return sniff([line.decode("utf-8", "surrogateescape") for line in lines[: 2 * SAMPLE_RECORDS]])


def _cut_head(text: bytes, table: RawTable, dialect: Dialect) -> tuple[bytes, int]:
    """Take the header, and what stands before it, off a file's first piece; say which line comes next."""
    lines = text[:HEAD].splitlines(keepends=True)
    count, before = read_head((line.decode("utf-8", "surrogateescape") for line in lines), dialect)
    table.insert(before)
    return text[sum(map(len, lines[:count])) :], count + 1
