"""What goods cost: by the line, the piece, the order, the product, or the margin that a person said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.intake.cleaning_rules import Cleaning
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Costs, Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def build(workspace: Workspace, folder: Path, cleaning: Cleaning | None = None, **files: str) -> Shop:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
        load_file(workspace, folder / f"{name}.csv")
    return build_shop(workspace, cleaning)


def costs_of(workspace: Workspace) -> list[tuple[str, Decimal | None, Decimal | None]]:
    with workspace.cursor() as cursor:
        return cursor.execute(
            "SELECT order_id, cost, value FROM shop.lines ORDER BY order_id, is_return"
        ).fetchall()


def told(*figures: tuple[str, str | None, str | None]) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [
        (order, *(None if one is None else Decimal(one).quantize(Decimal("0.0001")) for one in numbers))
        for order, *numbers in figures
    ]


OF_PIECES = """order_id,customer_id,date,sku,quantity,price,cost
1,a,2024-01-02,cup,2,10.00,4.00
2,a,2024-01-03,mug,1,20.00,8.00
3,b,2024-01-04,cup,5,10.00,4.00
4,b,2024-01-05,mug,3,20.00,8.00
5,c,2024-01-06,jug,1,5.00,9.00
6,c,2024-01-07,cup,1,10.00,
"""


def test_the_cost_of_a_piece_is_known_by_being_a_steady_share_of_its_price(
    workspace: Workspace, tmp_path: Path
) -> None:
    shop = build(workspace, tmp_path, orders=OF_PIECES)
    assert shop.costs == Costs(155 / 165, 155.0, 69.0, None, 1, 4.0)
    assert shop.in_margin
    assert costs_of(workspace) == told(
        ("1", "8", "12"),
        ("2", "8", "12"),
        ("3", "20", "30"),
        ("4", "24", "36"),
        ("5", "9", "-4"),
        ("6", None, "5.5484"),  # missing is not zero: 10 less 69 / 155 of it
    )
    [note] = shop.notes
    assert note.startswith("Costs are known for 93.9% of revenue: 55.5% of it is left as margin.")
    assert "1 customer cost more than they brought, 4.00 together" in note


def test_the_cost_of_a_line_is_taken_as_it_is(workspace: Workspace, tmp_path: Path) -> None:
    of_lines = OF_PIECES.replace("2,10.00,4.00", "2,10.00,8.00").replace("5,10.00,4.00", "5,10.00,20.00")
    build(workspace, tmp_path, orders=of_lines.replace("3,20.00,8.00", "3,20.00,24.00"))
    assert [cost for _, cost, _ in costs_of(workspace)][:4] == [Decimal(n) for n in (8, 8, 20, 24)]


def test_a_cost_on_each_line_of_an_order_is_that_of_the_order(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f"{n},c{n % 3},2024-01-{n + 1:02},cup,{10 + n}.00,{8 + n}.00\n"
        f"{n},c{n % 3},2024-01-{n + 1:02},mug,{30 + 3 * n}.00,{8 + n}.00\n"
        for n in range(10)
    )
    shop = build(workspace, tmp_path, orders="order_id,customer_id,date,sku,amount,total cost\n" + rows)
    assert shop.costs is not None
    assert shop.costs.cost == sum(range(8, 18))
    with workspace.cursor() as cursor:
        first = cursor.execute("SELECT cost FROM shop.lines WHERE order_id = '0' ORDER BY amount").fetchall()
    assert first == [(Decimal(2),), (Decimal(6),)]


def test_a_profit_says_the_cost(workspace: Workspace, tmp_path: Path) -> None:
    rows = "1,a,2024-01-02,20.00,12.00\n2,a,2024-01-03,40.00,15.00\n3,b,2024-01-04,10.00,-2.00\n"
    build(workspace, tmp_path, orders="order_id,customer_id,date,total,profit\n" + rows)
    assert costs_of(workspace) == told(("1", "8", "12"), ("2", "25", "15"), ("3", "12", "-2"))


def test_products_say_what_a_piece_costs(workspace: Workspace, tmp_path: Path) -> None:
    orders = "\n".join(line.rsplit(",", 1)[0] for line in OF_PIECES.splitlines()) + "\n"
    products = (
        "sku,name,category,Cost per item\ncup,Cup,kitchen,4.00\nmug,Mug,kitchen,8.00\njug,Jug,kitchen,\n"
    )
    shop = build(workspace, tmp_path, orders=orders, products=products)
    assert shop.costs == Costs(160 / 165, 160.0, 64.0)
    assert costs_of(workspace)[4:] == told(("5", None, "3"), ("6", "4", "6"))


def test_a_person_says_the_margin_of_what_has_no_cost(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, Cleaning(margin=0.3), orders=OF_PIECES)
    assert shop.costs == Costs(1.0, 165.0, 76.0, 0.3, 1, 1.0)
    assert costs_of(workspace)[5:] == told(("6", "7", "3"))
    assert shop.fingerprint != build_shop(workspace).fingerprint


def test_below_four_fifths_of_revenue_worth_is_what_was_paid(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, orders=OF_PIECES.replace("3,20.00,8.00", "3,20.00,"))
    assert shop.costs is not None
    assert (round(shop.costs.known, 3), shop.in_margin) == (0.576, False)
    assert {value for _, _, value in costs_of(workspace)} == {None}
    assert "too little to count in margin (80.0% is needed)" in shop.notes[0]


def test_what_comes_back_costs_nothing(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        "1,a,2024-01-02,cup,2,10.00,4.00\n2,b,2024-01-02,cup,3,10.00,4.00\n3,a,2024-01-20,cup,-1,10.00,4.00\n"
    )
    build(workspace, tmp_path, orders=OF_PIECES.splitlines()[0] + "\n" + rows)
    assert costs_of(workspace) == told(("1", "8", "12"), ("2", "12", "18"), ("3", "-4", "-6"))


def test_what_equals_the_price_is_no_cost(workspace: Workspace, tmp_path: Path) -> None:
    rows = "1,a,2024-01-02,cup,20.00,20.00\n2,b,2024-01-02,mug,30.00,30.00\n"
    shop = build(workspace, tmp_path, orders="order_id,customer_id,date,sku,amount,cost\n" + rows)
    assert shop.costs is None


@pytest.mark.parametrize("rate", ["EUR", "USD"])
def test_a_cost_in_another_currency_counts_by_the_same_rate(
    workspace: Workspace, tmp_path: Path, rate: str
) -> None:
    rows = "1,a,2024-01-02,20.00,8.00,EUR\n2,b,2024-01-02,30.00,12.00,EUR\n3,b,2024-01-02,10.956,5.478,USD\n"
    orders = "order_id,customer_id,date,total,cost,currency\n" + rows
    build(workspace, tmp_path, Cleaning(reporting=rate), orders=orders)
    wanted = ("3", "5", "5") if rate == "EUR" else ("3", "5.478", "5.478")
    assert costs_of(workspace)[2:] == told(wanted)
