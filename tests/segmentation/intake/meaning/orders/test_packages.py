"""A row with the money of a package above the rows of its goods: these are what was sold."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

PRICES = [4.5 + 3.25 * at for at in range(9)]
ORDERS = [[(at + more, 1 + (at + more) % 3) for more in range(1 + at % 3)] for at in range(90)]
HEADER = "Order number,Date,Customer ID,Items income,Charges,Total,Article code,Units,Unit price"


def cost(order: list[tuple[int, int]]) -> float:
    return sum(PRICES[goods % 9] * pieces for goods, pieces in order)


def rows_of(at: int, order: list[tuple[int, int]], paid: float) -> list[str]:
    """Write an order of one article in one row, and of several under a row of the package."""
    number, day = f"90{at:04}00", f"2024-{1 + at // 28:02}-{1 + at % 28:02}"
    head = f"{number},{day},K{at % 17 + 30},{paid:.2f},{-0.16 * paid:.2f},{0.84 * paid:.2f}"
    goods = [f"A{310 + thing % 9},{pieces},{PRICES[thing % 9]:.2f}" for thing, pieces in order]
    if len(order) == 1:
        return [f"{head},{goods[0]}"]
    parts = [f"90{at:04}{1 + part:02},{day},,,,,{one}" for part, one in enumerate(goods)]
    return [f"{head},,,", *parts]


def test_goods_are_of_the_order_and_cost_pieces_times_price(load: Write, workspace: Workspace) -> None:
    upload = load(HEADER, [row for at, order in enumerate(ORDERS) for row in rows_of(at, order, cost(order))])
    assert upload.rows == sum(map(len, ORDERS))
    (charges,) = build_shop(workspace).doubts
    assert charges.code == "discount_in:Charges"
    with workspace.cursor() as cursor:
        [told] = cursor.execute(
            "SELECT count(DISTINCT order_id), count(DISTINCT customer_id), count(DISTINCT product_id),"
            " sum(amount)::DOUBLE FROM shop.lines"
        ).fetchall()
    assert told == (90, 17, 9, pytest.approx(sum(map(cost, ORDERS))))


def test_rows_that_do_not_add_up_to_the_one_above_stay_as_they_are(load: Write) -> None:
    rows = [row for at, order in enumerate(ORDERS) for row in rows_of(at, order, 20.5 + at * 7 % 50)]
    assert load(HEADER, rows).rows == len(rows)
