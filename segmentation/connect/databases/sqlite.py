"""SQLite: a file, opened so that nothing can be written to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from segmentation.connect.databases.address import Address, Login, System
from segmentation.connect.databases.sql_system import SourceColumn, SourceTable, driver, rows_of
from segmentation.errors import SourceError
from segmentation.workspace import quote_identifier

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection, Cursor

OVERLAP_MINUTES = 10
BATCH_ROWS = "adbc.sqlite.query.batch_rows"
_TABLES = """
    SELECT name, type = 'view' FROM sqlite_master
    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"""


class Sqlite:
    """A file of SQLite."""

    def connect(self, address: Address, login: Login) -> Connection:
        """Open a file that is there.

        :raises SourceError: if there is none.
        """
        path = Path(address.database)
        if not path.is_file():
            raise SourceError(f"there is no file {path}.", "Check the name and try again.")
        return driver(System.SQLITE).connect(f"{path.as_uri()}?mode=ro")

    def begin(self, cursor: Cursor) -> None:
        """Read many rows at once; what follows happens in one transaction, which sees one moment."""
        cursor.adbc_statement.set_options(**{BATCH_ROWS: "65536"})

    def tables(self, cursor: Cursor) -> list[SourceTable]:
        """List tables and views; of a table as many rows as it has counted up to."""
        return [
            SourceTable("", name, bool(is_view), None if is_view else _about(cursor, name))
            for name, is_view in rows_of(cursor, _TABLES)
        ]

    def quoted(self, table: SourceTable) -> str:
        """Return the name of a table."""
        return quote_identifier(table.name)

    def columns(self, cursor: Cursor, source: str) -> list[SourceColumn]:
        """Return all columns: a column has no type here, only its values have."""
        cursor.execute(f"SELECT * FROM {source} AS source LIMIT 0")
        return [SourceColumn(name, "", _text(name)) for name, *_ in cursor.description or ()]

    def key(self, cursor: Cursor, table: SourceTable) -> tuple[str, ...]:
        """Return the columns of the primary key."""
        asked = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
        return tuple(name for (name,) in rows_of(cursor, asked, [table.name]))

    def newer(self, column: SourceColumn) -> str | None:
        """Go some minutes back in a moment; a number is compared as one, since one at a time may write."""
        name = quote_identifier(column.name)
        moment = f"coalesce(datetime(?1, '-{OVERLAP_MINUTES} minutes'), ?1)"
        number = f"typeof({name}) IN ('integer', 'real') AND {name} >= CAST(?1 AS NUMERIC)"
        return f"({name} IS NULL OR {number} OR typeof({name}) = 'text' AND {name} >= {moment})"


def _about(cursor: Cursor, name: str) -> int | None:
    """Return the highest number of a row, which takes no time; None for a table without such numbers."""
    try:
        [(highest,)] = rows_of(cursor, f"SELECT max(rowid) FROM {quote_identifier(name)}")
    except driver(System.SQLITE).Error:
        return None
    return int(highest or 0)


def _text(name: str) -> str:
    """Write a value as text, whole numbers without “.0”, bytes not at all; NULL as nothing.

    The driver takes a column of texts that begins with NULL for one of numbers.
    """
    column = quote_identifier(name)
    return (
        f"CASE typeof({column}) WHEN 'null' THEN '' WHEN 'blob' THEN '' "
        f"WHEN 'real' THEN CASE WHEN {column} = CAST({column} AS INTEGER) AND abs({column}) < 1e15"
        f" THEN CAST(CAST({column} AS INTEGER) AS TEXT) ELSE CAST({column} AS TEXT) END "
        f"ELSE CAST({column} AS TEXT) END"
    )
