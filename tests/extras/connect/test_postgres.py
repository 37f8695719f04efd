"""A real PostgreSQL as a source: the same shop as its files, exact, of one moment, and discreet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from segmentation import Workspace, load_file
from segmentation.connect.allowed_hosts import allowed_hosts_of
from segmentation.connect.databases.address import Address, Login, read_address
from segmentation.connect.databases.fetch import Fetched, InFull, TablesAsked, fetch
from segmentation.connect.databases.opened import list_tables
from segmentation.connect.kept import kept_tables
from segmentation.errors import Cancelled, HostNotAllowedError, OptionError, SourceError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import list_uploads, set_role
from segmentation.workspace import quote_identifier
from tests.extras.connect.postgres_server import PASSWORD, USER, Server, server


def linked(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return a digest of each linked table, whatever the order of its rows and the names of its files."""
    build_shop(workspace)
    with workspace.cursor() as cursor:
        tables = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'shop' ORDER BY 1"
        ).fetchall()
        rows = "SELECT COLUMNS(lambda c: c NOT IN ('upload_id', 'line')) FROM shop"
        return {
            name: cursor.execute(
                f"SELECT count(*), sum(hash(t)) FROM ({rows}.{quote_identifier(name)}) AS t"
            ).fetchall()
            for (name,) in tables
        }


def cells(workspace: Workspace, one: Fetched) -> dict[str, list[str | None]]:
    """Return the columns of an upload as they lie in the workspace."""
    assert one.upload
    with workspace.cursor() as cursor:
        rows = cursor.execute(f"SELECT * EXCLUDE line FROM {one.upload.raw_table} ORDER BY line").fetchall()
    return {column.name: [row[column.position] for row in rows] for column in one.upload.columns}


@pytest.fixture
def address(postgres: Server) -> Address:
    return read_address(postgres.address)[0]


def test_the_same_shop_from_files_and_from_the_database_is_the_same(
    workspace: Workspace, tmp_path: Path, csvs: dict[str, Path], address: Address, login: Login
) -> None:
    fetched = fetch(workspace, address, login, TablesAsked(tuple(csvs)))
    assert [one.upload.rows for one in fetched if one.upload] == [one.rows for one in fetched]
    with Workspace.open(tmp_path / "files.duckdb") as files:
        for path in csvs.values():
            load_file(files, path)
        by_file, by_table = list_uploads(files), list_uploads(workspace)
        assert [one.kind for one in by_file] == [one.kind for one in by_table]
        assert [[c.role for c in one.columns] for one in by_file] == [
            [c.role for c in one.columns] for one in by_table
        ]
        shops = [build_shop(one) for one in (files, workspace)]
        assert shops[0].customers == shops[1].customers > 100
        tables = linked(files)
        assert len(tables) > 3 and tables == linked(workspace)


def test_tables_are_listed_with_about_how_many_rows_they_hold(
    postgres: Server, address: Address, login: Login
) -> None:
    postgres.sql(
        "CREATE SCHEMA IF NOT EXISTS sales",
        'CREATE TABLE IF NOT EXISTS sales."odd ""name" (id int)',
        "CREATE OR REPLACE VIEW good_orders AS SELECT * FROM orders WHERE status = 'completed'",
    )
    found = {one.shown: (one.is_view, one.rows) for one in list_tables(address, login)}
    assert found["customers"] == (False, 150)
    assert found["good_orders"] == (True, None)
    assert 'sales.odd "name' in found


def test_it_is_asked_where_it_is_allowed_and_nowhere_else(address: Address, login: Login) -> None:
    with pytest.raises(HostNotAllowedError):
        list_tables(address, login, allowed_hosts_of({"hosts": ["*"]}))
    by_name = replace(address, host="localhost")
    here = allowed_hosts_of({"hosts": ["localhost", "127.0.0.1", "::1"]})
    assert list_tables(by_name, login, here) == list_tables(address, login)


def test_every_type_arrives_as_it_is_written(
    workspace: Workspace, postgres: Server, address: Address, login: Login
) -> None:
    postgres.sql(
        "DROP TABLE IF EXISTS kinds",
        "CREATE TABLE kinds (id bigint PRIMARY KEY, exact numeric, cash money, zoned timestamptz,"
        " bare timestamp, day date, doc jsonb, ident uuid, words text[], numbers int[], yes boolean,"
        " raw bytea, net inet, float8 float8)",
        "INSERT INTO kinds VALUES (1, 12345678901234.5678, 19.90, '2025-06-01 10:00:00+02',"
        " '2025-06-01 10:00',"
        " '2025-06-01', '{\"a\": [1, 2]}', '00000000-0000-0000-0000-000000000001', '{red,blue}', '{1,2}',"
        " true,"
        " '\\x00ff', '10.0.0.1', 0.1),"
        " (2, 0.1, 5, 'infinity', 'infinity', 'infinity', NULL, NULL, NULL, NULL, false, NULL, NULL, 2)",
    )
    [one] = fetch(workspace, address, login, TablesAsked(("kinds",)))
    assert cells(workspace, one) == {
        "id": ["1", "2"],
        "exact": ["12345678901234.5678", "0.1"],
        "cash": ["19.90", "5.00"],
        "zoned": ["2025-06-01 08:00:00+00", "infinity"],
        "bare": ["2025-06-01 10:00:00", "infinity"],
        "day": ["2025-06-01", "infinity"],
        "doc": ['{"a": [1, 2]}', None],
        "ident": ["00000000-0000-0000-0000-000000000001", None],
        "words": ["red, blue", None],
        "numbers": ["1, 2", None],
        "yes": ["true", "false"],
        "net": ["10.0.0.1/32", None],
        "float8": ["0.1", "2"],
    }


