"""Text files in large pieces through the database's own reader; the careful reader takes what it refuses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np
import pyarrow as pa

from segmentation.errors import UnreadableFileError
from segmentation.intake.files.dialect import DELIMITERS, Dialect
from segmentation.intake.files.own_database import tidy_cells
from segmentation.intake.files.pieces import Pieces, cell_names, rows_schema
from segmentation.intake.files.text_records import read_records
from segmentation.intake.values.cast import BLANKS, SPACE, literal

CHUNK = 16 << 20
PIECE = 1 << 20
MAX_LINES_BACK = 20_000
MAX_RECORD = 256 << 20
RARE_BLANKS = sorted(set(BLANKS) - set(" \r\n"))
"""Those that nearly no text has, the one of ASCII first; line breaks are in clean text between rows alone."""


@dataclass(frozen=True)
class BulkReader:
    """Hands on UTF-8 text as rows: clean pieces at full speed, others record by record.

    :param database: a database of this process's own; None where all is read record by record.
    :param folder: a private one, where that database may read.
    """

    database: duckdb.DuckDBPyConnection | None
    pieces: Pieces
    dialect: Dialect
    folder: Path

    def load(self, text: bytes, line: int) -> int:
        """Load whole records, the first of which stands on this line of the file; return the next line."""
        breaks = LineBreaks.of(text)
        if not self._load_clean(text, line, breaks):
            for piece in split_pieces(text, PIECE):
                within = LineBreaks.of(piece)
                if len(piece) == len(text) or not self._load_clean(piece, line, within):
                    self._load_carefully(piece, line)
                line += within.count
            return line
        return line + breaks.count

    def _load_clean(self, text: bytes, line: int, breaks: LineBreaks) -> bool:
        """Hand on the text if it has one row per line; else leave it and return False."""
        if self.database is None or not breaks.are_one_kind:
            return False
        blanks = blanks_at_ends(text, self.dialect.delimiter)
        if not _may_be_clean(text, self.dialect.delimiter, blanks):
            return False
        staged = self.folder / f"{uuid.uuid4().hex}.csv"
        try:
            staged.write_bytes(text)
            cells = tidy_cells(self.database, self._read_csv(staged), self.pieces.width, blanks)
        finally:
            staged.unlink(missing_ok=True)
        if len(cells) != breaks.count + (not text.endswith((b"\n", b"\r"))):
            return False
        lines = pa.array(np.arange(line, line + len(cells)))
        columns = [pa.chunked_array([lines]), *cells.columns]
        self.pieces.add(pa.Table.from_arrays(columns, schema=rows_schema(self.pieces.width)))
        return True

    def _read_csv(self, path: Path) -> str:
        """Return SQL that reads a file strictly, leaving out what is no row."""
        names = cell_names(self.pieces.width)
        columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
        return (
            f"read_csv({literal(str(path))}, columns = {{{columns}}}, force_not_null = {names},"
            f" delim = {literal(self.dialect.delimiter)}, quote = '\"', escape = '\"', comment = '',"
            " header = false, auto_detect = false, strict_mode = true, ignore_errors = true)"
        )

    def _load_carefully(self, text: bytes, line: int) -> None:
        body = Dialect(self.dialect.delimiter, -1, self.dialect.names, self.dialect.header)
        lines = (part.decode("utf-8", "surrogateescape") for part in text.splitlines(keepends=True))
        self.pieces.insert(read_records(lines, body, line))


@dataclass(frozen=True)
class LineBreaks:
    """How many lines of a text end, and whether all do in the same way (not by a lone return)."""

    count: int
    are_one_kind: bool

    @classmethod
    def of(cls, text: bytes) -> LineBreaks:
        """Count line ends of all three kinds."""
        feeds = text.count(b"\n")
        if b"\r" not in text:
            return cls(feeds, True)
        returns, both = text.count(b"\r"), text.count(b"\r\n")
        return cls(feeds + returns - both, returns == both == feeds)


def blanks_at_ends(text: bytes, delimiter: str) -> str:
    """Return the blanks that can stand at the ends of cells: none where none is beside what parts cells."""
    rare = RARE_BLANKS[:1] if text.isascii() else RARE_BLANKS
    if any(blank.encode() in text for blank in rare):
        return BLANKS
    letters = np.frombuffer(text, np.uint8)
    parts = np.zeros(256, dtype=bool)
    parts[list(b'"\r\n' + delimiter.encode())] = True
    at = np.flatnonzero(letters == ord(SPACE))
    inner = at[(at > 0) & (at < len(letters) - 1)]
    if len(inner) < len(at) or parts[letters[inner - 1]].any() or parts[letters[inner + 1]].any():
        return SPACE
    return ""


def _may_be_clean(text: bytes, delimiter: str, blanks: str) -> bool:
    """Whether the database reads this text as the careful reader does: no padded quotes."""
    if delimiter not in DELIMITERS or b"\x00" in text:
        return False
    if not blanks or b'"' not in text:
        return True
    between = re.escape(delimiter.encode())
    padded = rb"(^|" + between + rb'|\n) +"|" +(' + between + rb"|\r?\n|$)"
    return not re.search(padded, text)


def split_pieces(text: bytes, size: int) -> Iterator[bytes]:
    """Cut a text into pieces of about this size, at the ends of records."""
    start = 0
    while start < len(text):
        is_last = len(text) - start <= size
        end = len(text) if is_last else find_record_end(text, start, start + size) or len(text)
        yield text[start:end]
        start = end


def find_record_end(text: bytes, start: int, limit: int) -> int:
    """Return where the last record ends that lies whole between start and limit; 0 if there is none.

    A line break is the end of a record where the quotation marks before it are even in number.
    """
    if limit >= len(text) and text.endswith(b"\n"):
        limit = len(text)
    last = end = text.rfind(b"\n", start, limit) + 1
    odd = text.count(b'"', start, end) % 2
    for _ in range(MAX_LINES_BACK):
        if not odd or end <= start:
            break
        earlier = text.rfind(b"\n", start, end - 1) + 1
        odd ^= text.count(b'"', max(earlier, start), end) % 2
        end = earlier
    return end if end > start else last


def read_chunks(file: BinaryIO, size: int = CHUNK) -> Iterator[bytes]:
    """Yield a file in pieces of about this size that end where records end.

    :raises UnreadableFileError: if there is hardly a line break in it.
    """
    rest = b""
    while block := file.read(size):
        text = rest + block
        end = find_record_end(text, 0, len(text))
        if end:
            yield text[:end]
        rest = text[end:]
        if len(rest) > MAX_RECORD:
            raise UnreadableFileError(
                f"there is a line of more than {MAX_RECORD >> 20} MB.", "Export it again as CSV."
            )
    if rest:
        yield rest
