"""Headers that say something else than their column holds: the other columns decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.corrections import set_role
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


def test_a_name_of_which_an_order_has_several_is_no_buyer(load: Write) -> None:
    goods = ("Jug", "Fork", "Rug", "Bench", "Stool", "Shelf")
    rows = [f"{order},2024-02-11,{goods[at]},{pieces},{price}" for order, _, at, pieces, price in SOLD]
    assert roles(load("Receipt No,Day,Name,Qty,Price", rows))["Name"] is Role.PRODUCT_NAME


def test_numbers_that_several_people_share_are_no_people(load: Write, workspace: Workspace) -> None:
    shops = {"oslo": [who for _, who, *_ in SOLD], "rome": [10 - who for _, who, *_ in SOLD]}
    rows = [f"{shop},{order},2024-0{1 + (shop > 'p')}-07,{who + 1},{shop}{who}@x.test,{price}"
            for shop, people in shops.items()
            for who, (order, *_, price) in zip(people, SOLD, strict=True)]  # fmt: skip
    upload = load("Branch,Receipt No,Day,Customer No,Email,Amount", rows)
    assert roles(upload)["Customer No"] is not Role.CUSTOMER_ID
    assert build_shop(workspace).customers == 22


def test_sums_of_several_kinds_in_one_column_are_said_to_be_unsure(load: Write) -> None:
    kinds = (("goods", 1.0), ("tax", 0.2), ("our cut", -0.15), ("packing", -0.05))
    rows = [f"R-{order},2024-02-{1 + order % 28:02},K{who + 10},SKU{goods:03},{kind},{price * part:.2f}"
            for order, who, goods, _, price in SOLD for kind, part in kinds]  # fmt: skip
    upload = load("Order No,Day,Customer No,SKU,What for,Amount", rows)
    (amount,) = [column for column in upload.columns if column.role is Role.AMOUNT]
    assert amount.confidence < 0.6
    assert "What for" in amount.reason


def test_whose_account_it_is_decides_which_side_was_paid(load: Write, workspace: Workspace) -> None:
    sums = [(order, who, round(3.45 + at * 2.15, 2)) for at, (order, who, *_) in enumerate(SOLD[::2])]
    billed = [f"{1 + order % 28:02}/06/2024,10{who + 30},D{order},{paid}," for order, who, paid in sums]
    settled = [f"{1 + order % 28:02}/07/2024,10{who + 30},P{order},,{paid}" for order, who, paid in sums[:50]]
    upload = load("Posted,Customer No,Voucher No,Debit,Credit", billed + settled)
    assert abs(revenue(workspace) - sum(paid for *_, paid in sums)) < 0.01
    assert [option.answer for option in upload.doubts[0].options] == ["“Debit”", "“Credit”", "No column does"]


def test_sums_under_a_word_for_money_name_no_currency(load: Write) -> None:
    rows = [f"{500 + n},2024-03-{1 + n % 28:02},k{n % 9}@x.io,{20 + n % 7}.50,{n % 5}.25" for n in range(60)]
    upload = load("Ticket,Date,E-mail,Total,Rendu monnaie", rows)
    assert Role.CURRENCY not in [column.role for column in upload.columns]


def test_codes_that_begin_with_one_letter_are_no_places_by_their_sound(load: Write) -> None:
    rows = [f"{order},2024-02-{1 + order % 28:02},M-{1340 + who * 7},{pieces},{price}"
            for order, who, _, pieces, price in SOLD]  # fmt: skip
    upload = load("Sargyt,Senesi,Alyjy kody,Sany,Bahasy", rows)
    assert roles(upload)["Sargyt"] is Role.ORDER_ID
    assert roles(upload)["Alyjy kody"] is Role.CUSTOMER_ID


def test_one_code_on_all_lines_of_an_order_is_no_article_s_by_its_sound(load: Write) -> None:
    rows = [f"З-{order},2024-02-{1 + order % 28:02},{100340 + order * 17 % 37 * 7},{pieces},{price}"
            for order, *_, pieces, price in SOLD]  # fmt: skip
    upload = load("Заказан номер,Хан,Эцархочун код,Масал,Мах", rows)
    assert roles(upload)["Эцархочун код"] is Role.CUSTOMER_ID


def totals() -> list[str]:
    """Of each order a row for each kind of sum; the last is what they add up to."""
    rows, at = [], 0
    for order in range(1, 61):
        goods = 20 + order * 37 % 89
        sums = {"sub_total": goods, "shipping": 5, "coupon": -3 if order % 7 == 2 else 0, "tax": goods // 5}
        for kind, value in {**sums, "total": sum(sums.values())}.items():
            at += 1
            if value:
                rows.append(f"{at},{order},{kind},{kind.replace('_', ' ').title()},{value}.0000")
    return rows


def test_kinds_of_sums_of_each_order_are_no_goods(load: Write) -> None:
    read = roles(load("order_total_id,order_id,code,title,value", totals()))
    assert (read["order_id"], read["order_total_id"]) == (Role.ORDER_ID, Role.IGNORE)
    assert read["title"] is Role.CATEGORICAL


def test_a_rate_that_never_differs_is_no_amount(load: Write) -> None:
    rows = [
        f"{at},k{at % 19}@x.org,1.00000000,{20 + at * 37 % 89}.50,2024-03-{1 + at % 28:02}"
        for at in range(60)
    ]
    upload = load("order_id,email,currency_value,total,date_added", rows)
    assert next(column.name for column in upload.columns if column.role is Role.AMOUNT) == "total"


def test_lines_without_their_heads_are_lines_of_their_documents(load: Write) -> None:
    rows = [
        f"{302 + 3 * (at // 3)}\t{at % 3}\tB{100 + at * 7 % 11}\t{1 + at * at % 5}\t{2.5 + at * 7 % 11}\t"
        f"{(1 + at * at % 5) * (2.5 + at * 7 % 11)}"
        for at in range(120)
    ]
    upload = load("DocEntry\tLineNum\tItemCode\tQuantity\tPrice\tLineTotal", rows)
    assert (upload.kind, roles(upload)["DocEntry"]) == (Kind.ORDERS, Role.ORDER_ID)


def test_stock_of_several_depots_is_no_file_of_lines(load: Write) -> None:
    rows = [f"{at // 24 + 1};B{100 + at % 24};{at * at % 40};{2.5 + at % 24}" for at in range(120)]
    assert load("Depot;ItemCode;Quantity;Price", rows).kind is not Kind.ORDERS


@pytest.mark.parametrize("header", ["Qty", "رقم القطعة", "Units"])
@pytest.mark.parametrize(
    "number", [lambda at: 71_200_016 + 37 * at, lambda at: 501 + at, lambda at: 4e9 + at % 7]
)
def test_numbers_of_pieces_count_none(
    load: Write, workspace: Workspace, header: str, number: Callable[[int], float]
) -> None:
    rows = [f"{order},2024-03-{1 + order % 28:02},K{who + 30},SKU{goods:03},{number(at):.0f},{price}"
            for at, (order, who, goods, _, price) in enumerate(SOLD)]  # fmt: skip
    upload = load(f"Receipt No,Day of sale,Customer No,SKU,{header},Price", rows)
    assert roles(upload)[header] is not Role.QUANTITY
    assert abs(revenue(workspace) - sum(price for *_, price in SOLD)) < 0.01


def test_thousands_of_pieces_that_no_sum_bears_out_are_asked_about(load: Write, workspace: Workspace) -> None:
    rows = [f"{order},2024-03-{1 + order % 28:02},K{who + 30},SKU{goods:03},{4021 + 97 * (at % 50)},{price}"
            for at, (order, who, goods, _, price) in enumerate(SOLD)]  # fmt: skip
    upload = load("Receipt No,Day of sale,Customer No,SKU,Qty,Price", rows)
    assert "pieces:Qty" in [doubt.code for doubt in upload.doubts]
    assert abs(revenue(workspace) - sum(price for *_, price in SOLD)) < 0.01
    counted = set_role(workspace, upload.upload_id, "Qty", Role.QUANTITY)
    assert counted.money is not None
    assert counted.money.multiplied


@pytest.mark.parametrize("header", ["Buyer", "ชื่อผู้ใช้ (ผู้ซื้อ)", "Người mua"])
def test_names_of_users_that_hold_digits_are_people(load: Write, workspace: Workspace, header: str) -> None:
    users = [f"user{who * 37}.{1200 + who}" for who in range(23)]
    rows = [f"MX{order},2024-03-{1 + order % 28:02},{users[order % 23]},SKU{goods:03},{price}"
            for order, _, goods, _, price in SOLD]  # fmt: skip
    load(f"Mã đơn hàng,Ngày đặt hàng,{header},Mã sản phẩm,Giá bán", rows)
    assert build_shop(workspace).customers == 23
