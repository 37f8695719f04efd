"""Headers that say something else than their column holds: the other columns decide."""

from __future__ import annotations

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

SOLD = [(4100 + at // 2, at // 2 % 11, at % 6, 1 + at % 3, 2.5 + at % 6) for at in range(120)]
"""Order, customer, product, pieces and price of each line."""


def roles(upload: Upload) -> dict[str, Role]:
    return {column.name: column.role for column in upload.columns}


def revenue(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def test_numbers_of_orders_are_no_money_given_back(load: Write, workspace: Workspace) -> None:
    sold = [f"{order},2024-{1 + order % 12:02}-05,K{who + 30},{who},SKU{goods:03},{pieces},{price}"
            for order, who, goods, pieces, price in SOLD]  # fmt: skip
    rows = [row.replace(f",{row.split(',')[3]},SKU", ",,SKU") for row in sold]
    back = [f"{9000 + at},2024-12-07,K{who + 30},{order},SKU{goods:03},-{pieces},{price}"
            for at, (order, who, goods, pieces, price) in enumerate(SOLD[::9])]  # fmt: skip
    upload = load("Receipt No,Day of sale,Customer No,Refunded receipt,SKU,Qty,Price", rows + back)
    assert roles(upload)["Refunded receipt"] is Role.IGNORE
    kept = sum(pieces * price for *_, pieces, price in SOLD)
    assert abs(revenue(workspace) - kept + sum(q * p for *_, q, p in SOLD[::9])) < 0.01


def test_a_bare_name_that_goes_with_the_goods_names_them(load: Write) -> None:
    goods = ("Jug", "Fork", "Rug", "Bench", "Stool", "Shelf")
    rows = [f"{order},A-{at:02},{goods[at]},{pieces},{price}" for order, _, at, pieces, price in SOLD]
    upload = load("Receipt No,Article No,Name,Qty,Price", rows)
    assert upload.kind is Kind.ORDERS
    assert roles(upload)["Name"] is Role.PRODUCT_NAME
