"""The raw table of an upload: line numbers and tidy cells as text, with the rejects beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.errors import UnreadableFileError
from segmentation.intake.files.text_records import Fault, Reject, Row
from segmentation.intake.values.cast import BLANKS, MISSING, tidy
from segmentation.workspace import quote_identifier

CELLS_PER_BATCH = 500_000
MAX_COLUMNS = 5000
# The database holds a vector for each step of each column: thousands of columns would take gigabytes.
WIDE = 250


@dataclass(frozen=True)
class Loaded:
    """What came out of a file: names of the columns, the delimiter, rows read and rejected.

    Of a workbook the delimiter is the name of the sheet; `sheets` are those that could be read instead.
    """

    names: tuple[str, ...]
    delimiter: str
    rows: int
    rejected: int
    sheets: tuple[str, ...] = ()


class RawTable:
    """A table of tidy texts being filled within a transaction; counts its rows and rejects."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, upload_id: str, width: int) -> None:
        if width > MAX_COLUMNS:
            raise UnreadableFileError(
                f"there are {width:,} columns.", f"At most {MAX_COLUMNS:,} can be read."
            )
        self.quoted = quote_identifier(f"raw_{upload_id}")
        self.rows = 0
        self.rejected = 0
        self._cursor = cursor
        self._upload_id = upload_id
        self._width = width
        columns = ", ".join(f"c{position} VARCHAR" for position in range(width))
        cursor.execute(f"CREATE TABLE {self.quoted} (line BIGINT, {columns})")

    def insert_from(self, source: str, blanks: str = BLANKS) -> None:
        """Add the rows of an SQL table or query that has `line` and the cells c0, c1 and so on.

        :param blanks: the blanks that can stand at the ends of its cells.
        """
        names = [f"c{position}" for position in range(self._width)]
        if self._width > WIDE:
            self._insert_table(
                self._cursor.sql(f"SELECT line, {', '.join(names)} FROM {source}").to_arrow_table()
            )
            return
        cells = ", ".join(tidy(name, blanks) for name in names)
        added = self._cursor.execute(f"INSERT INTO {self.quoted} SELECT line, {cells} FROM {source}")
        self.rows += added.fetchall()[0][0]

    def insert(self, records: Iterable[Row | Reject]) -> None:
        """Add records, in batches that fit into memory."""
        records = iter(records)
        while batch := list(islice(records, max(1, CELLS_PER_BATCH // self._width))):
            self._insert_rows([record for record in batch if isinstance(record, Row)])
            self._insert_rejects([record for record in batch if isinstance(record, Reject)])

    def set_repeated_headers_aside(self, header: Sequence[str]) -> None:
        """Move rows that are the header once more (several exports in one file) to the rejects."""
        if not header:
            return
        same = " AND ".join(f"c{i} IS NOT DISTINCT FROM ?" for i in range(len(header)))
        texts = [cell.strip(BLANKS).encode(errors="replace").decode() for cell in header]
        cells = [None if text.lower() in MISSING else text for text in texts]
        lines = self._cursor.execute(f"SELECT line FROM {self.quoted} WHERE {same}", cells).fetchall()
        if lines:
            self._cursor.execute(f"DELETE FROM {self.quoted} WHERE {same}", cells)
            self.rows -= len(lines)
            content = ", ".join(texts)
            self._insert_rejects([Reject(line, Fault.REPEATED_HEADER, content) for (line,) in lines])

    def forget_blank_rows(self) -> None:
        """Leave out rows of nothing but delimiters, as spreadsheets write them below a table."""
        nothing = " AND ".join(f"c{i} IS NULL" for i in range(self._width))
        [(blank,)] = self._cursor.execute(f"SELECT count(*) FROM {self.quoted} WHERE {nothing}").fetchall()
        if blank and self._width > 1:
            self._cursor.execute(f"DELETE FROM {self.quoted} WHERE {nothing}")
            self.rows -= blank

    def _insert_rows(self, rows: list[Row]) -> None:
        if not rows:
            return
        cells = zip(*(row.cells for row in rows), strict=True)
        arrays = [
            pa.array([row.line for row in rows], pa.int64()),
            *(pa.array(cell, pa.string()) for cell in cells),
        ]
        names = ["line", *(f"c{position}" for position in range(self._width))]
        self._insert_table(pa.Table.from_arrays(arrays, names=names))

    def _insert_table(self, table: pa.Table) -> None:
        columns = [table.column(0), *map(_tidied, table.columns[1:])]
        self._cursor.register("batch", pa.Table.from_arrays(columns, names=table.column_names))
        self._cursor.execute(f"INSERT INTO {self.quoted} FROM batch")
        self._cursor.unregister("batch")
        self.rows += len(table)

    def _insert_rejects(self, rejects: list[Reject]) -> None:
        if not rejects:
            return
        columns = [[r.line for r in rejects], [str(r.reason) for r in rejects], [r.content for r in rejects]]
        batch = pa.Table.from_arrays(
            [pa.array(column) for column in columns], names=["line", "reason", "content"]
        )
        self._cursor.register("batch", batch)
        self._cursor.execute(
            "INSERT INTO rejects SELECT ?, line, reason, content FROM batch", [self._upload_id]
        )
        self._cursor.unregister("batch")
        self.rejected += len(rejects)


def _tidied(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Do to a column in memory what `tidy` does in the database."""
    bare = pc.utf8_trim(cells, characters=BLANKS)
    missing = pc.is_in(pc.utf8_lower(bare), value_set=pa.array(MISSING))
    return pc.if_else(missing, pa.scalar(None, pa.string()), bare)
