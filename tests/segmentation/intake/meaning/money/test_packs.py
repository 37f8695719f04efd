"""Packs, how many pieces are in each, and what a piece costs multiply: by what adds up, or by an answer."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

SIZES = [6, 12, 10, 24, 6, 8, 12]
PRICES = [0.95, 1.45, 2.6, 0.4, 3.15, 1.99, 0.75]
SOLD = [(at // 3, at % 7, (1, 2, 1, 3, 5, 1, 4, 2)[at % 8]) for at in range(168)]
PIECES = sum(packs * SIZES[goods] * PRICES[goods] for _, goods, packs in SOLD)
PACKS = sum(packs * PRICES[goods] for _, goods, packs in SOLD)
TOTALS = [
    sum(packs * SIZES[goods] * PRICES[goods] for order, goods, packs in SOLD if order == number)
    for number in range(SOLD[-1][0] + 1)
]
START = "Order,Date,Customer,SKU"


def rows(form: str) -> list[str]:
    return [
        f"{700 + order},2024-03-{1 + order % 28:02},K{order % 13 + 10},P-{goods:02},"
        + form.format(
            size=SIZES[goods], packs=packs, price=PRICES[goods], pieces=packs * SIZES[goods],
            paid=round(packs * SIZES[goods] * PRICES[goods], 2),
            total=round(TOTALS[order] + order % 4, 2), post=order % 4,
        )
        for order, goods, packs in SOLD
    ]  # fmt: skip


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize(
    ("header", "likely", "other"),
    [
        ("VPE,Menge,Preis", PACKS, PIECES),
        ("Case pack,Cases,Unit price", PIECES, PACKS),
        ("Colisage,Colis,PU", PIECES, PACKS),
    ],
)
def test_without_a_sum_it_is_asked(
    load: Write, workspace: Workspace, header: str, likely: float, other: float
) -> None:
    upload = load(f"{START},{header}", rows("{size},{packs},{price}"))
    (doubt,) = upload.doubts
    assert doubt.code.startswith("pack:")
    assert [option.revenue for option in doubt.options] == pytest.approx([likely, other])
    assert spend(workspace) == pytest.approx(likely)
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert spend(workspace) == pytest.approx(other)


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("VPE,Menge,Preis,Gesamt", "{size},{packs},{price},{paid:.2f}"),
        ("VPE,Menge,Preis,Versand,Summe der Bestellung", "{size},{packs},{price},{post},{total:.2f}"),
    ],
    ids=["of lines", "of orders"],
)
def test_a_sum_says_it(load: Write, workspace: Workspace, header: str, form: str) -> None:
    assert load(f"{START},{header}", rows(form)).doubts == ()
    assert spend(workspace) == pytest.approx(PIECES)


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Koli içi,Adet,Birim fiyat", "{size},{pieces},{price}"),
        ("Warranty,Qty,Price", "{size},{pieces},{price}"),
    ],
)
def test_pieces_that_fill_packs_are_pieces(load: Write, workspace: Workspace, header: str, form: str) -> None:
    assert load(f"{START},{header}", rows(form)).doubts == ()
    assert spend(workspace) == pytest.approx(PIECES)


@pytest.mark.parametrize("header", ["Warranty", "Gewicht", "Shelf", "Category"])
def test_what_goods_have_besides_is_not_asked_about(load: Write, workspace: Workspace, header: str) -> None:
    assert load(f"{START},{header},Qty,Price", rows("{size},{packs},{price}")).doubts == ()
    assert spend(workspace) == pytest.approx(PACKS)


def test_the_size_of_a_pack_is_no_number_of_pieces(load: Write) -> None:
    upload = load(f"{START},Units per case,Cases,Unit price", rows("{size},{packs},{price}"))
    quantity = upload.column_of(Role.QUANTITY)
    assert quantity and quantity.name == "Cases"
