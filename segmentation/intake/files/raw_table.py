"""The raw table of an upload: line numbers and tidy cells as text, with the rejects beside it."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from segmentation.intake.files.dialect import refuse_too_wide
from segmentation.intake.files.pieces import REJECTS, cell_names, rows_schema
from segmentation.workspace import quote_identifier


class RawTable:
    """A table of tidy texts being filled within a transaction; counts its rows and rejects.

    What it is given comes from a process that a stranger's file may have taken over: it is checked first.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, upload_id: str) -> None:
        self._name = f"raw_{upload_id}"
        self.quoted = quote_identifier(self._name)
        self.rows = 0
        self.rejected = 0
        self._cursor = cursor
        self._upload_id = upload_id
        self._schema: pa.Schema = None

    @property
    def width(self) -> int:
        """How many columns of text it has; 0 before the first rows."""
        return len(self._schema) - 1 if self._schema else 0

    def add(self, stream: bytes) -> None:
        """Add the rows, or the rejects, of an Arrow stream; the first rows say how many columns there are.

        :raises pa.ArrowInvalid: if it is none, holds anything else, or lies about what it holds.
        :raises UnreadableFileError: if there are too many columns.
        """
        with pa.ipc.open_stream(stream) as reader:
            if self._schema is None and reader.schema != REJECTS:
                self._create(len(reader.schema) - 1)
            if reader.schema not in (self._schema, REJECTS):
                raise pa.ArrowInvalid("these are neither rows nor rejects")
            table = reader.read_all()
        table.validate(full=True)
        if table.schema == REJECTS:
            self._insert("rejects", table, ", ".join((f"'{self._upload_id}'", *REJECTS.names)))
            self.rejected += len(table)
        else:
            self._insert(self._name, table)
            self.rows += len(table)

    def _create(self, width: int) -> None:
        refuse_too_wide(width)
        self._schema = rows_schema(width)
        columns = ", ".join(f"{name} VARCHAR" for name in cell_names(width))
        self._cursor.execute(f"CREATE TABLE {self.quoted} (line BIGINT, {columns})")

    def _insert(self, target: str, batch: pa.Table, values: str = "*") -> None:
        """Insert a batch as a relation: a registered one would stay in memory until the transaction ends."""
        if len(batch):  # within a transaction the database (2.0.0) loses rows inserted after none
            self._cursor.from_arrow(batch).project(values).insert_into(target)
