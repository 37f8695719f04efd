"""Snowflake and BigQuery, by the same calls, where somebody has installed their drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from segmentation.connect.databases.address import Address, Login, System
from segmentation.connect.databases.sql_system import SourceColumn, SourceTable, driver

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection, Cursor

_QUOTES = {System.SNOWFLAKE: '"', System.BIGQUERY: "`"}
_TEXTS = {System.SNOWFLAKE: "CAST({} AS VARCHAR)", System.BIGQUERY: "CAST({} AS STRING)"}
_OWN = "INFORMATION_SCHEMA"


class Warehouse:
    """A warehouse in the cloud, where a person's rights decide that nothing is written."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._connection: Connection
        self._within = ("", "")

    def connect(self, address: Address, login: Login) -> Connection:
        """Open a connection, of BigQuery with what its own environment says of who reads."""
        folder, _, schema = address.database.partition("/")
        self._within = (folder, schema) if self._system is System.SNOWFLAKE else (address.host, folder)
        self._connection = driver(self._system).connect(db_kwargs=self._options(address, login))
        return self._connection

    def _options(self, address: Address, login: Login) -> dict[str, str]:
        folder, schema = self._within
        if self._system is System.BIGQUERY:
            said = {"project_id": folder, "dataset_id": schema}
            return {f"adbc.bigquery.sql.{name}": one for name, one in said.items()}
        said = {"account": address.host, "db": folder, "schema": schema, **dict(address.options)}
        options = {f"adbc.snowflake.sql.{name}": one for name, one in said.items() if one}
        return {"username": login.user, "password": login.password, **options}

    def begin(self, cursor: Cursor) -> None:
        """Read each table as it is when its turn comes: there is no moment for several."""

    def tables(self, cursor: Cursor) -> list[SourceTable]:
        """List tables and views, as every driver can."""
        folder, schema_name = self._within
        reader = self._connection.adbc_get_objects(
            depth="tables", catalog_filter=folder or None, db_schema_filter=schema_name or None
        )
        return [
            SourceTable(schema["db_schema_name"], table["table_name"], "VIEW" in table["table_type"], None)
            for catalog in reader.read_all().to_pylist()
            for schema in catalog["catalog_db_schemas"] or ()
            for table in schema["db_schema_tables"] or ()
            if schema["db_schema_name"] != _OWN
        ]

    def quoted(self, table: SourceTable) -> str:
        """Return the name of a table, with its schema."""
        return f"{self._quote(table.schema)}.{self._quote(table.name)}"

    def columns(self, cursor: Cursor, source: str) -> list[SourceColumn]:
        """Return the columns, but for those that are bytes."""
        import pyarrow as pa

        cursor.execute(f"SELECT * FROM {source} AS source LIMIT 0")
        fields = cursor.fetch_record_batch().schema
        return [
            SourceColumn(one.name, str(one.type), self._text(one.name, pa.types.is_nested(one.type)))
            for one in fields
            if not pa.types.is_binary(one.type)
        ]

    def key(self, cursor: Cursor, table: SourceTable) -> tuple[str, ...]:
        """Return nothing: what these systems call a primary key need not be one."""
        return ()

    def newer(self, column: SourceColumn) -> str | None:
        """Return None: without a key, tables are read in full."""
        return None

    def _quote(self, name: str) -> str:
        mark = _QUOTES[self._system]
        return mark + name.replace(mark, mark * 2) + mark

    def _text(self, name: str, nested: bool) -> str:
        if nested and self._system is System.BIGQUERY:
            return f"TO_JSON_STRING({self._quote(name)})"
        return _TEXTS[self._system].format(self._quote(name))
