"""A shop in parts: Parquet files by hash of the customer, so that each customer is whole in one of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from segmentation.intake.population import Query, answer
from segmentation.intake.shop import TABLES, ProfileColumn, ProfileType, Shop
from segmentation.scale.storage import Folder
from segmentation.workspace import Workspace, quote_identifier

BY_CUSTOMER = ("customers", "lines", "undone", "events", "reviews", "notes", "profile")
WHOLE = "products"
DONE = "done"
"""The file that says that all parts are there; written last."""

MEMORY = "2GiB"
_ROWS_AT_ONCE = 65_536
_NOBODY = pa.table({"customer": pa.array([], pa.int64()), "customer_id": pa.array([], pa.string())})
_CUSTOMERS = """
SELECT row_number() OVER (ORDER BY sort_key NULLS FIRST, customer_id) - 1 AS customer, customer_id, sort_key
FROM shop.customers ORDER BY customer
"""


@dataclass(frozen=True)
class ShopParts:
    """The parts of a shop: where their files are, how many, and the columns of the customer file."""

    folder: Folder
    count: int
    profile: tuple[ProfileColumn, ...]

    def __iter__(self) -> Iterator[Part]:
        return (Part(self, number) for number in range(self.count))

    def file(self, number: int) -> str:
        """Name the file of what is known of one part."""
        return f"{number:05d}.parquet"


@dataclass(frozen=True)
class Part:
    """The customers of one part, of whom something can be asked (a `Population`).

    What was asked once is kept beside the parts, by a digest of the question, and read from there.
    """

    parts: ShopParts
    number: int

    @property
    def ids(self) -> np.ndarray:
        """Who they are."""
        return np.asarray(self.numbered["customer_id"].to_numpy(), dtype=object)

    @cached_property
    def numbered(self) -> pa.Table:
        """Return them with their places among all customers: customer, customer_id."""
        columns = ["customer", "customer_id"]
        names = self.parts.folder.files(f"tables/customers/part={self.number}")
        read = [self.parts.folder.read_table(name, columns) for name in names]
        found = pa.concat_tables([_NOBODY, *read])
        return found.sort_by("customer")

    def ask(self, query: Query) -> tuple[pa.Table, ...]:
        """Answer a query; `customer` is the place among these."""
        places = self.numbered["customer"].to_numpy()
        return tuple(_placed(table, places) for table in self.answers(query))

    def answers(self, query: Query) -> tuple[pa.Table, ...]:
        """Answer a query; `customer` is the place among all customers."""
        names = self.prepare(query)
        return tuple(self.parts.folder.read_table(name) for name in names)

    def prepare(self, query: Query) -> tuple[str, ...]:
        """Answer a query unless it was answered before; return the names of the files with the answers."""
        names = answer_files(self.parts, self.number, query)
        if not all(self.parts.folder.has(name) for name in names):
            with self.opened(_tables_of(query)) as cursor:
                found = answer(cursor, self.numbered, query)
            for name, table in zip(names, found, strict=True):
                self.parts.folder.write_table(name, table)
        return names

    @contextmanager
    def opened(self, tables: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a database on one core in which the shop's tables are those of this part."""
        with tempfile.TemporaryDirectory(prefix="part-") as spill, duckdb.connect(":memory:") as cursor:
            cursor.execute(f"SET threads = 1; SET memory_limit = '{MEMORY}'; SET TimeZone = 'UTC'")
            cursor.execute(f"SET temp_directory = {sql_text(spill)}")
            cursor.execute(f"CREATE SCHEMA shop; {TABLES}; {profile_table(self.parts.profile)}")
            for table in tables:
                if files := self._files(table, Path(spill)):
                    read = f"read_parquet([{', '.join(map(sql_text, files))}], union_by_name = true)"
                    cursor.execute(f"DROP TABLE shop.{table}; CREATE VIEW shop.{table} AS FROM {read}")
            yield cursor

    def _files(self, table: str, spill: Path) -> list[str]:
        below = f"tables/{table}" if table == WHOLE else f"tables/{table}/part={self.number}"
        names, local = self.parts.folder.files(below), self.parts.folder.local
        if local is None and names:
            self.parts.folder.give(below, spill / table)
            return [str(path) for path in sorted((spill / table).rglob("*.parquet"))]
        return [str(local / name) for name in names] if local else []


