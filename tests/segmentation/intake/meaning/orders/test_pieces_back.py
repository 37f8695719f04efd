"""How many pieces of a line came back: told by a column of the sales, or by a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

SOLD = [(at, 1 + at % 4, 10 + at * 37 % 89, max(0, at % 4 - 1) if at % 7 == 3 else 0) for at in range(90)]
SPEND = sum((pieces - back) * price for _, pieces, price, back in SOLD)


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize("header", ["Returned qty", "Retourmenge", "Cantidad devuelta"])
def test_pieces_that_came_back_are_taken_off(load: Write, workspace: Workspace, header: str) -> None:
    rows = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},"
        f"{'abcdefgh'[at % 8]}ota,{pieces},{back},{price}"
        for at, pieces, price, back in SOLD
    ]
    load(f"Order ID,Date,Customer ID,Product,Quantity,{header},Unit price", rows)
    assert spend(workspace) == SPEND


def test_totals_of_orders_that_hold_only_what_was_kept_stay(load: Write, workspace: Workspace) -> None:
    rows, total = [], 0.0
    for order in range(30):
        lines = SOLD[3 * order : 3 * order + 3]
        paid = 4.9 + sum((pieces - back) * price for _, pieces, price, back in lines)
        total += paid
        rows += [
            f"{7000 + order},2024-03-{1 + order % 28:02},K{order % 13 + 10},{'abcdefgh'[at % 8]}ota,"
            f"{pieces},{back},{price},4.9,{paid:.2f}"
            for at, pieces, price, back in lines
        ]
    load(
        "Ordernr,Datum,Klantnr,Product,Aantal,Geannuleerd aantal,Prijs,Verzendkosten,Betaald bedrag order",
        rows,
    )
    assert spend(workspace) == pytest.approx(total)


def test_a_few_pieces_of_a_file_of_returns_leave_the_others(workspace: Workspace, tmp_path: Path) -> None:
    orders = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},S{at % 8 + 10},{pieces},{price}"
        for at, pieces, price, _ in SOLD
    ]
    returns = [f"{7000 + at},S{at % 8 + 10},{back}" for at, _, _, back in SOLD if back]
    for name, header, rows in (
        ("orders", "Order ID,Date,Customer ID,SKU,Quantity,Unit price", orders),
        ("returns", "Order ID,SKU,Quantity", returns),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        load_file(workspace, path)
    assert spend(workspace) == SPEND


@pytest.mark.parametrize(
    ("header", "most"),
    [
        ("Order ID,Date,Customer ID,Product,Qty Ordered,Qty Refunded,Price", 1),
        ("Order ID,Date,Customer ID,Product,Qty Ordered,Qty Refunded,Price", 3),
        ("Bestellnummer,Datum,Kundennummer,Artikel,Menge,Stornierte Menge,Preis", 3),
    ],
)
def test_how_many_came_back_is_no_state_though_it_is_one_or_none(
    load: Write, workspace: Workspace, header: str, most: int
) -> None:
    sold = [(at, 1 + at % most, 10 + at * 37 % 89, int(at % 7 == 3)) for at in range(90)]
    rows = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},{'abcdefgh'[at % 8]}ot,{pieces},{back},{price}"
        for at, pieces, price, back in sold
    ]
    upload = load(header, rows)
    assert upload.doubts == ()
    assert spend(workspace) == sum((pieces - back) * price for _, pieces, price, back in sold)


def test_pieces_that_were_cancelled_and_refunded_are_both_taken_off_and_the_same_pieces_once(
    load: Write, workspace: Workspace
) -> None:
    sold = [(at, 3 + at % 2, 10 + at * 37 % 89, at % 7 == 3, at % 11 == 2) for at in range(90)]
    rows = [
        f"{7000 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},{'abcdefgh'[at % 8]}ota,"
        f"{pieces},{2 * back},{2 * back},{int(lost)},{price}"
        for at, pieces, price, back, lost in sold
    ]
    load("Order ID,Date,Customer ID,Product,Qty,Qty Returned,Qty Refunded,Qty Canceled,Price", rows)
    kept = sum((pieces - 2 * back - lost) * price for _, pieces, price, back, lost in sold)
    assert spend(workspace) == kept
