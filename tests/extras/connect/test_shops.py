"""A shop by its interface is the same as by its CSV export; later only what changed is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from segmentation.cli import main
from segmentation.connect.shops.fetch_shop import OVERLAP, FromShop, ShopAsked, fetch_shop
from segmentation.connect.shops.shop_address import ShopToken, read_shop
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.extras.connect.shop_server import (
    SHOPIFY_TOKEN,
    WOO_KEY,
    Handler,
    Served,
    Shopify,
    WooCommerce,
    serving,
)
from tests.extras.connect.shop_world import World, make_world, shopify_csv, woo_csv

Case = tuple[str, type[Handler], str, Callable[[World, Path], Path]]
WOO: Case = ("woocommerce", WooCommerce, WOO_KEY, woo_csv)
SHOPIFY: Case = ("shopify", Shopify, SHOPIFY_TOKEN, shopify_csv)
BOTH = pytest.mark.parametrize("case", [WOO, SHOPIFY], ids=lambda case: case[0])
Totals = dict[str, tuple[int, Decimal, str]]


def fetch(workspace: Workspace, case: Case, served: Served, *tables: str, **asked: Any) -> list[FromShop]:
    shop = read_shop(f"{case[0]}:{served.url}")
    return list(fetch_shop(workspace, shop, ShopToken(case[2]), ShopAsked(tables, **asked)))


def totals(workspace: Workspace) -> tuple[int, Totals]:
    """Return the customers, and for each the orders, the spend and the last day, by e-mail."""
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            """
            SELECT lower(any_value(emails[1])), count(DISTINCT order_id), sum(amount),
                   max(ordered_at)::DATE::TEXT
            FROM shop.lines JOIN shop.contacts USING (customer_id) GROUP BY customer_id"""
        ).fetchall()
    return shop.customers, {email: (orders, spend, last) for email, orders, spend, last in rows}


@pytest.mark.parametrize(
    ("case", "taxes_included", "currencies"),
    [(WOO, False, 2), (SHOPIFY, False, 1), (SHOPIFY, True, 1)],
    ids=["woocommerce-two-currencies", "shopify", "shopify-taxes-included"],
)
def test_connector_and_export_give_the_same_customers_orders_and_spend(
    workspace: Workspace, tmp_path: Path, case: Case, taxes_included: bool, currencies: int
) -> None:
    world = make_world(3, taxes_included=taxes_included, currencies=currencies)
    with serving(case[1], world, "busy", "broken") as served:
        [fetched] = fetch(workspace, case, served, "orders")
    assert fetched.records == len(world.orders) == 230
    with Workspace.open(tmp_path / "csv" / "workspace.duckdb") as other:
        load_file(other, case[3](world, tmp_path / "orders_export.csv"))
        by_connector, by_export = totals(workspace), totals(other)
    assert by_connector == by_export
    assert len(by_connector[1]) > 35
    buyers = {order.who.email for order in world.orders if order.state not in ("cancelled", "refunded")}
    if currencies == 1:
        assert buyers <= set(by_connector[1])


@BOTH
def test_all_tables_come_and_belong_together(workspace: Workspace, case: Case) -> None:
    with serving(case[1], make_world(5, 60)) as served:
        fetched = fetch(workspace, case, served)
    assert [one.table for one in fetched] == ["orders", "customers", "products"]
    assert [str(one.upload.kind) for one in fetched if one.upload] == ["orders", "customers", "products"]
    shop = build_shop(workspace)
    assert {"products.product_name", "lines.amount", "contacts.country"} <= shop.has
    linked = {link.right_file for link in shop.links if link.overlap == 1}
    assert linked == {f"{case[0]}-customers", f"{case[0]}-products"}


@BOTH
def test_the_second_time_only_what_changed_is_asked_for_and_laid_over(
    workspace: Workspace, tmp_path: Path, case: Case
) -> None:
    world = make_world(7, 120)
    with serving(case[1], world) as served:
        [first] = fetch(workspace, case, served, "orders")
        changed = world.orders[3]
        world.change(changed.number, lines=changed.lines[:1], state="paid")
        world.change(world.orders[40].number, state="cancelled")
        world.orders.append(replace(world.orders[-1], number=9001, changed=world.orders[3].changed))
        [second] = fetch(workspace, case, served, "orders")
        assert first.since == ""
        assert second.since == (datetime.fromisoformat(first.mark) - OVERLAP).isoformat()
        assert second.records < 6
        assert second.upload and first.upload and second.upload.upload_id != first.upload.upload_id
        by_parts = totals(workspace)
        [third] = fetch(workspace, case, served, "orders")
        assert third.changed == 0
        [again] = fetch(workspace, case, served, "orders", in_full=True)
    assert (again.since, again.records) == ("", 121)
    assert totals(workspace) == by_parts
    with Workspace.open(tmp_path / "csv" / "workspace.duckdb") as other:
        load_file(other, case[3](world, tmp_path / "orders_export.csv"))
        assert totals(other) == by_parts


@BOTH
def test_the_command_line_reads_a_shop(
    tmp_path: Path, case: Case, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSERA_SHOP_TOKEN", case[2])
    path = tmp_path / "home" / "workspace.duckdb"
    with serving(case[1], make_world(9, 40)) as served:
        arguments = ["fetch", "--from", f"{case[0]}:{served.url}", "--workspace", str(path)]
        assert main([*arguments, "--table", "orders"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [(one["table"], one["records"]) for one in told["tables"]] == [("orders", 40)]
        assert told["files"][0]["kind"] == "orders"
        assert main([*arguments, "--table", "wishes"]) == 2
        assert "orders, customers, products" in capsys.readouterr().err
        monkeypatch.delenv("TESSERA_SHOP_TOKEN")
        assert main(arguments) == 2
        assert "TESSERA_SHOP_TOKEN" in capsys.readouterr().err
