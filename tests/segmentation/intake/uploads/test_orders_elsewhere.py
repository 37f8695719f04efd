"""Heads, lines and returns in files of their own, under headers that no list knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

GOODS = [f"T-{100 + at}" for at in range(9)]
LINES = [(1001 + at // 2, GOODS[at * 5 % 9], 20 + at * 37 % 89) for at in range(140)]
HEADS = [
    f"{number},2024-{1 + number % 9:02}-{1 + number % 28:02},k{10 + number * 7 % 23:03}"
    for number in range(1001, 1071)
]


def read(workspace: Workspace, folder: Path, **files: list[str]) -> float:
    for name, rows in files.items():
        path = folder / f"{name}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        load_file(workspace, path)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize("number", ["Sifariş", "Nömrə"])
def test_heads_and_lines(workspace: Workspace, tmp_path: Path, number: str) -> None:
    heads = ["Sifariş,Tarix,Alıcı", *HEADS]
    lines = [f"{number},Kod,Qiymət", *(f"{order},{goods},{price}.25" for order, goods, price in LINES)]
    total = read(workspace, tmp_path, heads=heads, lines=lines)
    assert [upload.kind for upload in list_uploads(workspace)] == [Kind.ORDERS, Kind.ORDERS]
    assert total == sum(price + 0.25 for _, _, price in LINES)


def test_the_buyers_of_heads_may_be_plain_numbers_given_out(workspace: Workspace, tmp_path: Path) -> None:
    heads = ["Agizo,Tarehe,Namba", *(f"{head.split(',k')[0]},{300 + int(head[-3:])}" for head in HEADS)]
    lines = ["Agizo,Msimbo,Bei", *(f"{order},{goods},{price}.25" for order, goods, price in LINES)]
    total = read(workspace, tmp_path, agizo=heads, mistari=lines)
    assert total == sum(price + 0.25 for _, _, price in LINES)
    with workspace.cursor() as cursor:
        people = cursor.execute("SELECT count(DISTINCT customer_id) FROM shop.lines").fetchall()
    assert people == [(23,)]


SYLLABLES = ("Bat", "Saran", "Oyun", "Temur", "Dulmaa", "Gerel", "Purev")
SHORT = [f"{one}{other}" for one in SYLLABLES for other in "aeiou"]
NAMED = [f"{SYLLABLES[at % 7]} {SYLLABLES[at * 3 % 5]}" for at in range(23)]


@pytest.mark.parametrize(
    "buyer", [lambda at: NAMED[at % 23], lambda at: str(41 + at * 7 % 59), lambda at: SHORT[at % 29]]
)
def test_heads_of_two_dates_with_names_or_small_numbers(
    workspace: Workspace, tmp_path: Path, buyer: Callable[[int], str]
) -> None:
    heads = ["Дугаар,Хэн,Хүргэсэн,Захиалсан"]
    heads += [f"{1001 + at},{buyer(at)},{day},{date.fromisoformat(day) - timedelta(2 + at % 3)}"
              for at, day in enumerate(head.split(",")[1] for head in HEADS)]  # fmt: skip
    lines = ["Дугаар,Бараа,Үнэ", *(f"{order},{goods},{price}.25" for order, goods, price in LINES)]
    total = read(workspace, tmp_path, heads=heads, lines=lines)
    assert total == sum(price + 0.25 for _, _, price in LINES)
    with workspace.cursor() as cursor:
        [(people, first)] = cursor.execute(
            "SELECT count(DISTINCT customer_id), min(ordered_at)::DATE FROM shop.lines"
        ).fetchall()
    assert people == len({buyer(at) for at in range(70)})
    asked = [doubt for doubt in list_uploads(workspace)[0].doubts if doubt.code.startswith("customer")]
    assert len(asked) == (buyer(0) not in NAMED)
    assert all([one.answer for one in doubt.options] == ["“Хэн”", "No column does"] for doubt in asked)
    assert first == min(date.fromisoformat(row.split(",")[3]) for row in heads[1:])


def test_the_buyers_of_heads_may_be_numbers_behind_a_letter(workspace: Workspace, tmp_path: Path) -> None:
    heads = ["Sifariş,Tarix,Alıcı", *(head.replace(",k", ",P") for head in HEADS)]
    lines = ["Nömrə,Kod,Qiymət", *(f"{order},{goods},{price}.25" for order, goods, price in LINES)]
    total = read(workspace, tmp_path, heads=heads, lines=lines)
    assert total == sum(price + 0.25 for _, _, price in LINES)
    assert people(workspace) == 23


def test_goods_that_are_named_again_later_came_back(workspace: Workspace, tmp_path: Path) -> None:
    days = {head.split(",")[0]: head.split(",", 1)[1] for head in HEADS}
    sales = ["Agizo,Tarehe,Mteja,Msimbo,Bei"]
    sales += [f"{order},{days[str(order)]},{goods},{price}.25" for order, goods, price in LINES]
    back = [
        "Agizo,Msimbo,Siku",
        *(f"{order},{goods},2024-12-{order % 28 + 1:02}" for order, goods, _ in LINES[::13]),
    ]
    total = read(workspace, tmp_path, mauzo=sales, zilizorudishwa=back)
    assert total == sum(price + 0.25 for at, (_, _, price) in enumerate(LINES) if at % 13)


def test_customers_with_undated_purchases_stay_customers(workspace: Workspace, tmp_path: Path) -> None:
    people = ["customer_id,joined,city"]
    people += [f"{1001 + at},2024-{1 + at % 9:02}-{1 + at % 28:02},{'ABCD'[at % 4]}ville" for at in range(70)]
    bought = ["customer_id,product,price", *(f"{who},{goods},{price}.25" for who, goods, price in LINES)]
    read(workspace, tmp_path, people=people, bought=bought)
    assert list_uploads(workspace)[0].kind is Kind.CUSTOMERS


def test_sums_of_a_few_orders_on_later_days_were_given_back(workspace: Workspace, tmp_path: Path) -> None:
    heads = [
        "Númer,Dagur,Kundi,Upphædd",
        *(f"{head},{20 + at * 37 % 89}.25" for at, head in enumerate(HEADS)),
    ]
    back = ["Númer,Dagur,Upphædd"]
    back += [f"{head.split(',')[0]},2024-12-{1 + at % 28:02},{20 + at * 37 % 89 - at % 2 * 5}.25"
             for at, head in enumerate(HEADS) if at % 9 == 4]  # fmt: skip
    total = read(workspace, tmp_path, heads=heads, more=back)
    assert total == sum(float(row.split(",")[3]) for row in heads[1:]) - sum(
        float(row.split(",")[2]) for row in back[1:]
    )


PIECES = [(order, goods, 1 + at % 3, price) for at, (order, goods, price) in enumerate(LINES)]
SOLD = sum(pieces * (price + 0.25) for _, _, pieces, price in PIECES)
SUMS = {order: round(100 * sum(q * (p + 0.25) for o, _, q, p in PIECES if o == order)) for order, *_ in LINES}


def people(workspace: Workspace) -> int:
    with workspace.cursor() as cursor:
        return int(cursor.execute("SELECT count(DISTINCT customer_id) FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize("swapped", [False, True])
def test_priced_pieces_are_the_lines_of_heads_that_call_their_number_otherwise(
    workspace: Workspace, tmp_path: Path, swapped: bool
) -> None:
    wares = dict(zip(GOODS, ("Zop", "Kandel", "Brout", "Kéis", "Béier", "Mëllech", "Ham", "Fësch", "Wäin"),
                     strict=True))  # fmt: skip
    files = {
        "heads": ["id,created,customer,cents", *(f"{head},{SUMS[int(head[:4])]}" for head in HEADS)],
        "lines": ["bestellung_vum,wuer,quantity,price"],
    }
    files["lines"] += [
        f"{order},{wares[goods]},{pieces},{price}.25" for order, goods, pieces, price in PIECES
    ]
    order = reversed(files) if swapped else iter(files)
    assert read(workspace, tmp_path, **{name: files[name] for name in order}) == SOLD
    assert people(workspace) == 23


@pytest.mark.parametrize("called", ["voucher", "entry"])
def test_of_two_numbers_of_heads_the_one_counts_that_lines_name(
    workspace: Workspace, tmp_path: Path, called: str
) -> None:
    heads = ["entry,order_number,order_date,customer_id"]
    heads += [f"{int(head[:4]) * 3 - 7},{head.replace(head[:4], f'SF-{head[:4]}', 1)}" for head in HEADS]
    lines = [f"{called},item_code,quantity,price"]
    lines += [f"{order * 3 - 7},{goods},{pieces},{price}.25" for order, goods, pieces, price in PIECES]
    assert read(workspace, tmp_path, heads=heads, lines=lines) == SOLD
    assert people(workspace) == 23
    number, other = list_uploads(workspace)[0].columns[:2]
    assert (number.role, other.role) == (Role.ORDER_ID, Role.IGNORE)


def test_a_list_of_goods_stays_one_beside_orders(workspace: Workspace, tmp_path: Path) -> None:
    heads = [
        "order_number,order_date,customer_id,total",
        *(f"{head},{SUMS[int(head[:4])]}" for head in HEADS),
    ]
    goods = ["item_code,shelf,price"]
    goods += [f"{code},{1001 + at % 30},{at}.5" for at, code in enumerate(GOODS * 7)]
    read(workspace, tmp_path, heads=heads, goods=goods)
    assert list_uploads(workspace)[1].kind is Kind.PRODUCTS


def test_what_lines_only_guess_of_their_number_does_not_make_heads_people(
    workspace: Workspace, tmp_path: Path
) -> None:
    wares = ["Zop", "Kandel", "Brout", "Kéis", "Béier", "Mëllech", "Ham", "Fësch", "Wäin"]
    heads = ["Zwv,Yxu,Tsr,Rqp"]
    heads += [
        f"{2 * int(head[:4]) - 1862},{head[:4]}/24,{head[5:15]},Q-{head.split(',k')[1]}" for head in HEADS
    ]
    lines = ["Zwv,Onm,Lkj,Ihg,Fed"]
    lines += [
        f"{2 * order - 1862},{wares[int(goods[-1])]},{pieces},{price}.25,{pieces * (price + 0.25)}"
        for order, goods, pieces, price in PIECES
    ]
    assert read(workspace, tmp_path, heads=heads, lines=lines) == SOLD
    assert people(workspace) == 23
