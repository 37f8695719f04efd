"""What readers hand on: rows as tidy Arrow tables, and the records that are no rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.intake.files.dialect import refuse_too_wide
from segmentation.intake.files.limits import Growth
from segmentation.intake.files.text_records import Fault, Reject, Row
from segmentation.intake.values.cast import BLANKS, MISSING

CELLS_PER_PIECE = 500_000
LETTERS_PER_PIECE = 8 << 20
REJECTS = pa.schema([("line", pa.int64()), ("reason", pa.string()), ("content", pa.string())])

Hand = Callable[[pa.Table], None]


@dataclass(frozen=True)
class Loaded:
    """What came out of a file: the names of its columns and its delimiter.

    Of a workbook the delimiter is the name of the sheet; `sheets` are those that could be read instead.
    """

    names: tuple[str, ...]
    delimiter: str
    sheets: tuple[str, ...] = ()


def cell_names(width: int) -> list[str]:
    """Return the names that the cells of a row have in the database."""
    return [f"c{position}" for position in range(width)]


def rows_schema(width: int) -> pa.Schema:
    """Return how rows are handed on: the line where each begins, then its cells as text."""
    return pa.schema([("line", pa.int64()), *((name, pa.string()) for name in cell_names(width))])


class Pieces:
    """Hands on the rows and rejects of one file, piece by piece, and sees that it does not grow too far.

    :param hand: takes tables of `rows_schema`, or of REJECTS.
    :param size: bytes of the file.
    """

    def __init__(self, hand: Hand, size: int) -> None:
        self.width = 0
        self._hand = hand
        self._growth = Growth(size)
        self._header: list[str | None] = []
        self._blank_rows = True

    def begin(self, width: int, header: Sequence[str] = (), blank_rows: bool = True) -> None:
        """Say how many columns there are.

        :param header: its cells, where rows that repeat them (as in joined exports) are set aside.
        :param blank_rows: whether a row of nothing but delimiters is one.
        :raises UnreadableFileError: if there are too many.
        """
        refuse_too_wide(width)
        self.width = width
        self._blank_rows = blank_rows or width == 1
        self._header = tidied(pa.array([_as_utf8(cell) for cell in header], pa.string())).to_pylist()
        self._hand(rows_schema(width).empty_table())  # says how wide those are that follow

    def insert(self, records: Iterable[Row | Reject]) -> None:
        """Hand on records, in batches that fit into memory."""
        for batch in _batches(records, self.width):
            self._insert_rows([record for record in batch if isinstance(record, Row)])
            self.reject([record for record in batch if isinstance(record, Reject)])

    def add(self, rows: pa.Table) -> None:
        """Hand on a table of `rows_schema` whose cells are tidy already."""
        self._growth.add(rows.nbytes)
        if not self._blank_rows:
            rows = _filtered(rows, _some_filled(rows))
        if self._header:
            rows = self._without_repeated_headers(rows)
        if len(rows):
            self._hand(rows)

    def reject(self, rejects: Sequence[Reject]) -> None:
        """Hand on records that are no rows."""
        if not rejects:
            return
        columns = zip(*((r.line, str(r.reason), r.content) for r in rejects), strict=True)
        table = pa.Table.from_arrays(list(map(pa.array, columns)), schema=REJECTS)
        self._growth.add(table.nbytes)
        self._hand(table)

    def _insert_rows(self, rows: list[Row]) -> None:
        if not rows:
            return
        cells = zip(*(row.cells for row in rows), strict=True)
        columns = [
            pa.array([row.line for row in rows], pa.int64()),
            *(tidied(pa.array(cell, pa.string())) for cell in cells),
        ]
        self.add(pa.Table.from_arrays(columns, schema=rows_schema(self.width)))

    def _without_repeated_headers(self, rows: pa.Table) -> pa.Table:
        repeats: pa.ChunkedArray = None
        for column, cell in zip(rows.columns[1:], self._header, strict=True):
            same = pc.is_null(column) if cell is None else pc.fill_null(pc.equal(column, cell), False)
            repeats = same if repeats is None else pc.and_(repeats, same)
            if not pc.any(repeats).as_py():
                return rows
        content = ", ".join(cell or "" for cell in self._header)
        lines = rows.column(0).filter(repeats).to_pylist()
        self.reject([Reject(line, Fault.REPEATED_HEADER, content) for line in lines])
        return rows.filter(pc.invert(repeats))


def tidied(cells: pa.Array) -> pa.Array:
    """Trim cells, and turn what stands for a missing value (nothing, null, NA, nan, -) into NULL."""
    bare = pc.utf8_trim(cells, characters=BLANKS)
    missing = pc.is_in(pc.utf8_lower(bare), value_set=pa.array(MISSING))
    return pc.if_else(missing, pa.scalar(None, pa.string()), bare)


def _batches(records: Iterable[Row | Reject], width: int) -> Iterator[list[Row | Reject]]:
    batch: list[Row | Reject] = []
    letters = 0
    for record in records:
        batch.append(record)
        letters += sum(map(len, record.cells)) if isinstance(record, Row) else len(record.content)
        if len(batch) * width >= CELLS_PER_PIECE or letters >= LETTERS_PER_PIECE:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _some_filled(rows: pa.Table) -> pa.ChunkedArray | None:
    """Mark the rows that have some cell; None where all have, as a column without gaps shows at once."""
    cells = rows.columns[1:]
    if any(not column.null_count for column in cells):
        return None
    return reduce(pc.or_, map(pc.is_valid, cells))


def _filtered(rows: pa.Table, mask: pa.ChunkedArray | None) -> pa.Table:
    return rows if mask is None else rows.filter(mask)


def _as_utf8(text: str) -> str:
    return text.encode(errors="replace").decode()
