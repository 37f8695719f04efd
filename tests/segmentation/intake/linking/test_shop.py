"""From uploads to the shop's tables: small shops worked out by hand, and real ones with known figures."""

import random
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Link, ProfileType, Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

LoadReal = Callable[..., Workspace]


def build(workspace: Workspace, folder: Path, **files: str) -> Shop:
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text)
        load_file(workspace, path)
    return build_shop(workspace)


def set_aside(shop: Shop) -> set[tuple[str, Rule, int]]:
    return {(entry.file_name, entry.rule, entry.rows) for entry in shop.set_aside}


def query(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(sql).fetchall()


ORDERS = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
536365,85123A,WHITE HOLDER,2,2020-01-01 10:00,2.55,17850.0
536365,85123A,WHITE HOLDER,2,2020-01-01 10:00,2.55,17850.0
536366,22633A,HAND WARMER,3,2020-01-02 11:00,1.10,17851.0
C536379,85123A,WHITE HOLDER,-1,2020-01-03 12:00,2.55,17850.0
536380,POST,POSTAGE,1,2020-01-04 12:00,18.00,17851.0
536381,22633A,HAND WARMER,4,2020-01-05 12:00,1.10,
"""


def test_lines_returns_fees_and_the_ledger(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, orders=ORDERS)
    assert query(
        workspace,
        "SELECT customer_id, order_id, product_id, ordered_at, quantity, amount, is_return, is_product"
        " FROM shop.lines ORDER BY ordered_at",
    ) == [
        ("17850", "536365", "85123A", datetime(2020, 1, 1, 10), 2.0, Decimal("5.1000"), False, True),
        ("17851", "536366", "22633A", datetime(2020, 1, 2, 11), 3.0, Decimal("3.3000"), False, True),
        ("17850", "C536379", "85123A", datetime(2020, 1, 3, 12), -1.0, Decimal("-2.5500"), True, True),
    ]
    assert set_aside(shop) == {
        ("orders.csv", Rule.GUESTS, 1),
        ("orders.csv", Rule.REPEATS, 1),
        ("orders.csv", Rule.NON_PRODUCTS, 1),
    }
    assert (shop.customers, shop.as_of) == (2, datetime(2020, 1, 3, 12))
    assert query(workspace, "SELECT product_id, product_name FROM shop.products") == [
        ("22633A", "HAND WARMER"),
        ("85123A", "WHITE HOLDER"),
    ]


@pytest.mark.parametrize(
    ("price", "quantity", "amount"),
    [
        ("10000000000", "", "10000000000"),
        ("9999999999.25", "2", "19999999998.5"),
        ("-10000000000", "3", "-30000000000"),
    ],
)
def test_a_price_of_ten_billion_is_a_price(
    workspace: Workspace, tmp_path: Path, price: str, quantity: str, amount: str
) -> None:
    lines = "".join(f"{n},c{n},2024-01-0{n},P{n},{n},4.50\n" for n in range(1, 6))
    head = "order_id,customer_id,order_date,product_id,quantity,unit_price\n"
    build(workspace, tmp_path, orders=f"{head}{lines}6,c6,2024-01-06,P6,{quantity},{price}\n")
    said = query(workspace, "SELECT amount FROM shop.lines WHERE order_id IN ('5', '6') ORDER BY order_id")
    assert said == [(Decimal("22.5"),), (Decimal(amount),)]


def test_a_product_costs_what_half_of_its_lines_cost_at_most(workspace: Workspace, tmp_path: Path) -> None:
    prices = {"P1": (20, 10, 10, 20), "P2": (5, 9, 7, 9, 9)}
    bought = [(product, price) for product, several in prices.items() for price in several]
    lines = "".join(f"{n},c{n},2024-01-0{n},{bought[n - 1][0]},1,{bought[n - 1][1]}\n" for n in range(1, 10))
    head = "order_id,customer_id,order_date,product_id,quantity,unit_price\n"
    build(workspace, tmp_path, orders=head + lines)
    assert query(workspace, "SELECT product_id, unit_price FROM shop.products") == [("P1", 15.0), ("P2", 9.0)]


def test_keys_link_over_several_hops(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(
        workspace,
        tmp_path,
        items="order_id,product_id,price\no1,p1,10.5\no1,p2,4.5\no2,p1,10.5\no3,p1,10\n",
        orders="order_id,customer_id,order_status,order_date\no1,c1,delivered,2020-01-01\no2,c2,delivered,2020-02-01\n"
        "o3,c3,canceled,2020-03-01\no4,c1,delivered,2020-03-02\n",
        customers="customer_id,customer_unique_id,tier\nc1,ann,gold\nc2,ann,gold\nc3,bob,silver\n",
        products="product_id,product_name,price\np1,Cup,10.5\np2,Pot,4.5\n",
        reviews="order_id,review_text,rating\no2,what a lovely little cup,5\no9,who am i to say,1\n",
    )
    assert query(
        workspace, "SELECT customer_id, order_id, product_id, ordered_at, amount FROM shop.lines"
    ) == [
        ("ann", "o1", "p1", datetime(2020, 1, 1), Decimal("10.5000")),
        ("ann", "o1", "p2", datetime(2020, 1, 1), Decimal("4.5000")),
        ("ann", "o2", "p1", datetime(2020, 2, 1), Decimal("10.5000")),
    ]
    assert query(workspace, "SELECT customer_id, product_id, rating FROM shop.reviews") == [
        ("ann", "p1", 5.0)
    ]
    assert query(workspace, "SELECT customer_id, p0 FROM shop.profile") == [
        ("ann", "gold"),
        ("bob", "silver"),
    ]
    assert Link("orders.csv", "customer_id", "customers.csv", "customer_id", 1.0) in shop.links
    assert set_aside(shop) == {
        ("items.csv", Rule.CANCELLED, 1),
        ("orders.csv", Rule.NO_LINES, 1),
        ("reviews.csv", Rule.NO_CUSTOMER, 1),
        ("customers.csv", Rule.SAME_CUSTOMER, 1),
    }


def test_an_email_leads_to_the_customer_id(workspace: Workspace, tmp_path: Path) -> None:
    build(
        workspace,
        tmp_path,
        customers="customer_id,email,age\n1,Ann@x.com,30\n2,bob@x.com,40\n",
        orders="order_id,email,date,total\na,ann@X.com,2020-01-01,5\nb,bob@x.com,2020-01-02,6\nc,ann@x.com,2020-01-03,7\n",
    )
    assert query(workspace, "SELECT customer_id, sum(amount) FROM shop.lines GROUP BY 1 ORDER BY 1") == [
        ("1", Decimal("12.0000")),
        ("2", Decimal("6.0000")),
    ]


def test_decimal_commas_percents_and_refunds(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(
        workspace,
        tmp_path,
        orders="Bestellnummer;Kunde Nr;Datum;Betrag;Rabatt;Erstattung\n"
        "1;a;01.02.2020;1.234,50 €;10%;0\n2;a;15.02.2020;7,25 €;0%;7,25\n"
        "3;b;16.02.2020;8,00 €;5%;0\n",
    )
    assert shop.currency == "EUR"
    assert query(workspace, "SELECT order_id, amount, discount, is_return FROM shop.lines ORDER BY ALL") == [
        ("1", Decimal("1234.5000"), 0.1, False),
        ("2", Decimal("-7.2500"), None, True),
        ("2", Decimal("7.2500"), 0.0, False),
        ("3", Decimal("8.0000"), 0.05, False),
    ]


def test_without_ids_each_row_is_a_customer_wherever_it_stands(tmp_path: Path) -> None:
    rows = [f"{age},{city}" for age, city in zip(range(20, 40), ["Ulm", "Bonn"] * 10, strict=True)]
    shuffled = random.Random(1).sample(rows, len(rows))
    found = []
    for name, order in (("one", rows), ("two", shuffled)):
        with Workspace.open(tmp_path / name / "w.duckdb") as workspace:
            shop = build(workspace, tmp_path, people="age,city\n" + "\n".join(order) + "\n")
            found.append(query(workspace, "SELECT p0, p1 FROM shop.profile"))
            first = query(workspace, "SELECT p0 FROM shop.profile WHERE customer_id = 'row 1'")
            assert first == [(float(order[0].split(",")[0]),)]
            assert [(column.label, column.type) for column in shop.profile] == [
                ("age", ProfileType.NUMERIC),
                ("city", ProfileType.CATEGORICAL),
            ]
    assert found[0] == found[1]


def test_a_file_that_says_nothing_about_customers_is_left_out(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(
        workspace,
        tmp_path,
        people="customer_id,age\n1,2\n2,3\n",
        weather="rain,wind,sun\n1,2,3\n2,3,4\n3,4,5\n",
    )
    assert shop.customers == 2
    assert shop.notes == ("weather.csv is left out: it has no customer id and no key that leads to one.",)


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("banking77/test.csv", "text"),
        ("flipkart-products/flipkart_com-ecommerce_sample_1050.csv", "description"),
        ("online-shopping-10-cats/online_shopping_10_cats.csv", "review"),
    ],
)
def test_a_single_column_of_texts(
    workspace: Workspace, tmp_path: Path, shared_data: Path, file: str, column: str
) -> None:
    import pandas as pd

    texts = pd.read_csv(shared_data / file)[[column]].iloc[::10]
    texts.to_csv(tmp_path / "texts.csv", index=False)
    load_file(workspace, tmp_path / "texts.csv")
    assert build_shop(workspace).customers == len(texts)
    read = query(
        workspace,
        "SELECT customer_id, text FROM shop.notes UNION ALL SELECT customer_id, text FROM shop.reviews",
    )
    assert len({customer for customer, text in read if text}) == texts[column].notna().sum()


OLIST = [
    f"olist/olist_{name}_dataset.csv"
    for name in ("orders", "customers", "order_items", "products", "order_reviews")
]
REAL = [
    (
        ["online-retail/OnlineRetail_sample.csv"],
        1099,
        {"lines": 95_717},
        {
            Rule.GUESTS: 34_393,
            Rule.REPEATS: 1426,
            Rule.NON_PRODUCTS: 548,
            Rule.FREE: 5,
            Rule.CANCELLATIONS: 1054,
        },
    ),
    (
        ["online-retail/online_retail.parquet"],
        4352,
        {"lines": 394_117},
        {
            Rule.GUESTS: 135_080,
            Rule.REPEATS: 5225,
            Rule.NON_PRODUCTS: 2007,
            Rule.FREE: 34,
            Rule.CANCELLATIONS: 5446,
        },
    ),
    (
        OLIST,
        2995,
        {"lines": 3379, "reviews": 2993, "products": 2452},
        {Rule.NO_LINES: 24, Rule.CANCELLED: 18, Rule.SAME_CUSTOMER: 5},
    ),
    (["superstore/Sample - Superstore.csv"], 793, {"lines": 9994, "products": 1862}, {}),
    (["customer-personality/marketing_campaign.csv"], 2240, {"profile": 2240}, {}),
    (["mall-customers/Mall_Customers.csv"], 200, {"profile": 200}, {}),
    (["ecommerce-customers/Ecommerce Customers.csv"], 500, {"profile": 500}, {}),
    (["fine-food-reviews/fine_food_reviews_1k.csv"], 708, {"reviews": 1000, "products": 868}, {}),
    (
        ["womens-clothing-reviews/womens_clothing_e-commerce_reviews.csv"],
        1000,
        {"reviews": 1000, "products": 149},
        {},
    ),
    (["rees46-events/2019-Oct-sample.csv"], 330, {"events": 1000, "lines": 0}, {}),
    (["online-shopping-10-cats/online_shopping_10_cats.csv"], 62_774, {"reviews": 62_774}, {}),
    (["cdnow/CDNOW_master.txt"], 23_570, {"lines": 69_659}, {}),
]


@pytest.mark.parametrize(
    ("files", "customers", "counts", "aside"), REAL, ids=[Path(entry[0][0]).name for entry in REAL]
)
def test_a_real_shop(
    load_real: LoadReal,
    files: list[str],
    customers: int,
    counts: dict[str, int],
    aside: dict[str, int],
) -> None:
    workspace = load_real(*files)
    shop = build_shop(workspace)
    assert shop.customers == customers
    assert {name: query(workspace, f"SELECT count(*) FROM shop.{name}")[0][0] for name in counts} == counts
    assert {entry.rule: entry.rows for entry in shop.set_aside} == aside
    if len(files) == 1 and "lines" in shop.has:
        assert list_uploads(workspace)[0].rows == counts["lines"] + sum(
            entry.rows for entry in shop.set_aside
        )


@pytest.mark.parametrize("more", [0, 150])
def test_an_event_is_what_its_type_says_however_many_types_there_are(
    workspace: Workspace, tmp_path: Path, more: int
) -> None:
    types = {
        "Product View": "view",
        "": "view",
        "add_to_cart": "cart",
        "remove_from_cart": "other",
        "wishlist": "other",
        "Order Placed": "purchase",
        "加购": "cart",
        "scrolled": "other",
    } | {f"feature {number}": "other" for number in range(more)}
    thrice = [*types] * 3
    rows = [f"c{at % 9},s{at},p{at % 4},2024-01-{at % 28 + 1:02},{kind}" for at, kind in enumerate(thrice)]
    header = "user_id,session_id,product_id,event_time,event_type"
    build(workspace, tmp_path, events="\n".join([header, *rows]))
    assert query(workspace, "SELECT action FROM shop.events") == [(types[kind],) for kind in thrice]
