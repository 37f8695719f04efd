"""PostgreSQL: one moment of it, read only; what it writes as text is ISO and in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from segmentation.connect.databases.address import Address, Login, System
from segmentation.connect.databases.sql_system import SourceColumn, SourceTable, driver, rows_of
from segmentation.intake.values.cast import literal
from segmentation.workspace import quote_identifier

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection, Cursor

CONNECT_SECONDS = 10
LOCK_SECONDS = 10
STATEMENT_SECONDS = 3600
_KEEPALIVE = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
"""After a minute a server that has gone without a word is given up."""

OVERLAP_MINUTES = 10
OVERLAP_IDS = 1000
"""Ids are given out before a transaction ends: a row can appear below one that is there already."""

_USUAL = "public"
_BYTES = "bytea"
_DAYS, _MOMENTS = ("date",), ("timestamp", "timestamptz")
_NUMBERS = ("int2", "int4", "int8", "numeric")
_SETTINGS = {
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "synchronize_seqscans": "off",  # these two: the same rows in the same order, each time
    "max_parallel_workers_per_gather": "0",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
}
_TABLES = """
    SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), c.reltuples::bigint
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
      AND has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE')
    ORDER BY n.nspname <> 'public', n.nspname, c.relname"""
_KEY = """
    SELECT a.attname
    FROM pg_catalog.pg_index AS i
    CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    WHERE i.indisprimary AND i.indrelid = CAST({table} AS regclass)
    ORDER BY k.place"""


class Postgresql:
    """PostgreSQL, and what speaks its protocol."""

    def connect(self, address: Address, login: Login) -> Connection:
        """Open a connection; what is not said of who reads, the system's own files and variables may say."""
        said = {
            "host": address.host,
            "port": str(address.port or ""),
            "dbname": address.database,
            "user": login.user,
            "password": login.password,
            "connect_timeout": str(CONNECT_SECONDS),
            **_KEEPALIVE,
            "application_name": "tessera",
            **dict(address.options),
        }
        # Never as one address: where that is written wrong, the error repeats it, password and all.
        words = " ".join(f"{name}={_in_quotes(value)}" for name, value in said.items() if value)
        return driver(System.POSTGRESQL).connect(words)

    def begin(self, cursor: Cursor) -> None:
        """Begin the one transaction: it sees one moment, and the server lets it write nothing."""
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET LOCAL {name} = {literal(value)}")

    def tables(self, cursor: Cursor) -> list[SourceTable]:
        """List tables and views; the rows as the server last counted them."""
        return [
            SourceTable(
                "" if schema == _USUAL else schema,
                name,
                is_view,
                int(rows) if rows >= 0 and not is_view else None,
            )
            for schema, name, is_view, rows in rows_of(cursor, _TABLES)
        ]

    def quoted(self, table: SourceTable) -> str:
        """Return the name of a table, with its schema: no path to search decides which one is meant."""
        return f"{quote_identifier(table.schema or _USUAL)}.{quote_identifier(table.name)}"

    def columns(self, cursor: Cursor, source: str) -> list[SourceColumn]:
        """Return the columns by the types that the server gives them."""
        found = cursor.adbc_execute_schema(f"SELECT * FROM {source} AS source")
        kinds = [(one.name, (one.metadata or {}).get(b"POSTGRESQL:type", b"").decode()) for one in found]
        return [SourceColumn(name, kind, _text(name, kind)) for name, kind in kinds if kind != _BYTES]

    def key(self, cursor: Cursor, table: SourceTable) -> tuple[str, ...]:
        """Return the columns of the primary key."""
        named = literal(self.quoted(table))
        return tuple(name for (name,) in rows_of(cursor, _KEY.format(table=named)))

    def newer(self, column: SourceColumn) -> str | None:
        """Go some minutes, a day or some ids back: what began before was perhaps not to be seen yet."""
        overlaps = {
            **dict.fromkeys(_MOMENTS, f"interval '{OVERLAP_MINUTES} minutes'"),
            **dict.fromkeys(_DAYS, "1"),
            **dict.fromkeys(_NUMBERS, str(OVERLAP_IDS)),
        }
        if column.kind not in overlaps:
            return None
        name = quote_identifier(column.name)
        return f"({name} IS NULL OR {name} >= CAST($1 AS {column.kind}) - {overlaps[column.kind]})"


def _text(name: str, kind: str) -> str:
    column = quote_identifier(name)
    if kind == "money":
        return f"{column}::numeric::text"  # the driver hands it on in cents, and the server in its own signs
    return f"array_to_string({column}, ', ')" if kind.startswith("_") else f"{column}::text"


def _in_quotes(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
