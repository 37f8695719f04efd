"""Amounts in several currencies are never added, whether a column or the marks beside the amounts say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


@pytest.mark.parametrize(
    ("amounts", "currency", "revenue"),
    [
        (["$12.00", "€15.00", "$30.00", "¥2000"], "USD", 126.0),
        (["120 lei", "15,50 €", "30 lei"], "RON", 600.0),
        (["RM12.50", "RM7.50"], "MYR", 120.0),
        (["$12.50", "$7.50"], "USD", 120.0),
    ],
)
def test_only_the_most_frequent_currency_counts(
    workspace: Workspace, tmp_path: Path, amounts: list[str], currency: str, revenue: float
) -> None:
    rows = "".join(f'B{i},C{i % 4},2024-01-{i + 1:02},"{amounts[i % len(amounts)]}"\n' for i in range(12))
    (tmp_path / "orders.csv").write_text("order_id,customer_id,date,total\n" + rows)
    load_file(workspace, tmp_path / "orders.csv")
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0]
    assert (shop.currency, found) == (currency, revenue)


@pytest.mark.parametrize(
    ("headers", "counts", "revenue"),
    [
        (("total_eur", "total_usd"), "EUR", 160.0),  # eight orders beside six
        (("Total (€)", "Total in GBP"), "EUR", 160.0),
        (("total", "total"), None, 280.0),
    ],
)
def test_files_whose_headers_name_other_currencies_are_not_added(
    workspace: Workspace, tmp_path: Path, headers: tuple[str, str], counts: str | None, revenue: float
) -> None:
    for place, (header, number) in enumerate(zip(headers, (8, 6), strict=True)):
        rows = "".join(f"F{place}-{i},C{i % 4},2024-0{place + 1}-{i + 1:02},20.00\n" for i in range(number))
        (tmp_path / f"orders-{place}.csv").write_text(f"order_id,customer_id,date,{header}\n{rows}")
        load_file(workspace, tmp_path / f"orders-{place}.csv")
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0]
    assert (shop.currency, found) == (counts, revenue)


def test_a_column_of_signs_is_read_as_codes(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"B{i},C{i % 4},2024-01-{i + 1:02},20.00,{'€' if i < 8 else 'GBP'}\n" for i in range(12))
    (tmp_path / "orders.csv").write_text("order_id,customer_id,date,total,currency\n" + rows)
    load_file(workspace, tmp_path / "orders.csv")
    assert build_shop(workspace).currency == "EUR"


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