def answer_files(parts: ShopParts, number: int, query: Query) -> tuple[str, ...]:
    """Name the files in which a part's answers to a query are kept."""
    asked = repr((query.before, sorted(query.values.items())))
    digests = [hashlib.sha256(repr((asked, one)).encode()).hexdigest()[:16] for one in query.selects]
    return tuple(f"answers/{digest}/{parts.file(number)}" for digest in digests)


def write_parts(workspace: Workspace, shop: Shop, folder: Folder, count: int) -> ShopParts:
    """Write the shop's tables into parts, unless the same shop's are there: names are digests of what is in.

    The shop's tables must be filled.
    """
    parts = ShopParts(folder.folder(_digest(shop, count)), count, shop.profile)
    if not parts.folder.has(DONE):
        with tempfile.TemporaryDirectory(prefix="parts-", dir=_beside(parts.folder)) as draft:
            tables = Path(draft) / "tables"
            tables.mkdir()
            _write_tables(workspace, tables, count)
            parts.folder.folder("tables").take(tables)
        parts.folder.write(DONE, b"")
    return parts


def profile_table(profile: Sequence[ProfileColumn]) -> str:
    """Write the statement that makes the empty table of the customer file."""
    types = {ProfileType.NUMERIC: "DOUBLE", ProfileType.CATEGORICAL: "VARCHAR"}
    columns = [f"{quote_identifier(one.column)} {types[one.type]}" for one in profile]
    return f"CREATE OR REPLACE TABLE shop.profile ({', '.join(['customer_id VARCHAR', *columns])})"


def _write_tables(workspace: Workspace, draft: Path, count: int) -> None:
    for table in (*BY_CUSTOMER, WHOLE):
        query = _CUSTOMERS if table == "customers" else f"SELECT * FROM shop.{table}"
        # The workspace's own database may not write outside its folder.
        with workspace.cursor() as source, duckdb.connect(":memory:") as target:
            target.execute("SET TimeZone = 'UTC'")
            target.register("rows", source.sql(query).to_arrow_reader(_ROWS_AT_ONCE))
            if table == WHOLE:
                (draft / table).mkdir()
                path = draft / table / "products.parquet"
                target.execute(f"COPY (FROM rows) TO {sql_text(path)} (FORMAT parquet, COMPRESSION zstd)")
            else:
                target.execute(
                    f"COPY (SELECT *, hash(customer_id) % {count} AS part FROM rows)"
                    f" TO {sql_text(draft / table)} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))"
                )


def _beside(folder: Folder) -> Path | None:
    """Return where to write first, so that what is copied stays on one disk; None for elsewhere."""
    if folder.local is None:
        return None
    folder.local.parent.mkdir(parents=True, exist_ok=True)
    return folder.local.parent


def _digest(shop: Shop, count: int) -> str:
    made = (shop.fingerprint, shop.unsaid_currency, shop.customers, count, duckdb.__version__)
    return hashlib.sha256(repr(made).encode()).hexdigest()[:16]


def _tables_of(query: Query) -> list[str]:
    asked = " ".join((*query.before, *query.selects))
    return [table for table in (*BY_CUSTOMER, WHOLE) if f"shop.{table}" in asked]


def _placed(table: pa.Table, places: np.ndarray) -> pa.Table:
    if "customer" not in table.column_names:
        return table
    at = np.searchsorted(places, table["customer"].to_numpy())
    return table.set_column(table.column_names.index("customer"), "customer", pa.array(at, pa.int64()))


def sql_text(path: Path | str) -> str:
    """Write a path as a text of SQL, where no value can be bound."""
    return "'" + str(path).replace("'", "''") + "'"