def test_only_newer_rows_are_read_and_take_the_place_of_those_with_their_key(
    workspace: Workspace, postgres: Server, address: Address, login: Login
) -> None:
    postgres.sql(
        "DROP TABLE IF EXISTS tickets",
        "CREATE TABLE tickets (id int, part int, what text, changed timestamptz, PRIMARY KEY (id, part))",
        "INSERT INTO tickets SELECT i, 1, 'first ' || i,"
        " timestamptz '2025-01-01 00:00+00' + i * interval '1 hour' FROM generate_series(1, 100) AS i",
    )
    asked = TablesAsked(("tickets",), since="changed")
    [first] = fetch(workspace, address, login, asked)
    assert (first.in_full, first.rows, first.mark) == (InFull.FIRST_TIME, 100, "2025-01-05 04:00:00+00")
    assert first.upload
    set_role(workspace, first.upload.upload_id, "what", "ignore")

    [nothing] = fetch(workspace, address, login, asked)
    assert (nothing.in_full, nothing.rows, nothing.changed) == (None, 1, 0)
    assert nothing.upload and nothing.upload.upload_id == first.upload.upload_id

    postgres.sql(
        "UPDATE tickets SET what = 'changed', changed = '2025-02-01 12:00+00' WHERE id = 3",
        "INSERT INTO tickets VALUES (101, 1, 'new', '2025-02-01 12:01+00'), (102, 1, 'undated', NULL)",
        "DELETE FROM tickets WHERE id = 50",
    )
    [newer] = fetch(workspace, address, login, asked)
    assert (newer.in_full, newer.rows, newer.changed, newer.mark) == (None, 4, 3, "2025-02-01 12:01:00+00")
    held = cells(workspace, newer)
    assert len(held["id"]) == 102 and "50" in held["id"]  # a deleted row is not seen
    assert held["what"][held["id"].index("3")] == "changed" and held["id"].count("3") == 1
    assert [upload.file_name for upload in list_uploads(workspace)] == ["tickets"]
    assert newer.upload
    assert [c.reason for c in newer.upload.columns if c.name == "what"] == ["chosen by hand"]

    [full] = fetch(workspace, address, login, TablesAsked(("tickets",)))
    assert (full.in_full, full.rows) == (InFull.NOT_ASKED, 101)
    assert "50" not in cells(workspace, full)["id"] and len(list_uploads(workspace)) == 1


