"""A file of SQLite as a source: values of any type in any column, and the same shop as its files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from segmentation import Workspace, load_file
from segmentation.connect.databases.address import Address, Login, read_address
from segmentation.connect.databases.fetch import InFull, TablesAsked, fetch
from segmentation.connect.databases.opened import list_tables
from segmentation.errors import SourceError
from segmentation.intake.linking.build import build_shop
from segmentation.workspace import quote_identifier

NOBODY = Login()


def made(path: Path, *statements: str) -> Address:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return read_address(f"sqlite://{path}")[0]


def rows(workspace: Workspace, upload_id: str) -> list[tuple[str | None, ...]]:
    with workspace.cursor() as cursor:
        table = quote_identifier(f"raw_{upload_id}")
        return cursor.execute(f"SELECT * EXCLUDE line FROM {table} ORDER BY line").fetchall()


def test_the_same_shop_as_its_files(workspace: Workspace, tmp_path: Path, csvs: dict[str, Path]) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as database:
        for name in ("orders", "customers"):
            pd.read_csv(csvs[name]).to_sql(name, database, index=False)
    address = read_address(f"sqlite://{path}")[0]
    assert next((one.shown, one.rows) for one in list_tables(address, NOBODY)) == ("customers", 150)
    fetch(workspace, address, NOBODY, TablesAsked(("orders", "customers")))
    shop = build_shop(workspace)
    with Workspace.open(tmp_path / "files.duckdb") as files:
        load_file(files, csvs["orders"])
        load_file(files, csvs["customers"])
        other = build_shop(files)
        assert shop.customers == other.customers > 100
        sums = "SELECT count(*), sum(value), count(DISTINCT customer_id) FROM shop.lines"
        with workspace.cursor() as mine, files.cursor() as theirs:
            assert mine.execute(sums).fetchall() == theirs.execute(sums).fetchall()


def test_a_column_holds_values_of_any_type(workspace: Workspace, tmp_path: Path) -> None:
    """The driver takes the type of a column from its first rows; nothing here depends on that."""
    address = made(
        tmp_path / "odd.db",
        'CREATE TABLE "odd ""name" (id REAL, what, raw BLOB)',
        'INSERT INTO "odd ""name" WITH RECURSIVE n(i) AS'
        " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, NULL, x'00ff' FROM n",
        'INSERT INTO "odd ""name" VALUES (3001.5, \'text\', NULL), (3002, 12.30, NULL), (3003, 7, NULL)',
    )
    [one] = fetch(workspace, address, NOBODY, TablesAsked(('odd "name',)))
    assert one.upload and one.rows == 3003
    found = rows(workspace, one.upload.upload_id)
    assert found[0] == ("1", None, None)
    assert [row[:2] for row in found[-3:]] == [("3001.5", "text"), ("3002", "12.3"), ("3003", "7")]


def test_only_newer_rows_by_a_moment_written_as_text(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    address = made(
        path,
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount NUMERIC, changed TEXT)",
        "INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
        " SELECT i, i * 1.5, datetime('2025-01-01', i || ' hours') FROM n",
    )
    asked = TablesAsked(("orders",), since="changed")
    assert [one.in_full for one in fetch(workspace, address, NOBODY, asked)] == [InFull.FIRST_TIME]
    made(path, "UPDATE orders SET amount = 99, changed = '2025-02-01 00:00:00' WHERE id = 7")
    [newer] = fetch(workspace, address, NOBODY, asked)
    assert (newer.in_full, newer.rows, newer.changed, newer.mark) == (None, 2, 1, "2025-02-01 00:00:00")
    assert newer.upload and newer.upload.rows == 50
    assert ("7", "99", "2025-02-01 00:00:00") in rows(workspace, newer.upload.upload_id)


@pytest.mark.parametrize(
    ("content", "says"), [(None, "there is no file"), (b"no database " * 100, "file is not a database")]
)
def test_what_is_no_database_says_so(
    workspace: Workspace, tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "x.db"
    if content:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=says):
        fetch(workspace, read_address(f"sqlite://{path}")[0], NOBODY, TablesAsked(("orders",)))
