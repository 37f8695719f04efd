"""Amounts in several currencies are never added as they are: they count by their day's rate or not at all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.linking.money.day_rates import quotes_of
from segmentation.intake.shop import OtherCurrency, Shop
from segmentation.intake.uploads.load import load_file
from segmentation.runs.currency import choose_currency
from segmentation.workspace import Workspace

HEADER = "order_id,customer_id,date,total,currency\n"
CONVERTED = Cleaning(on=frozenset([Rule.CONVERTED]))


def build(
    workspace: Workspace, folder: Path, text: str, cleaning: Cleaning | None = None, name: str = "orders"
) -> Shop:
    (folder / f"{name}.csv").write_text(text)
    load_file(workspace, folder / f"{name}.csv")
    return build_shop(workspace, cleaning or CONVERTED)


def lines_of(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(
            "SELECT order_id, amount, currency, own_amount FROM shop.lines ORDER BY order_id, is_return"
        ).fetchall()


def revenue_of(workspace: Workspace) -> Decimal:
    with workspace.cursor() as cursor:
        return Decimal(cursor.execute("SELECT sum(amount) FROM shop.lines").fetchall()[0][0])


# The bank's euro rates of 2024-01-02 (Tuesday) and 2024-01-05 (Friday): USD 1.0956 and 1.0921, GBP 0.86645.
WEEK = (
    "o1,a,2024-01-02,10.00,EUR\n"
    "o2,b,2024-01-02,10.00,USD\n"
    "o3,a,2024-01-06,10.00,USD\n"
    "o4,b,2024-01-02,10.00,GBP\n"
    "o5,c,2024-01-02,20.00,EUR\n"
    "o6,c,2024-01-08,30.00,EUR\n"
)


def test_amounts_count_by_the_rate_of_their_day_or_of_the_last_working_day(
    workspace: Workspace, tmp_path: Path
) -> None:
    shop = build(workspace, tmp_path, HEADER + WEEK)
    assert shop.currency == "EUR"
    assert lines_of(workspace) == [
        ("o1", Decimal("10.0000"), None, None),
        ("o2", Decimal("9.1274"), "USD", Decimal("10.0000")),  # 10 / 1.0956
        ("o3", Decimal("9.1567"), "USD", Decimal("10.0000")),  # Saturday: 10 / 1.0921 of Friday
        ("o4", Decimal("11.5413"), "GBP", Decimal("10.0000")),  # 10 / 0.86645
        ("o5", Decimal("20.0000"), None, None),
        ("o6", Decimal("30.0000"), None, None),
    ]
    assert shop.conversion is not None
    assert shop.conversion.others == (
        OtherCurrency("USD", 2, 20.0, 18.2841),
        OtherCurrency("GBP", 1, 10.0, 11.5413),
    )
    assert (shop.conversion.first, shop.conversion.last) == (date(2024, 1, 2), date(2024, 1, 5))
    assert shop.notes[0].startswith("20.00 USD in 2 rows, 10.00 GBP in 1 row count as 29.83 EUR, by")
    assert "quoted 2 Jan 2024 to 5 Jan 2024" in shop.notes[0]
    entry = next(entry for entry in shop.ledger if entry.rule is Rule.CONVERTED)
    assert (entry.rows, entry.applied, entry.detail) == (3, True, "20.00 USD in 2 rows, 10.00 GBP in 1 row")
    assert shop.files[0].used == 6


def test_a_person_says_in_which_currency_all_amounts_are_to_be(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, HEADER + WEEK, Cleaning(reporting="USD"))
    assert shop.currency == "USD"
    assert [row[1] for row in lines_of(workspace)[:2]] == [Decimal("10.9560"), Decimal("10.0000")]
    assert shop.fingerprint != build_shop(workspace).fingerprint


def test_until_somebody_says_so_only_the_most_frequent_currency_counts(
    workspace: Workspace, tmp_path: Path
) -> None:
    shop = build(workspace, tmp_path, HEADER + WEEK, Cleaning())
    assert revenue_of(workspace) == 60
    aside = next(entry for entry in shop.set_aside)
    assert (aside.rule, aside.rows, aside.revenue) == (Rule.OTHER_CURRENCY, 3, None)
    assert aside.detail == "20.00 USD in 2 rows, 10.00 GBP in 1 row"
    assert "count by the rate of each order’s day (about 29.83 EUR)" in shop.notes[0]


def test_what_is_set_aside_for_another_reason_is_not_converted_unasked(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = "".join(
        f"o{n},c{n % 3},2024-01-02,10.00,{'USD' if n == 4 else 'EUR'},cancelled\n" for n in range(3, 5)
    )
    paid = "".join(f"o{n},c{n % 3},2024-01-02,20.00,EUR,paid\n" for n in range(10, 16))
    header = HEADER.replace("currency", "currency,status")
    shop = build(workspace, tmp_path, header + rows + paid, Cleaning())
    [cancelled] = [entry for entry in shop.ledger if entry.rule is Rule.CANCELLED]
    assert (cancelled.rows, cancelled.revenue) == (2, 10)


def test_without_a_rate_lines_are_set_aside_with_their_sums(workspace: Workspace, tmp_path: Path) -> None:
    strange = "o7,d,2024-01-02,250000,VND\no8,d,2024-01-03,50000,VND\no9,d,2023-05-05,900,RUB\n"
    shop = build(workspace, tmp_path, HEADER + WEEK + strange)
    aside = {entry.rule: (entry.rows, entry.detail) for entry in shop.set_aside}
    assert aside == {Rule.OTHER_CURRENCY: (3, "300,000 VND in 2 rows, 900.00 RUB in 1 row")}
    assert sum(file.used for file in shop.files) == 6
    assert any("300,000 VND in 2 rows" in note and "set aside" in note for note in shop.notes)


def test_a_return_meets_its_purchase_whatever_the_rates_did_between(
    workspace: Workspace, tmp_path: Path
) -> None:
    back = (
        "order_id,customer_id,date,product,quantity,price,currency\n"
        "1001,a,2024-01-02,cup,2,10.00,EUR\n1002,a,2024-01-02,mug,2,10.00,USD\n"
        "C1003,a,2024-02-02,mug,-2,10.00,USD\n1004,b,2024-02-03,cup,1,10.00,EUR\n1005,b,2024-02-03,jug,1,1.00,EUR\n"
    )
    shop = build(workspace, tmp_path, back)
    assert {entry.rule: entry.rows for entry in shop.set_aside} == {Rule.CANCELLATIONS: 2}
    assert revenue_of(workspace) == 31


@pytest.mark.parametrize(
    ("amounts", "currency", "revenue"),
    [
        (["$12.00", "€15.00", "$30.00", "¥2000"], "USD", "126"),  # which dollars, nobody has said
        (["RM12.50", "RM7.50"], "MYR", "120"),
        (["$12.50", "$7.50"], "USD", "120"),
    ],
)
def test_what_a_sign_leaves_open_is_not_converted(
    workspace: Workspace, tmp_path: Path, amounts: list[str], currency: str, revenue: str
) -> None:
    shop = build(workspace, tmp_path, _marked(amounts))
    assert (shop.currency, revenue_of(workspace)) == (currency, Decimal(revenue))


def test_once_a_person_has_said_the_currency_signs_are_converted(
    workspace: Workspace, tmp_path: Path
) -> None:
    marked = _marked(["$12.00", "€15.00", "$30.00", "¥2000"])
    shop = build(workspace, tmp_path, marked, Cleaning(reporting="USD"))
    assert {row[2] for row in lines_of(workspace)} == {None, "EUR"}
    assert shop.conversion is not None
    assert [(one.currency, one.amount is None) for one in shop.conversion.others] == [
        ("EUR", False),
        ("¥", True),  # yen or yuan
    ]


def test_a_sign_of_one_country_is_converted(workspace: Workspace, tmp_path: Path) -> None:
    shop = build(workspace, tmp_path, _marked(["120 zł", "15,50 €", "30 zł"]))
    assert (shop.currency, len(lines_of(workspace))) == ("PLN", 12)
    assert shop.conversion is not None
    assert shop.conversion.others[0].own_amount == 62.0


def _marked(amounts: Sequence[str]) -> str:
    rows = "".join(f'B{i},C{i % 4},2024-01-{i + 1:02},"{amounts[i % len(amounts)]}"\n' for i in range(12))
    return "order_id,customer_id,date,total\n" + rows


@pytest.mark.parametrize(
    ("headers", "counts", "others"),
    [
        (("total_eur", "total_usd"), "EUR", ("USD",)),  # eight orders beside six
        (("Total (€)", "Total in GBP"), "EUR", ("GBP",)),
        (("total", "total"), None, ()),
    ],
)
def test_files_whose_headers_name_other_currencies_are_not_added_as_they_are(
    workspace: Workspace, tmp_path: Path, headers: tuple[str, str], counts: str | None, others: tuple[str]
) -> None:
    for place, (header, number) in enumerate(zip(headers, (8, 6), strict=True)):
        rows = "".join(f"F{place}-{i},C{i % 4},2024-0{place + 1}-{i + 1:02},20.00\n" for i in range(number))
        shop = build(workspace, tmp_path, f"order_id,customer_id,date,{header}\n{rows}", name=f"o{place}")
    assert shop.currency == counts
    found = shop.conversion.others if shop.conversion else ()
    assert tuple(one.currency for one in found) == others
    assert [one.own_amount for one in found] == [120.0] * len(others)
    if counts is None:
        assert revenue_of(workspace) == 280


def test_a_file_that_says_none_is_in_what_a_person_said(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"A{i},C{i % 4},2024-01-02,20.00\n" for i in range(8))
    build(workspace, tmp_path, "order_id,customer_id,date,total\n" + rows)
    choose_currency(workspace, "GBP")
    more = "".join(f"B{i},C{i % 4},2024-01-02,20.00,EUR\n" for i in range(4))
    shop = build(workspace, tmp_path, HEADER + more, name="more")
    assert shop.currency == "GBP"
    assert shop.conversion is not None
    assert shop.conversion.others == (OtherCurrency("EUR", 4, 80.0, 69.316),)
    choose_currency(workspace, "")
    assert build_shop(workspace).currency == "EUR"


def test_a_column_of_signs_is_read_as_codes(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"B{i},C{i % 4},2024-01-{i + 1:02},20.00,{'€' if i < 8 else 'GBP'}\n" for i in range(12))
    assert build(workspace, tmp_path, HEADER + rows).currency == "EUR"


def test_what_the_order_names_says_more_than_a_mark_on_all_amounts(
    workspace: Workspace, tmp_path: Path
) -> None:
    heads = "".join(
        f"{n},C{n % 4},2024-01-{n % 28 + 1:02},{'USD' if n % 3 == 0 else 'GBP'}\n" for n in range(100, 130)
    )
    items = "".join(f"{n},cup,1,10.00 GBP\n{n},pot,1,15.50 GBP\n" for n in range(100, 130))
    (tmp_path / "orders.csv").write_text("order_id,customer_id,date,currency\n" + heads)
    (tmp_path / "items.csv").write_text("order_id,product_name,quantity,price\n" + items)
    for name in ("orders", "items"):
        load_file(workspace, tmp_path / f"{name}.csv")
    assert build_shop(workspace).currency == "GBP"
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    assert found == [(20 * 25.5,)]


def test_what_came_back_is_in_the_currency_of_its_order(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(
        f"{n},C{n % 4},2024-01-{n % 28 + 1:02},cup,20,{'USD' if n % 3 == 0 else 'GBP'}\n"
        for n in range(100, 130)
    )
    backs = "".join(f"{n},cup,2024-02-01,5\n" for n in range(100, 112))
    (tmp_path / "orders.csv").write_text("order_id,customer_id,date,product,total,currency\n" + lines)
    (tmp_path / "returns.csv").write_text("order_id,product,refund_date,refund_amount\n" + backs)
    for name in ("orders", "returns"):
        load_file(workspace, tmp_path / f"{name}.csv")
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    assert found == [(20 * 20 - 8 * 5,)]


ORDERS = st.lists(
    st.tuples(
        st.sampled_from(["EUR", "USD", "JPY", "GBP"]),
        st.dates(date(2019, 1, 7), date(2025, 12, 30)),
        st.integers(1, 10**9),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=5, deadline=None)
@given(orders=ORDERS, seed=st.integers(0, 99))
def test_the_sum_is_that_of_the_converted_lines_in_any_order_of_rows(
    tmp_path_factory: pytest.TempPathFactory,
    orders: list[tuple[str, date, int]],
    seed: int,
) -> None:
    orders = [*orders, *[("EUR", date(2024, 1, 2), 100)] * (len(orders) + 1)]
    rows = [f"o{i},c{i % 5},{day},{cents / 100:.2f},{code}\n" for i, (code, day, cents) in enumerate(orders)]
    wanted = sum(_worth(code, day, Decimal(cents) / 100) for code, day, cents in orders)
    for shuffled in (rows, random.Random(seed).sample(rows, len(rows))):
        with Workspace.temporary() as workspace:
            build(workspace, tmp_path_factory.mktemp("orders"), HEADER + "".join(shuffled))
            assert revenue_of(workspace) == wanted


def _worth(code: str, day: date, amount: Decimal) -> Decimal:
    """Work a conversion out in plain Python: the last quote by the day, rounded to four decimals."""
    if code == "EUR":
        return amount
    quotes = dict(quotes_of(code, "EUR"))
    while day not in quotes:
        day -= timedelta(days=1)
    return (amount * quotes[day]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
