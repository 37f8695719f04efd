"""Rows that add others up, told by arithmetic."""

from __future__ import annotations

import duckdb
import pytest

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.summing_rows import summing_lines
from segmentation.intake.roles import Kind
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write


def lines_of(*rows: tuple[str | None, str | None, str | None, str | None]) -> list[int]:
    cursor = duckdb.connect()
    cursor.execute("CREATE TABLE t (line BIGINT, c0 VARCHAR, c1 VARCHAR, c2 VARCHAR, c3 VARCHAR)")
    cursor.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows, 1)])
    return summing_lines(cursor, "t", {2: "", 3: ""}, [0, 1])


BODY = [("a", "x", "1", "2.10"), ("b", "y", "2", "3.20"), ("c", "x", "4", "4.40"), ("d", "z", "1", "0.30")]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([*BODY, ("anything", None, "8", "10.00")], [5]),
        ([*BODY, (None, None, "8", "10.00")], [5]),
        (
            [
                *BODY[:2],
                ("x", None, "3", "5.30"),
                *BODY[2:],
                ("x", None, "5", "4.70"),
                ("y", None, "8", "10.00"),
            ],
            [3, 6, 7],
        ),
        ([*BODY, ("anything", None, "8", "10.01")], []),
        ([*BODY, ("anything", None, "9", "10.00")], []),
        ([*BODY, ("told", "fully", "8", "10.00")], []),
        ([("a", "x", "1", "2.10"), (None, None, "1", "2.10"), *BODY[1:]], []),  # a guest who bought the same
        ([*BODY, (None, None, None, None)], []),
        ([*BODY, (None, None, "0", "0.00")], []),
    ],
)
def test_sums_are_found_by_what_they_add_up(
    rows: list[tuple[str | None, str | None, str | None, str | None]], lines: list[int]
) -> None:
    assert lines_of(*rows) == lines


LONG = 30_000
WORTH = [100 + n * 7919 % 9973 for n in range(LONG)]


def long_table(*ends: tuple[int, str | None, str | None, str, str]) -> list[int]:
    """Return which rows are found to be sums among many, of a day, a thing, pieces and hundredths."""
    rows = [(2 * n, f"2024-{1 + n % 12}", f"t{n % 9}", "1", str(worth)) for n, worth in enumerate(WORTH)]
    cursor = duckdb.connect()
    given = [list(column) for column in zip(*rows, *ends, strict=True)]
    cursor.execute(
        "CREATE TABLE t AS SELECT unnest($1) AS line, unnest($2) AS c0, unnest($3) AS c1, unnest($4) AS c2,"
        " unnest($5) AS c3",
        given,
    )
    return summing_lines(cursor, "t", {2: "", 3: ""}, [0, 1])


@pytest.mark.parametrize(
    ("ends", "lines"),
    [
        ([(2 * LONG, "Kokku", None, str(LONG), str(sum(WORTH)))], [2 * LONG]),
        ([(2 * LONG, "Kokku", None, str(LONG), str(sum(WORTH) + 1))], []),
        ([(-1, None, "Kokku", str(LONG), str(sum(WORTH)))], [-1]),
        (
            [
                (49_999, "a", None, "25000", str(sum(WORTH[:25_000]))),
                (59_999, "b", None, "5000", str(sum(WORTH[25_000:]))),
            ],
            [49_999, 59_999],
        ),
        ([(2 * LONG + n, None, "t1", "1", "150") for n in range(3)], []),
    ],
)
def test_sums_are_found_wherever_they_stand_in_a_long_file(
    ends: list[tuple[int, str | None, str | None, str, str]], lines: list[int]
) -> None:
    assert long_table(*ends) == lines


def test_a_word_of_totals_is_one_in_all_of_a_long_file() -> None:
    sums = [
        (20 * n - 1, "2024-1", "Kokku", "10", str(sum(WORTH[10 * n - 10 : 10 * n]))) for n in range(1, 3001)
    ]
    assert long_table(*sums) == [line for line, *_ in sums]


def test_the_mean_price_of_many_rows_stands_beside_their_sums() -> None:
    body = [(f"d{n}", "x", "2", f"{n}.5", f"{2 * n + 1}") for n in range(1, 13)]
    total = ("Kokku", None, "24", "7.00", str(sum(2 * n + 1 for n in range(1, 13))))
    cursor = duckdb.connect()
    cursor.execute("CREATE TABLE t (line INT, c0 TEXT, c1 TEXT, c2 TEXT, c3 TEXT, c4 TEXT)")
    cursor.executemany(
        "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate([*body, total])]
    )
    assert summing_lines(cursor, "t", {2: "", 3: "", 4: ""}, [0, 1]) == [12]


def test_a_report_whose_totals_no_list_knows_is_read(load: Write, workspace: Workspace) -> None:
    rows, total = [], 0
    for person in range(9):
        amounts = [1000 + 37 * person + 211 * n for n in range(3 + person % 2)]
        for n, amount in enumerate(amounts):
            who = "" if n else f"C{person:03d}"
            rows.append(f"{who};F{person}{n};2024-0{n + 1}-1{person};{amount / 100:.2f}")
        rows.append(f"Acumulado C{person:03d};;;{sum(amounts) / 100:.2f}")
        total += sum(amounts)
    load("Cliente;Factura;Fecha;Importe", [*rows, f"Acumulado;;;{total / 100:.2f}"])
    assert build_shop(workspace).customers == 9
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall() == [(total / 100,)]


def test_people_are_listed_with_totals_between(load: Write, workspace: Workspace) -> None:
    rows = [
        f"SK-{5000 + n};Ana {n};{'Luzon' if n < 20 else 'Cebu'};{n % 7 + 1};{100 + 13 * n}" for n in range(40)
    ]
    sums = [
        [sum(int(row.split(";")[at]) for row in part) for at in (3, 4)] for part in (rows[:20], rows[20:])
    ]
    totals = [f"Kabuuan;;;{a};{b}" for a, b in sums]
    found = load("Suki;Pangalan;Rehiyon;Bilang;Halaga", [*rows[:20], totals[0], *rows[20:], totals[1]])
    assert found.kind is Kind.CUSTOMERS
    assert build_shop(workspace).customers == 40


def test_rows_of_one_word_that_add_up_each_order_are_totals(load: Write, workspace: Workspace) -> None:
    rows, total = [], 0.0
    for n in range(40):
        start = f"{7001 + n},2024-{1 + n // 20:02}-{1 + n % 20:02},{3001 + n * 7 % 19}"
        worth = [3.25 + (n * 5 + line) % 11 for line in range(1 + n % 3)]
        rows += [f"{start},t{(n + line) % 9 + 20},{one}" for line, one in enumerate(worth)]
        rows.append(f"{start},Zadnum,{sum(worth)}")
        total += sum(worth)
    load("Zor,Vim,Hun,Jat,Kow", rows)
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall() == [(total,)]
    assert [(entry.rule, entry.rows) for entry in shop.set_aside] == [(Rule.TOTALS, 40)]


def test_goods_bought_by_several_pieces_beside_single_ones_are_no_totals(
    load: Write, workspace: Workspace
) -> None:
    rows = [
        f"{7001 + n // 4},2024-{1 + n // 80:02}-{1 + n // 4 % 20:02},{3001 + n // 4 * 7 % 19},"
        f"{'bulk' if n % 4 == 3 else f't{n % 9 + 20}'},{1 + n % 5 if n % 4 == 3 else 1},{3 + n % 9}.25"
        for n in range(160)
    ]
    load("order_no,order_date,customer_no,article,pieces,price", rows)
    assert build_shop(workspace).set_aside == ()