def test_a_place_that_could_not_be_taken_is_taken_the_next_time(
    workspace: Workspace, postgres: Server, address: Address, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where others go on for too long, or the power fails between loading and deleting."""
    postgres.sql(
        "DROP TABLE IF EXISTS visits",
        "CREATE TABLE visits (id int PRIMARY KEY, email text)",
        "INSERT INTO visits SELECT i, i || '@example.com' FROM generate_series(1, 20) AS i",
    )
    asked = TablesAsked(("visits",), since="id")
    fetch(workspace, address, login, asked)
    postgres.sql("INSERT INTO visits VALUES (21, 'new@example.com')")
    with monkeypatch.context() as patch:
        patch.setattr("segmentation.connect.kept.take_place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetch(workspace, address, login, asked)
    assert [upload.rows for upload in list_uploads(workspace)] == [20, 21]
    [again] = fetch(workspace, address, login, asked)
    assert (again.in_full, again.changed) == (None, 0)
    assert [upload.rows for upload in list_uploads(workspace)] == [21]


def test_a_table_without_key_or_column_is_read_in_full_and_says_so(
    workspace: Workspace, postgres: Server, address: Address, login: Login
) -> None:
    postgres.sql(
        "DROP TABLE IF EXISTS keyless",
        "CREATE TABLE keyless (id int, changed date)",
        "DROP TABLE IF EXISTS keyed",
        "CREATE TABLE keyed (id int PRIMARY KEY, changed date)",
        "INSERT INTO keyless VALUES (1, '2025-01-01')",
        "INSERT INTO keyed VALUES (1, '2025-01-01')",
    )
    asked = TablesAsked(("keyed", "keyless", "customers"), since="changed")
    fetch(workspace, address, login, asked)
    assert [one.in_full for one in fetch(workspace, address, login, asked)] == [
        None,
        InFull.NO_KEY,
        InFull.NO_COLUMN,
    ]
    with pytest.raises(OptionError, match="no chosen table has a column “nonsense” that grows"):
        fetch(workspace, address, login, TablesAsked(("keyed",), since="nonsense"))


def test_a_question_of_ones_own_is_one_select(workspace: Workspace, address: Address, login: Login) -> None:
    asked = TablesAsked(
        query="WITH x AS (SELECT * FROM orders) SELECT customer_id, amount FROM x -- all\n;",
        query_name="mine",
    )
    [one] = fetch(workspace, address, login, asked)
    assert one.upload and one.upload.file_name == "mine"
    assert set(cells(workspace, one)) == {"customer_id", "amount"}
    for wrong in (
        "DELETE FROM orders",
        "SELECT 1; SELECT 2",
        "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone",
        "SELECT * INTO copy FROM orders",
        "SELECT * FROM orders FOR UPDATE",
        "COPY orders TO '/tmp/x'",
        "SELECT 1) AS x; COMMIT; DROP TABLE orders; SELECT * FROM (SELECT 1",
    ):
        with pytest.raises(OptionError):
            fetch(workspace, address, login, TablesAsked(query=wrong))


def test_what_is_asked_can_only_read(
    workspace: Workspace, postgres: Server, address: Address, login: Login
) -> None:
    postgres.sql(
        "CREATE OR REPLACE FUNCTION sneaky() RETURNS int LANGUAGE sql AS"
        " $$ INSERT INTO customers (customer_id) VALUES ('sneaked'); SELECT 1 $$"
    )
    with pytest.raises(SourceError, match="cannot execute INSERT in a read-only transaction"):
        fetch(workspace, address, login, TablesAsked(query="SELECT sneaky()"))
    assert postgres.sql("SELECT count(*) FROM customers").strip() == "150"


def test_all_tables_are_of_one_moment(
    workspace: Workspace, postgres: Server, address: Address, login: Login
) -> None:
    postgres.sql(
        "DROP TABLE IF EXISTS early, late",
        "CREATE TABLE early AS SELECT generate_series(1, 3) AS id",
        "CREATE TABLE late AS SELECT generate_series(1, 3) AS id",
    )
    changed: list[str] = []

    def change(step: str, done: int, total: int) -> None:
        if not changed and step.endswith("early") and done:
            changed.append(postgres.sql("DELETE FROM late"))

    found = fetch(workspace, address, login, TablesAsked(("early", "late")), change)
    assert changed and [one.rows for one in found] == [3, 3]
    says = "SELECT current_setting('transaction_isolation') AS a, current_setting('statement_timeout') AS b"
    [one] = fetch(workspace, address, login, TablesAsked(query=says))
    assert cells(workspace, one) == {"a": ["repeatable read"], "b": ["1h"]}


@pytest.mark.parametrize(
    ("port", "database", "password", "says"),
    [
        (None, "shop", "falsch%zz'\\ 9", "password authentication failed.*Check the user and the password"),
        (1, "shop", PASSWORD, "Connection refused.*Check the host and the port"),
        (None, "nowhere", PASSWORD, 'database "nowhere" does not exist.*Check the name'),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_no_password_with_it(
    workspace: Workspace, postgres: Server, port: int | None, database: str, password: str, says: str
) -> None:
    address = read_address(f"postgresql://127.0.0.1:{port or postgres.port}/{database}")[0]
    with pytest.raises(SourceError, match=says) as raised:
        fetch(workspace, address, Login(USER, password), TablesAsked(("orders",)))
    assert password not in repr(raised.value) and "\n" not in str(raised.value)
    assert password not in repr(Login(USER, password))


def test_a_missing_table_names_those_there_are(workspace: Workspace, address: Address, login: Login) -> None:
    with pytest.raises(OptionError, match=r"no table “order”.*customers"):
        fetch(workspace, address, login, TablesAsked(("order",)))


def test_a_server_that_dies_in_the_middle_leaves_all_as_it_was(
    workspace: Workspace, csvs: dict[str, Path], login: Login
) -> None:
    load_file(workspace, csvs["customers"])
    before = linked(workspace)
    with server() as own:
        own.sql(
            "CREATE TABLE large AS SELECT i AS id, repeat('x', 300) AS filling"
            " FROM generate_series(1, 300000) AS i"
        )

        def die(step: str, done: int, total: int) -> None:
            if done:
                own.die()

        with pytest.raises(SourceError, match="says: "):
            fetch(workspace, read_address(own.address)[0], login, TablesAsked(("large",)), die)
    assert [upload.file_name for upload in list_uploads(workspace)] == ["customers.csv"]
    assert linked(workspace) == before and not kept_tables(workspace)
    assert not list(workspace.staging.iterdir())


def test_reading_can_be_stopped_while_the_server_says_nothing(
    workspace: Workspace, postgres: Server, address: Address, login: Login
) -> None:
    calls = 0

    def stop(step: str, done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(workspace, address, login, TablesAsked(query="SELECT pg_sleep(60) AS asleep"), stop)
    assert (
        postgres.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active'"
            " AND pid <> pg_backend_pid()"
        ).strip()
        == "0"
    )
    assert list_uploads(workspace) == ()
