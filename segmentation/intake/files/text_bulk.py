"""Text files in large pieces through Arrow's reader; the careful reader takes what is not plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from segmentation.errors import UnreadableFileError
from segmentation.intake.files.dialect import DELIMITERS, MAX_CELL, Dialect
from segmentation.intake.files.pieces import Pieces, cell_names, rows_schema, tidied
from segmentation.intake.files.text_records import read_records
from segmentation.intake.values.cast import BLANKS, MISSING

CHUNK = 16 << 20
PIECE = 1 << 20
MAX_LINES_BACK = 20_000
MAX_RECORD = 256 << 20
_IN_ANY_CASE = [
    "".join(letters)
    for word in MISSING
    for letters in product(*(sorted({letter, letter.upper()}) for letter in word))
]


@dataclass(frozen=True)
class BulkReader:
    """Hands on UTF-8 text as rows: clean pieces at full speed, others record by record."""

    pieces: Pieces
    dialect: Dialect

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
        if not breaks.are_one_kind or self.dialect.delimiter not in DELIMITERS or b"\x00" in text:
            return False
        try:
            cells = self._read(text)
        except pa.ArrowInvalid:
            return False
        if len(cells) != breaks.count + (not text.endswith((b"\n", b"\r"))) or _runs_on(cells):
            return False
        lines = pa.array(np.arange(line, line + len(cells)))
        columns = [pa.chunked_array([lines]), *map(_trimmed, cells.columns)]
        self.pieces.add(pa.Table.from_arrays(columns, schema=rows_schema(self.pieces.width)))
        return True

    def _read(self, text: bytes) -> pa.Table:
        """Read a text in one go, what stands for a missing value as NULL.

        :raises pa.ArrowInvalid: if a row has another width, or the text is no UTF-8.
        """
        names = cell_names(self.pieces.width)
        return pcsv.read_csv(
            pa.BufferReader(text),
            pcsv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=names),
            pcsv.ParseOptions(delimiter=self.dialect.delimiter),
            pcsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=_IN_ANY_CASE,
                strings_can_be_null=True,
            ),
        )

    def _load_carefully(self, text: bytes, line: int) -> None:
        body = Dialect(self.dialect.delimiter, -1, self.dialect.names, self.dialect.header)
        lines = (part.decode("utf-8", "surrogateescape") for part in text.splitlines(keepends=True))
        self.pieces.insert(read_records(lines, body, line))


def _runs_on(cells: pa.Table) -> bool:
    """Whether a quotation is left open at the end, or a cell is longer than any should be."""
    last = cells.columns[-1][-1].as_py() or ""
    longest = (pc.max(pc.binary_length(column)).as_py() or 0 for column in cells.columns)
    return last.endswith(("\n", "\r")) or max(longest) > MAX_CELL


def _trimmed(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return tidy cells of which those that stand for a missing value, without blanks, are NULL already."""
    bare = pc.utf8_trim(cells, characters=BLANKS)
    sizes = (pc.sum(pc.binary_length(column)) for column in (cells, bare))
    return cells if len(set(sizes)) == 1 else tidied(cells)


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
