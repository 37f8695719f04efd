"""A shop that is linked already, as Parquet files of its tables: parted file by file, on many machines."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from segmentation.errors import NoCustomersError, UnreadableFileError
from segmentation.intake.linking.analysis_date import Last, last_moments, last_of
from segmentation.intake.linking.build import count_filled
from segmentation.intake.shop import TABLES, Shop
from segmentation.scale.crowd import Each
from segmentation.scale.parts import DONE, WHOLE, Part, ShopParts, sql_text
from segmentation.scale.storage import Folder
from segmentation.workspace import quote_identifier

READ = ("lines", "events", "reviews", "notes", "customers", WHOLE)
"""The tables that are read, each of the files below a folder of its name; columns as in the shop's tables."""

_PEOPLE = " UNION ".join(
    f"SELECT customer_id FROM shop.{table}" for table in ("lines", "events", "reviews", "customers")
)
_NUMBERED = f"""
SELECT row_number() OVER (ORDER BY customer_id) - 1 AS customer, customer_id, NULL::VARCHAR AS sort_key
FROM ({_PEOPLE}) WHERE customer_id IS NOT NULL ORDER BY customer_id
"""


@dataclass(frozen=True)
class PartFacts:
    """What one part holds: customers, values by table and column, and the last moments of its tables."""

    customers: int
    filled: Counter[str]
    moments: list[Last]


def part_linked_files(source: Folder, folder: Folder, count: int, each: Each) -> tuple[ShopParts, Shop]:
    """Part the files of a linked shop by customer, file by file, unless the same are parted already.

    A part's customers are numbered within it.

    :raises NoCustomersError: if there are none.
    """
    files = [name for name in source.files() if name.partition("/")[0] in READ and name.endswith(".parquet")]
    digest = _digest(source, files, count)
    parts = ShopParts(folder.folder(digest), count, ())
    if not parts.folder.has(DONE):
        for _ in each(partial(part_file, source, parts.folder.folder("tables"), count), files):
            pass
        for _ in each(number_customers, parts):
            pass
        parts.folder.write(DONE, b"")
    return parts, _shop(list(each(look_at, parts)), digest, source)


def part_file(source: Folder, target: Folder, count: int, name: str) -> None:
    """Write the rows of one file into the parts of their customers, unless that is done."""
    table, stem = name.partition("/")[0], hashlib.sha256(name.encode()).hexdigest()[:16]
    if target.has(f"done/{stem}"):
        return
    with tempfile.TemporaryDirectory(prefix="file-") as place, duckdb.connect(":memory:") as cursor:
        cursor.execute(f"SET threads = 1; SET TimeZone = 'UTC'; CREATE SCHEMA shop; {TABLES}")
        whole, draft = Path(place) / "whole.parquet", Path(place) / "parts"
        whole.write_bytes(source.read(name))
        try:
            rows = _as_in_shop(cursor, table, whole)
            cursor.execute(_copy(rows, table, draft, count, stem))
        except duckdb.Error as error:
            raise UnreadableFileError(f"{name} is no table “{table}” ({error}).") from error
        for path in sorted(draft.rglob("*.parquet")):
            target.write(f"{table}/{path.relative_to(draft)}", path.read_bytes())
    target.write(f"done/{stem}", b"")


def number_customers(part: Part) -> None:
    """Write who the customers of a part are, whichever table names them."""
    with part.opened(("lines", "events", "reviews", "customers")) as cursor:
        found = cursor.sql(_NUMBERED).to_arrow_table()
    tables = part.parts.folder.folder(f"tables/customers/part={part.number}")
    listed = tables.files()
    tables.write_table("numbered.parquet", found)
    for name in listed:
        tables.remove(name)


def look_at(part: Part) -> PartFacts:
    """Say what a part holds."""
    with part.opened(READ) as cursor:
        return PartFacts(len(part.numbered), count_filled(cursor), last_moments(cursor))


def _as_in_shop(cursor: duckdb.DuckDBPyConnection, table: str, path: Path) -> str:
    """Return SQL of a file's rows with the columns and types of the shop's table; NULL for one it lacks."""
    wanted = cursor.execute(f"DESCRIBE shop.{table}").fetchall()
    there = {row[0] for row in cursor.execute(f"DESCRIBE FROM read_parquet({sql_text(path)})").fetchall()}
    columns = [
        f"{quote_identifier(name) if name in there else 'NULL'}::{kind} AS {quote_identifier(name)}"
        for name, kind, *_ in wanted
    ]
    return f"SELECT {', '.join(columns)} FROM read_parquet({sql_text(path)})"


def _copy(rows: str, table: str, draft: Path, count: int, stem: str) -> str:
    draft.mkdir()
    if table == WHOLE:
        path = draft / f"{stem}.parquet"
        return f"COPY (SELECT * FROM ({rows})) TO {sql_text(path)} (FORMAT parquet, COMPRESSION zstd)"
    return (
        f"COPY (SELECT *, hash(customer_id) % {count} AS part FROM ({rows}) WHERE customer_id IS NOT NULL)"
        f" TO {sql_text(draft)} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part),"
        f" FILENAME_PATTERN '{stem}_{{i}}', OVERWRITE_OR_IGNORE)"
    )


def _shop(parts: Sequence[PartFacts], digest: str, source: Folder) -> Shop:
    customers = sum(part.customers for part in parts)
    if not customers:
        raise NoCustomersError(
            f"{source.uri} holds no customers.", f"It needs Parquet files below {', '.join(READ)}."
        )
    return Shop(
        customers=customers,
        customer_meaning="",
        as_of=last_of([part.moments for part in parts]),
        currency=None,
        has=frozenset(name for part in parts for name, count in part.filled.items() if count),
        profile=(),
        links=(),
        notes=(),
        fingerprint=digest,
    )


def _digest(source: Folder, files: Sequence[str], count: int) -> str:
    made = [(name, *source.stamp(name)) for name in files]
    return hashlib.sha256(repr((made, count, duckdb.__version__)).encode()).hexdigest()[:16]
