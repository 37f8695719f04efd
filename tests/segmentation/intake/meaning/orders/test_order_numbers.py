"""Numbers of orders that come again: in another shop, year or day of one file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.orders.order_numbers import OTHERS
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.uploads.load import load_file
from segmentation.intake.values.column_evidence import gather_all
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Shop,Order number,Date,Customer ID,Item,Quantity,Price"


def lines(shop: str, who: str, year: int = 2024, first: int = 101, count: int = 40) -> list[str]:
    """Write orders of two lines each, two of them on each day."""
    return [
        f"{shop},{first + at},{year}-{1 + at // 16:02}-{1 + at // 2 % 8:02},"
        f"{who}{10 + at % 13},{item},1,{price}"
        for at in range(count)
        for item, price in (("cup", 10), ("pot", 5 + at % 4))
    ]


def orders(workspace: Workspace) -> tuple[int, float]:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return cursor.execute(
            "SELECT count(DISTINCT order_id), sum(amount)::DOUBLE FROM shop.lines"
        ).fetchall()[0]


def test_shops_with_numbers_of_their_own(load: Write, workspace: Workspace) -> None:
    upload = load(HEADER, lines("Graz", "a") + lines("Wien", "b"))
    column = upload.column_of(Role.ORDER_ID)
    assert column and column.name == "Order number" and "“Shop”" in column.reason
    assert orders(workspace)[0] == 80


def test_numbers_from_one_on_each_year(load: Write, workspace: Workspace) -> None:
    rows = lines("Graz", "a", 2022, 1) + lines("Graz", "b", 2023, 1) + lines("Graz", "c", 2024, 1)
    column = load(HEADER, rows).column_of(Role.ORDER_ID)
    assert column and "the year" in column.reason
    assert orders(workspace)[0] == 120


def test_an_order_total_is_of_one_shop(load: Write, workspace: Workspace) -> None:
    rows = [
        f"{shop},{101 + at},2024-{1 + at // 16:02}-{1 + at // 2 % 8:02},"
        f"{who}{10 + at % 13},{item},{total + at}"
        for shop, who, total in (("Graz", "a", 30), ("Wien", "b", 500))
        for at in range(40)
        for item in ("cup", "pot")
    ]
    load("Shop,Order number,Date,Customer ID,Item,Order total", rows)
    assert orders(workspace) == (80, sum(30 + at + 500 + at for at in range(40)))


def test_a_number_of_several_customers_is_said(load: Write, workspace: Workspace) -> None:
    rows = [f"{at % 10},2024-03-01,K{at % 13 + 10},10.5" for at in range(130)]
    upload = load("Order number,Date,Customer ID,Total", rows)
    assert upload.column_of(Role.ORDER_ID) is None
    assert upload.columns[0].reason == OTHERS


def test_lines_follow_the_heads_of_their_shop(workspace: Workspace, tmp_path: Path) -> None:
    heads = ["Shop,Order number,Date,Customer ID"]
    items = ["Shop,Order number,Item,Quantity,Price"]
    for row in lines("Graz", "a") + lines("Wien", "b"):
        shop, number, day, who, item, pieces, price = row.split(",")
        heads.append(f"{shop},{number},{day},{who}")
        items.append(f"{shop},{number},{item},{pieces},{price}")
    for name, text in (("heads", dict.fromkeys(heads)), ("items", items)):
        (tmp_path / f"{name}.csv").write_text("\n".join(text) + "\n")
        load_file(workspace, tmp_path / f"{name}.csv")
    total = sum(float(row.rsplit(",", 1)[1]) for row in items[1:])
    assert orders(workspace) == (80, total)


def test_a_column_that_is_taken_for_a_number_no_longer_has_its_own_values(workspace: Workspace) -> None:
    with workspace.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE told AS SELECT range AS line, (['A', 'B'])[1 + range % 2] AS c0 FROM range(6)"
        )
        read = Table(
            cursor,
            "told",
            [Column(0, "Sort", Role.ORDER_ID, 0.5, "")],
            [frozenset()],
            gather_all(cursor, "told", 1),
        )
        read.numbered[0] = np.arange(6)
        assert list(read.sample.codes[0]) == [0, 1, 2, 3, 4, 5]
        read.set(0, Role.CATEGORICAL, 0.8, "few letters")
        assert list(read.sample.codes[0]) == [0, 1, 0, 1, 0, 1]
