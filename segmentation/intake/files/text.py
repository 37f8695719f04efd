"""Text files: delimited or aligned, in any encoding, become rows of a raw table."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from segmentation.intake.files.dialect import SAMPLE_RECORDS, Dialect, sniff
from segmentation.intake.files.pieces import Loaded, Pieces
from segmentation.intake.files.source import SourceFile
from segmentation.intake.files.text_bulk import BulkReader, read_chunks
from segmentation.intake.files.text_records import read_head
from segmentation.intake.files.wrapped import are_lines_wrapped, without_formulas, without_line_quotes
from segmentation.jobs import Progress
from segmentation.stages import Stage

HEAD = 4 << 20


def load_text(source: SourceFile, pieces: Pieces, on_progress: Progress) -> Loaded:
    """Hand on the rows of a text file.

    :raises EmptyFileError: if no line holds anything.
    :raises UnreadableFileError: if the rows do not line up under any delimiter.
    """
    facts = source.facts
    dialect = _sniff_file(source.path, facts.codec)
    pieces.begin(len(dialect.names), dialect.header, blank_rows=False)
    line = 1
    bulk = BulkReader(pieces, dialect)
    with source.path.open("rb") as file:
        for chunk in read_chunks(open_as_utf8(file, facts.codec)):
            text = without_formulas(without_line_quotes(chunk) if dialect.wrapped else chunk)
            if line == 1:
                text, line = _cut_head(text, pieces, dialect)
            line = bulk.load(text, line)
            on_progress(Stage.READING_FILE, min(file.tell(), facts.size), facts.size)
    return Loaded(dialect.names, dialect.delimiter)


def open_as_utf8(file: BinaryIO, codec: str) -> BinaryIO:
    """Read a text file as UTF-8, whatever its encoding; bytes that are no text stay as they are."""
    if codec in ("utf-8", "utf-8-sig"):
        file.seek(len(codecs.BOM_UTF8) if codec == "utf-8-sig" else 0)
        return file
    errors = "replace" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return cast(BinaryIO, codecs.EncodedFile(file, "utf-8", codec, errors))


def _sniff_file(path: Path, codec: str) -> Dialect:
    with path.open("rb") as file:
        head = without_formulas(open_as_utf8(file, codec).read(HEAD))
    lines = _first_lines(head)
    if are_lines_wrapped(lines):
        return replace(sniff(_first_lines(without_line_quotes(head))), wrapped=True)
    return sniff(lines)


def _first_lines(head: bytes) -> list[str]:
    lines = head.splitlines(keepends=True)[: 2 * SAMPLE_RECORDS]
    return [line.decode("utf-8", "surrogateescape") for line in lines]


def _cut_head(text: bytes, pieces: Pieces, dialect: Dialect) -> tuple[bytes, int]:
    """Take the header, and what stands before it, off a file's first piece; say which line comes next."""
    lines = text[:HEAD].splitlines(keepends=True)
    count, before = read_head((line.decode("utf-8", "surrogateescape") for line in lines), dialect)
    pieces.reject(before)
    return text[sum(map(len, lines[:count])) :], count + 1
