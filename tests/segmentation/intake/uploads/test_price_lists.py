"""Orders of goods and pieces without money, beside a file that lists what each of these goods costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import delete_upload, get_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.money_words import money_words
from segmentation.workspace import Workspace

PRICES = {f"A{310 + 7 * at}": 3.9 + at * 4.35 for at in range(9)}
LINES = [(301 + at // 2, f"K{at // 2 % 23}", 310 + 7 * (at * 5 % 9), 1 + at % 7 // 4) for at in range(240)]
SPENT = sum(PRICES[f"A{goods}"] * pieces for *_, goods, pieces in LINES)
ORDERS = "Order number,Order date,Customer ID,Article code,{pieces}"
ONE_PRICE = [f"{article},{price:.2f}" for article, price in PRICES.items()]


def write(folder: Path, name: str, header: str, rows: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def orders(folder: Path, pieces: str = "Quantity") -> Path:
    rows = [
        f"{order},2024-{1 + order % 12:02}-{1 + order % 28:02},{who},A{goods},{count}"
        for order, who, goods, count in LINES
    ]
    return write(folder, "orders.csv", ORDERS.format(pieces=pieces), rows)


def revenue(workspace: Workspace) -> float | None:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        [(found,)] = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    return found


@pytest.mark.parametrize("list_first", [True, False])
def test_goods_cost_what_the_list_says(workspace: Workspace, tmp_path: Path, list_first: bool) -> None:
    paths = [orders(tmp_path), write(tmp_path, "prices.csv", "Article code,Price", ONE_PRICE)]
    for path in paths[:: -1 if list_first else 1]:
        load_file(workspace, path)
    assert revenue(workspace) == pytest.approx(SPENT)
    (read,) = (one for one in list_uploads(workspace) if one.kind is Kind.ORDERS)
    assert money_words(read) == ("What customers paid is “Quantity” × “Price”, as prices.csv lists it.")
    assert not build_shop(workspace).doubts


def test_a_list_that_is_gone_says_nothing_any_more(workspace: Workspace, tmp_path: Path) -> None:
    read = load_file(workspace, orders(tmp_path))
    prices = load_file(workspace, write(tmp_path, "prices.csv", "Article code,Price", ONE_PRICE))
    delete_upload(workspace, prices.upload_id)
    assert get_upload(workspace, read.upload_id).money is None
    assert revenue(workspace) is None


def test_it_is_asked_which_of_several_prices_was_paid(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"{article},{price * 0.5:.4f},{price:.2f}" for article, price in PRICES.items()]
    load_file(workspace, write(tmp_path, "prices.csv", "Article code,Zwux (€),Qarpo (€)", rows))
    load_file(workspace, orders(tmp_path))
    (doubt,) = build_shop(workspace).doubts
    assert doubt.code == "which_price:Qarpo (€)"
    assert [one.revenue for one in doubt.options] == pytest.approx([SPENT, SPENT / 2])


def test_no_header_speaks_of_prices_or_pieces(workspace: Workspace, tmp_path: Path) -> None:
    load_file(workspace, orders(tmp_path, "Dnara"))
    load_file(workspace, write(tmp_path, "prices.csv", "Article code,Qarpo", ONE_PRICE))
    asked = {doubt.code: [one.revenue for one in doubt.options] for doubt in build_shop(workspace).doubts}
    each = sum(PRICES[f"A{goods}"] for *_, goods, _ in LINES)
    assert asked["which_price:Qarpo"] == [pytest.approx(SPENT), None]
    assert asked["pieces:Dnara"] == pytest.approx([SPENT, each])


def test_goods_that_no_header_speaks_of_are_called_alike_and_the_list_is_of_goods(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = orders(tmp_path)
    path.write_text(path.read_text().replace("Article code", "Bathar"))
    rows = [f"{article},Lorem {article},{price:.2f}" for article, price in PRICES.items()]
    prices = load_file(workspace, write(tmp_path, "prices.csv", "Bathar,Ipsum,Price", rows))
    read = load_file(workspace, path)
    assert revenue(workspace) == pytest.approx(SPENT)
    assert get_upload(workspace, prices.upload_id).kind is Kind.PRODUCTS
    assert get_upload(workspace, read.upload_id).column_of(Role.QUANTITY) is not None


def test_a_discount_beside_the_goods_is_taken_off_and_asked(workspace: Workspace, tmp_path: Path) -> None:
    path = orders(tmp_path)
    head, *rows = path.read_text().splitlines()
    offs = [10 * (at % 3) for at in range(len(rows))]
    lines = [f"{row},{off}%" for row, off in zip(rows, offs, strict=True)]
    path.write_text("\n".join([f"{head},Discount", *lines]) + "\n")
    load_file(workspace, write(tmp_path, "prices.csv", "Article code,Price", ONE_PRICE))
    load_file(workspace, path)
    less = sum(
        PRICES[f"A{goods}"] * pieces * off / 100 for (*_, goods, pieces), off in zip(LINES, offs, strict=True)
    )
    (doubt,) = build_shop(workspace).doubts
    assert [one.revenue for one in doubt.options] == pytest.approx([SPENT - less, SPENT])


@pytest.mark.parametrize("heads_last", [True, False])
def test_orders_whose_heads_say_what_they_cost_need_no_list(
    workspace: Workspace, tmp_path: Path, heads_last: bool
) -> None:
    totals: dict[int, float] = {}
    for order, _, goods, pieces in LINES:
        totals[order] = totals.get(order, 0.0) + 0.8 * PRICES[f"A{goods}"] * pieces
    heads = [f"{order},{total:.2f}" for order, total in totals.items()]
    load_file(workspace, orders(tmp_path))
    paths = [
        write(tmp_path, "heads.csv", "Order number,Total", heads),
        write(tmp_path, "prices.csv", "Article code,Price", ONE_PRICE),
    ]
    for path in paths[:: -1 if heads_last else 1]:
        load_file(workspace, path)
    assert revenue(workspace) == pytest.approx(0.8 * SPENT, rel=1e-3)
