"""Each rule of cleaning on a small shop worked out by hand: what it finds, what stays, and its switch."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from segmentation.action.recommend.purchases import read_catalogue
from segmentation.intake.cleaning.ledger import ledger_sample, ledger_table
from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.intake.words import RULE_WORDS
from segmentation.workspace import Workspace

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"


def upload(workspace: Workspace, folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text)
        load_file(workspace, path)


def rows(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def kept(workspace: Workspace) -> list[tuple[str, int]]:
    return [
        (order, int(quantity))
        for order, quantity in rows(workspace, "SELECT order_id, quantity FROM shop.lines ORDER BY ALL")
    ]


def found(shop: Shop, applied: bool = True) -> dict[Rule, int]:
    return {entry.rule: entry.rows for entry in shop.ledger if entry.applied is applied}


def test_every_rule_is_worded() -> None:
    assert list(RULES) == list(RULE_WORDS) == list(Rule)
    assert all(text.title and text.explanation.endswith(".") for text in RULE_WORDS.values())
    assert len({text.title for text in RULE_WORDS.values()}) == len(RULES)


def test_a_switch_goes_both_ways() -> None:
    assert Cleaning().applies(Rule.FREE)
    assert not Cleaning().applies(Rule.RETURNS)
    assert not Cleaning().switched(Rule.FREE, False).applies(Rule.FREE)
    assert Cleaning().switched(Rule.RETURNS, True) == Cleaning(on=frozenset({Rule.RETURNS}))
    assert Cleaning().switched(Rule.FREE, False).switched(Rule.FREE, True) == Cleaning()
    assert Cleaning(off=frozenset({Rule.NO_DATE})).applies(Rule.NO_DATE), "it has no switch"


FILLER = "".join(f"5300{i:02},20000{i},BOX,9,2020-01-01 09:00,1,777{i}\n" for i in range(10))
CANCELLATIONS = {
    "a purchase and its cancellation are gone": (
        "536365,85123A,CUP,3,2020-02-01 10:00,2,1\nC536366,85123A,CUP,-3,2020-02-02 10:00,2,1\n",
        [],
    ),
    "a cancellation of 2 out of 3 stays as a negative line": (
        "536365,85123A,CUP,3,2020-02-01 10:00,2,1\nC536366,85123A,CUP,-2,2020-02-02 10:00,2,1\n",
        [("536365", 3), ("C536366", -2)],
    ),
    "of two equal purchases the later one is cancelled": (
        "536365,85123A,CUP,3,2020-02-01 10:00,2,1\n536367,85123A,CUP,3,2020-02-02 10:00,2,1\n"
        "C536369,85123A,CUP,-3,2020-02-03 10:00,2,1\n",
        [("536365", 3)],
    ),
    "two cancellations undo two purchases": (
        "536365,85123A,CUP,3,2020-02-01 10:00,2,1\n536367,85123A,CUP,3,2020-02-02 10:00,2,1\n"
        "C536369,85123A,CUP,-3,2020-02-03 10:00,2,1\nC536370,85123A,CUP,-3,2020-02-04 10:00,2,1\n",
        [],
    ),
    "a cancellation before any purchase undoes none, the one after does": (
        "C536360,85123A,CUP,-3,2020-01-31 10:00,2,1\n536365,85123A,CUP,3,2020-02-01 10:00,2,1\n"
        "C536366,85123A,CUP,-3,2020-02-02 10:00,2,1\nC536367,85123A,CUP,-3,2020-02-03 10:00,2,1\n",
        [("C536360", -3), ("C536367", -3)],
    ),
    "another customer, product or price is no match": (
        "536365,85123A,CUP,3,2020-02-01 10:00,2,1\nC536366,85123A,CUP,-3,2020-02-02 10:00,2,2\n"
        "C536367,85124A,POT,-3,2020-02-02 10:00,2,1\nC536368,85123A,CUP,-3,2020-02-02 10:00,1.5,1\n",
        [("536365", 3), ("C536366", -3), ("C536367", -3), ("C536368", -3)],
    ),
}


@pytest.mark.parametrize(("lines", "left"), CANCELLATIONS.values(), ids=list(CANCELLATIONS))
def test_cancellations(workspace: Workspace, tmp_path: Path, lines: str, left: list[tuple[str, int]]) -> None:
    upload(workspace, tmp_path, orders=HEADER + FILLER + lines)
    shop = build_shop(workspace)
    assert [line for line in kept(workspace) if not line[0].startswith("5300")] == left
    assert found(shop).get(Rule.CANCELLATIONS, 0) == lines.count("\n") - len(left)
    build_shop(workspace, Cleaning(off=frozenset({Rule.CANCELLATIONS})))
    assert len(kept(workspace)) == 10 + lines.count("\n")


STATUS = "order_id,customer_id,order_date,product_name,quantity,price,order_status\n"


def test_cancelled_and_returned_orders_by_status(workspace: Workspace, tmp_path: Path) -> None:
    upload(
        workspace,
        tmp_path,
        orders=STATUS + "1,ann,2020-01-01,cup,1,5,completed\n2,ann,2020-01-02,pot,1,7,cancelled\n"
        "3,bob,2020-01-03,cup,2,5,completed\n4,bob,2020-01-09,cup,-2,5,returned\n"
        "5,cem,2020-01-04,lid,1,4,returned\n6,cem,2020-01-05,box,1,9,partially refunded\n",
    )
    lines = "SELECT order_id, amount, is_return FROM shop.lines ORDER BY ALL"
    shop = build_shop(workspace)
    assert found(shop) == {Rule.CANCELLED: 1}
    assert found(shop, applied=False) == {Rule.RETURNS: 3}
    assert rows(workspace, lines) == [
        ("1", Decimal(5), False),
        ("3", Decimal(10), False),
        ("4", Decimal(-10), True),
        ("5", Decimal(-4), True),
        ("5", Decimal(4), False),
        ("6", Decimal(9), False),
    ]
    shop = build_shop(workspace, Cleaning(off=frozenset({Rule.CANCELLED}), on=frozenset({Rule.RETURNS})))
    assert found(shop) == {Rule.RETURNS: 3}
    assert found(shop, applied=False) == {Rule.CANCELLED: 1}
    assert [order for order, *_ in rows(workspace, lines)] == ["1", "2", "6"]


@pytest.mark.parametrize(
    ("bought", "cancelled"),
    [
        ("Zrealizowane", "Anulowane"),
        ("Доставлен", "Отменён"),
        ("Teslim edildi", "İptal edildi"),
        ("배송완료", "취소"),
        ("発送済", "キャンセル"),
        ("Livrée", "Annulée"),
        ("Levererad", "Makulerad"),
        ("Zugestellt", "Storno"),
    ],
)
def test_orders_are_cancelled_in_many_languages(
    workspace: Workspace, tmp_path: Path, bought: str, cancelled: str
) -> None:
    lines = f"1,ann,2020-01-01,cup,1,5,{bought}\n2,bob,2020-01-02,pot,1,7,{cancelled}\n"
    upload(workspace, tmp_path, orders=STATUS + lines)
    assert found(build_shop(workspace)) == {Rule.CANCELLED: 1}


@pytest.mark.parametrize(
    "name",
    [
        "Postage",
        "PACKING CHARGE",
        "Next Day Carriage",
        "adjustment",
        "Adjustment by john on 26/01/2010 16",
        "This is a test product.",
        "TEST",
        "test item 2",
        "Dummy-Artikel",
    ],
)
def test_what_is_no_product_is_told_by_its_name_sold_or_not(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    upload(
        workspace,
        tmp_path,
        orders=HEADER + FILLER + "536369,85123A,PREGNANCY TEST KIT,1,2020-02-01 10:00,2,1\n"
        f"536370,X1Y2Z3,{name},1,2020-02-01 10:00,3,1\n",
        products=f"product_id,product_name,unit_price\n85123A,PREGNANCY TEST KIT,2\n99999,{name},3\n",
    )
    build_shop(workspace)
    names = set(read_catalogue(workspace).names)
    assert "PREGNANCY TEST KIT" in names
    assert name not in names


def test_prices_fees_dates_and_revenue(workspace: Workspace, tmp_path: Path) -> None:
    upload(
        workspace,
        tmp_path,
        orders=HEADER + FILLER + "536365,85123A,CUP,1,2020-02-01 10:00,0,1\n"
        "536366,85124A,BAD DEBT WRITE-OFF,1,2020-02-01 10:00,-50,1\n"
        "536367,POST,POSTAGE,1,2020-02-01 10:00,18,1\n536368,M,Manual,1,2020-02-01 10:00,2.5,1\n"
        "536369,85123A,CUP,1,1970-01-01 00:00,2,1\n536370,85123A,CUP,1,2099-01-01 00:00,3,1\n"
        "536371,85125A,POT,-1,2020-02-01 10:00,2,1\n",
    )
    shop = build_shop(workspace)
    assert {entry.rule: (entry.rows, entry.revenue) for entry in shop.set_aside} == {
        Rule.ODD_DATES: (2, 5.0),
        Rule.NON_PRODUCTS: (2, 20.5),
        Rule.NEGATIVE_PRICES: (1, -50.0),
        Rule.FREE: (1, 0.0),
    }
    assert shop.as_of is not None
    assert shop.as_of.year == 2020
    assert ledger_table(shop)["rows"].tolist() == [17, 2, 2, 1, 1, 11]


def test_negative_prices_are_returns_where_returns_are_written_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    upload(
        workspace,
        tmp_path,
        orders=STATUS
        + "1,ann,2020-01-01,cup,1,5,ok\n2,ann,2020-01-02,cup,1,-5,ok\n3,bob,2020-01-03,pot,1,6,ok\n",
    )
    assert found(build_shop(workspace)) == {}
    assert rows(workspace, "SELECT order_id FROM shop.lines WHERE is_return") == [("2",)]


def test_guests_can_count_as_customers_who_bought_once(workspace: Workspace, tmp_path: Path) -> None:
    upload(
        workspace,
        tmp_path,
        orders="order_id,customer_id,order_date,product_name,price\n1,ann,2020-01-01,cup,5\n2,,2020-01-02,cup,5\n"
        "2,,2020-01-02,pot,6\n,,2020-01-03,pot,6\n3,bob,2020-01-04,pot,6\n4,ann,2020-01-05,pot,6\n",
    )
    shop = build_shop(workspace)
    assert (shop.customers, found(shop)) == (2, {Rule.GUESTS: 2, Rule.NO_CUSTOMER: 1})
    shop = build_shop(workspace, Cleaning(off=frozenset({Rule.GUESTS})))
    assert (shop.customers, found(shop)) == (3, {Rule.NO_CUSTOMER: 1})
    assert found(shop, applied=False) == {Rule.GUESTS: 2}


def people(*emails: str) -> str:
    return "customer_id,email\n" + "".join(f"c{i:03},{email}\n" for i, email in enumerate(emails))


def test_customers_of_one_address_are_one(workspace: Workspace, tmp_path: Path) -> None:
    upload(
        workspace,
        tmp_path,
        customers=people("ann@shop.de", "bob@mail.com", "Ann+news@Shop.de ", "cem@mail.com"),
        orders="order_id,customer_id,email,order_date,total\n1,c000,ann@shop.de,2020-01-01,5\n"
        "2,c002,ann@shop.de,2020-01-02,6\n3,,BOB@mail.com,2020-01-03,7\n4,,new@mail.com,2020-01-04,8\n"
        "5,c003,,2020-01-05,9\n",
    )
    spent = "SELECT customer_id, sum(amount)::INT FROM shop.lines GROUP BY 1 ORDER BY 1"
    shop = build_shop(workspace)
    assert rows(workspace, spent) == [("c000", 11), ("c001", 7), ("c003", 9), ("new@mail.com", 8)]
    assert {(e.file_name, e.rule): e.rows for e in shop.ledger} == {
        ("customers.csv", Rule.MERGED): 1,
        ("customers.csv", Rule.SAME_CUSTOMER): 1,
        ("orders.csv", Rule.MERGED): 3,
    }
    shop = build_shop(workspace, Cleaning(off=frozenset({Rule.MERGED})))
    assert rows(workspace, spent) == [("c000", 5), ("c002", 6), ("c003", 9)]
    assert found(shop) == {Rule.GUESTS: 2}


def test_test_and_internal_customers(workspace: Workspace, tmp_path: Path) -> None:
    plain = [f"person{i}@mail.com" for i in range(40)]
    upload(
        workspace,
        tmp_path,
        customers=people(*plain, "test@mail.com", "ann+test2@mail.com", "x@example.com", "eve@staff.shop.de"),
        orders="order_id,customer_id,order_date,total\n1,c000,2020-01-01,5\n2,c040,2020-01-02,900\n3,c001,2020-01-03,5\n",
    )
    shop = build_shop(workspace)
    assert shop.customers == 41
    assert {(e.file_name, e.rule): (e.rows, e.applied) for e in shop.ledger} == {
        ("customers.csv", Rule.TEST_CUSTOMERS): (3, True),
        ("customers.csv", Rule.INTERNAL_CUSTOMERS): (1, False),
        ("orders.csv", Rule.TEST_CUSTOMERS): (1, True),
    }
    everyone = Cleaning(off=frozenset({Rule.TEST_CUSTOMERS}), on=frozenset({Rule.INTERNAL_CUSTOMERS}))
    assert build_shop(workspace, everyone).customers == 43


def test_a_shop_whose_customers_are_all_at_example_com_has_no_tests(
    workspace: Workspace, tmp_path: Path
) -> None:
    hosts = ["example.com", "example.org", "example.net"]
    upload(workspace, tmp_path, customers=people(*(f"c{i}@{hosts[i % 3]}" for i in range(30))))
    shop = build_shop(workspace)
    assert (shop.customers, shop.ledger) == (30, ())


def test_values_that_cannot_be_are_missing(workspace: Workspace, tmp_path: Path) -> None:
    people = [f"{i},{1950 + i % 45},{20_000 + 700 * i},{i % 4}" for i in range(60)]
    text = "\n".join(["id,year_birth,income,kids", *people, "60,1893,30000,1", "61,1980,666666,11", ""])
    upload(workspace, tmp_path, customers=text)
    shop = build_shop(workspace)
    assert [(e.rule, e.rows, e.detail) for e in shop.ledger] == [
        (Rule.IMPOSSIBLE, 2, "year_birth: 1, income: 1")
    ]
    [birth, income] = [c.column for c in shop.profile if c.label in ("year_birth", "income")]
    missing = f"SELECT customer_id FROM shop.profile WHERE {birth} IS NULL OR {income} IS NULL ORDER BY 1"
    assert rows(workspace, missing) == [("60",), ("61",)]
    build_shop(workspace, Cleaning(off=frozenset({Rule.IMPOSSIBLE})))
    assert rows(workspace, missing) == []


def test_extreme_orders_are_found_and_stay_unless_switched_on(workspace: Workspace, tmp_path: Path) -> None:
    lines = [f"{i},c{i % 20},2020-01-{i % 28 + 1:02},{20 + i % 30}" for i in range(80)]
    upload(
        workspace,
        tmp_path,
        orders="order_id,customer_id,order_date,total\n" + "\n".join([*lines, "99,c1,2020-02-01,90000", ""]),
    )
    assert found(build_shop(workspace), applied=False) == {Rule.EXTREME_ORDERS: 1}
    shop = build_shop(workspace, Cleaning(on=frozenset({Rule.EXTREME_ORDERS})))
    assert found(shop) == {Rule.EXTREME_ORDERS: 1}


def test_a_sample_shows_the_rows_as_they_stand_a_purchase_beside_its_cancellation(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = (
        "536365,85123A,CUP,3,2020-02-01 10:00,2,1\n536366,85123A,CUP,4,2020-02-01 11:00,2,1\n"
        "C536367,85123A,CUP,-4,2020-02-02 10:00,2,1\nC536368,85123A,CUP,-3,2020-02-03 10:00,2,1\n"
    )
    upload(workspace, tmp_path, orders=HEADER + FILLER + lines)
    build_shop(workspace)
    [one] = list_uploads(workspace)
    sample = ledger_sample(workspace, one.upload_id, Rule.CANCELLATIONS)
    assert list(sample.columns) == ["line", *HEADER.strip().split(",")]
    assert sample["Quantity"].tolist() == ["3", "-3", "4", "-4"]
    assert len(ledger_sample(workspace, one.upload_id, Rule.CANCELLATIONS, rows=1)) == 1


def month(*orders: int) -> str:
    return HEADER + "".join(
        f"{n},A{n % 3}100,MUG,{1 + n % 3},2011-03-{n:02} 10:00,2.50,{100 + n % 4}\n" for n in orders
    )


def test_two_exports_that_overlap_count_their_common_rows_once(workspace: Workspace, tmp_path: Path) -> None:
    upload(workspace, tmp_path, early=month(*range(1, 16)), late=month(*range(11, 26)))
    shop = build_shop(workspace)
    assert [order for order, _ in kept(workspace)] == sorted(str(n) for n in range(1, 26))
    (entry,) = [entry for entry in shop.ledger if entry.rule is Rule.OVERLAPS]
    assert (entry.file_name, entry.rows, entry.revenue) == ("late.csv", 5, 25.0)
    assert all(
        file.read == file.used + sum(e.rows for e in shop.set_aside if e.upload_id == file.upload_id)
        for file in shop.files
    )
    build_shop(workspace, Cleaning(off=frozenset({Rule.OVERLAPS})))
    assert len(kept(workspace)) == 30


def test_equal_rows_of_two_files_stay_where_no_order_or_time_tells_them_apart(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = "CustomerID,InvoiceDate,Amount\n"
    days = "".join(f"c{n % 5},2011-03-{n:02},{n}.50\n" for n in range(1, 25))
    upload(workspace, tmp_path, north=header + days, south=header + days + "c9,2011-04-01,3.00\n")
    assert Rule.OVERLAPS not in found(build_shop(workspace))
    assert len(rows(workspace, "FROM shop.lines")) == 49


def test_events_and_reviews_that_overlap_count_once(workspace: Workspace, tmp_path: Path) -> None:
    def events(*days: int) -> str:
        types = ("view", "cart", "purchase")
        lines = (f"{100 + n % 4},{types[n % 3]},sku{n},2011-03-{n:02} 10:00:0{n % 7}\n" for n in days)
        return "user_id,event_type,product_id,event_time\n" + "".join(lines)

    upload(workspace, tmp_path, early=events(*range(1, 16)), late=events(*range(11, 26)))
    shop = build_shop(workspace)
    assert found(shop)[Rule.OVERLAPS] == 5
    assert len(rows(workspace, "FROM shop.events")) == 25


def test_of_a_line_for_each_piece_those_that_came_back_undo_no_other(
    workspace: Workspace, tmp_path: Path
) -> None:
    def goods(order: int, piece: int) -> int:
        return (order + (piece == 1)) % 5

    states = [["sent"] * (2 + at % 3) + ["returned"] * (at % 4 == 1 or 2 * (at % 8 == 6)) for at in range(24)]
    states[5] = ["returned", "returned"]
    lines = [
        f"{at},p{at}-{piece},c{at % 7},2020-01-{1 + at:02},"
        f"cup{goods(at, piece)},{9 + goods(at, piece)},{state}"
        for at, pieces in enumerate(states)
        for piece, state in enumerate(pieces)
    ]
    header = "order_id,position_id,customer_id,order_date,product_name,item_price,status"
    upload(workspace, tmp_path, orders="\n".join([header, *lines]) + "\n")
    build_shop(workspace)
    left = sum(
        9 + goods(at, piece)
        for at, pieces in enumerate(states)
        for piece, state in enumerate(pieces)
        if state == "sent"
    )
    assert rows(workspace, "SELECT sum(amount) FROM shop.lines") == [(left,)]
