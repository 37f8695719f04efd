"""Columns that mark orders by a day, an x, or yes and no."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Order No,Order Date,E-mail,Item,Total"


def is_marked(at: int) -> bool:
    return at * at % 83 % 8 == 3


def orders(plain: str, marked: str, lines: int = 1) -> list[str]:
    """Write orders whose last cell is plain, or marked; `{day}` there is a later day."""
    written = []
    for at in range(120):
        begin = f"{7000 + at},2024-{1 + at // 20:02}-{1 + at % 20:02},k{10 + at % 23}@example.com"
        cell = (marked if is_marked(at) else plain).format(day=f"2024-{1 + at // 20:02}-{2 + at % 25:02}")
        written += [
            f"{begin},{'abcdefg'[at % 7]}{line}cup,{20 + at * 37 % 89 + line}.25,{'' if line else cell}"
            for line in range(lines)
        ]
    return written


def total(rows: list[str], marked: bool | None = None) -> float:
    cells = [row.split(",") for row in rows]
    return sum(float(row[4]) for row in cells if marked is None or is_marked(int(row[0]) - 7000) == marked)


def answers(upload: Upload) -> dict[str, float | None]:
    doubts = [doubt for doubt in upload.doubts if doubt.code.startswith("sold:")]
    return {option.answer: option.revenue for doubt in doubts for option in doubt.options}


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("name", ["Paid at", "Zahlungsdatum", "Betaaldatum"])
def test_without_a_day_of_payment_an_order_is_not_paid(
    load: Write, workspace: Workspace, name: str, lines: int
) -> None:
    rows = orders("{day}", "", lines)
    assert not answers(load(f"{HEADER},{name}", rows))
    assert spend(workspace) == total(rows, marked=False)


def test_a_day_of_which_nobody_knows_what_it_is_is_asked_about(load: Write, workspace: Workspace) -> None:
    rows = orders("{day}", "")
    upload = load(f"{HEADER},Dyddiad talu", rows)
    assert answers(upload) == {
        "No: rows without “Dyddiad talu” were not sold": total(rows, marked=False),
        "Yes, all rows count": total(rows),
    }
    assert spend(workspace) == total(rows, marked=False)
    (doubt,) = upload.doubts
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert spend(workspace) == total(rows)


def test_a_day_of_cancelling_tells_what_is_cancelled(load: Write, workspace: Workspace) -> None:
    rows = orders("", "{day}")
    assert not answers(load(f"{HEADER},Cancelled at", rows))
    assert spend(workspace) == total(rows, marked=False)


def test_days_that_are_still_to_come_are_not_asked_about(load: Write) -> None:
    rows = [
        row if at < 105 else row.rsplit(",", 1)[0] + "," for at, row in enumerate(orders("{day}", "{day}"))
    ]
    assert not load(f"{HEADER},Leverdatum", rows).doubts


LOST = {
    "Testbestellung": ("nein", "ja"),
    "Pedido de prueba": ("0", "1"),
    "テスト注文": ("いいえ", "はい"),
    "Cobrado": ("sí", "no"),
    "Zurückgegeben": ("false", "true"),
}


@pytest.mark.parametrize(("name", "cells"), LOST.items(), ids=list(LOST))
def test_what_a_flag_says_is_lost_is_asked_about_and_set_aside(
    load: Write, workspace: Workspace, name: str, cells: tuple[str, str]
) -> None:
    rows = orders(*cells)
    upload = load(f"{HEADER},{name}", rows)
    assert spend(workspace) == total(rows, marked=False)
    assert not answers(upload) or [*answers(upload).values()] == [total(rows, marked=False), total(rows)]


@pytest.mark.parametrize(("plain", "marked"), [("0", "1"), ("", "x"), ("ia", "nee"), ("да", "нет")])
def test_a_flag_in_a_language_that_nothing_reads_is_asked_about(
    load: Write, workspace: Workspace, plain: str, marked: str
) -> None:
    rows = orders(plain, marked)
    assert [*answers(load(f"{HEADER},Wedi’i gwblhau", rows)).values()] == [
        total(rows),
        total(rows, marked=False),
    ]
    assert spend(workspace) == total(rows)


@pytest.mark.parametrize("name", ["Newsletter", "Gift wrap", "Neukunde", "Envío urgente", "Nowy klient"])
def test_flags_of_other_things_are_not_asked_about(load: Write, name: str) -> None:
    assert not load(f"{HEADER},{name}", orders("no", "yes")).doubts


def test_a_flag_that_another_column_explains_is_not_asked_about(load: Write) -> None:
    rows = [f"{row},{'Caerdydd' if row.endswith('1') else 'Abertawe'}" for row in orders("0", "1")]
    assert not load(f"{HEADER},Wedi’i gwblhau,City", rows).doubts


def test_of_columns_that_mark_the_same_orders_one_is_asked_about(load: Write) -> None:
    rows = [f"{row},{row.rsplit(',', 1)[1]}" for row in orders("{day}", "")]
    assert len(load(f"{HEADER},Dyddiad talu,Dyddiad anfon", rows).doubts) == 1
