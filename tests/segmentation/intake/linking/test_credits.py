"""Files of returns with numbers of their own, that name no orders, take back what was sold."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

SALES = "Beleg,Datum,Kundennr,Artikel,Menge,Betrag"


def line(at: int, later: int = 0) -> str:
    goods, pieces = at * 5 % 17, 1 + at % 3
    day = f"2024-{1 + at // 20:02}-{1 + at % 20 + later:02}"
    return f"{day},{100 + at * at % 37},G{100 + goods},{pieces},{pieces * (7.25 + goods * 37 % 89)}"


SOLD = [f"{5000 + at},{line(at)}" for at in range(200)]


def paid(rows: list[str]) -> float:
    return sum(float(row.rsplit(",", 1)[1]) for row in rows)


def read(workspace: Workspace, folder: Path, files: dict[str, list[str]]) -> tuple[float, Shop]:
    """Return what is spent in all, and the shop of the files beside the sales."""
    for name, rows in {"verkauf": [SALES, *SOLD], **files}.items():
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        load_file(workspace, folder / f"{name}.csv")
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        [(spent,)] = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    return spent, shop


def returned(every: int, number: str, later: int = 4) -> list[str]:
    return [f"{number}{90 + at},{line(at, later)}" for at in range(3, 180, every)]


@pytest.mark.parametrize("every", [4, 22], ids=["many", "few"])
@pytest.mark.parametrize(
    ("name", "header", "number"),
    [
        ("gs", "Gutschrift,Datum,Kundennr,Artikel,Menge,Betrag", "G"),
        ("palautukset", "Numero,Datum,Kundennr,Artikel,Menge,Betrag", ""),
        ("x", "Zyx,Datum,Kundennr,Artikel,Menge,Betrag", "R-"),
    ],
    ids=["by its numbers", "by its name", "by what it says alone"],
)
def test_they_are_taken_back_and_said(
    workspace: Workspace, tmp_path: Path, every: int, name: str, header: str, number: str
) -> None:
    back = returned(every, number)
    spent, shop = read(workspace, tmp_path, {name: [header, *back]})
    assert spent == pytest.approx(paid(SOLD) - paid(back))
    said = f"{len(back)} of its {len(back)} rows follow a purchase"
    assert sum(note.startswith(f"{name}.csv was read as") and said in note for note in shop.notes) == 1


def test_what_is_paid_back_of_no_goods_is_spent_no_more(workspace: Workspace, tmp_path: Path) -> None:
    cells = [row.split(",") for row in returned(22, "RF-")]
    rows = [f"{number},{day},{who},5.0" for number, day, who, *_ in cells]
    spent, _ = read(workspace, tmp_path, {"refunds": ["Refund ID,Datum,Kundennr,Summe", *rows]})
    assert spent == pytest.approx(paid(SOLD) - 5 * len(rows))


def test_numbers_that_orders_have_too_name_none(workspace: Workspace, tmp_path: Path) -> None:
    back = [f"{5100 + at},{line(at, 4)}" for at in range(3, 180, 22)]
    header = "Retoure,Datum,Kundennr,Artikel,Menge,Betrag"
    assert read(workspace, tmp_path, {"retouren": [header, *back]})[0] == pytest.approx(
        paid(SOLD) - paid(back)
    )


def test_purchases_of_other_goods_count(workspace: Workspace, tmp_path: Path) -> None:
    more = [f"{7000 + at},{line(at * 7 + 1, 5)}" for at in range(20)]
    spent, shop = read(workspace, tmp_path, {"mehr": [SALES, *[row.replace(",G1", ",G2") for row in more]]})
    assert spent == pytest.approx(paid(SOLD) + paid(more))
    assert not any("what came back" in note for note in shop.notes)


def test_those_who_buy_the_same_again_send_nothing_back(workspace: Workspace, tmp_path: Path) -> None:
    monthly = [f"{9000 + at},2024-{1 + at // 25:02}-05,{100 + at % 25},TEA,1,9.9" for at in range(225)]
    late = [f"{9900 + at},2024-10-05,{100 + at % 25},TEA,1,9.9" for at in range(25)]
    spent, _ = read(workspace, tmp_path, {"abo": [SALES, *monthly], "abo2": [SALES, *late]})
    assert spent == pytest.approx(paid(SOLD) + 250 * 9.9)


def test_orders_that_are_exported_again_are_no_returns(workspace: Workspace, tmp_path: Path) -> None:
    spent, shop = read(workspace, tmp_path, {"neu": [SALES, *SOLD[100:140]]})
    assert spent == pytest.approx(paid(SOLD))
    assert not any("what came back" in note for note in shop.notes)


def test_lines_of_one_credit_note_are_worth_pieces_and_prices(workspace: Workspace, tmp_path: Path) -> None:
    cells = [row.split(",") for row in returned(4, "")]
    rows = [
        f"{536000 + at // 2},{day},{cells[at // 2 * 2][2]},{goods},{pieces},{float(total) / int(pieces)}"
        for at, (_, day, _, goods, pieces, total) in enumerate(cells)
    ]
    spent, _ = read(workspace, tmp_path, {"cn": ["Credit note,Datum,Kundennr,Artikel,Menge,Preis", *rows]})
    assert spent == pytest.approx(paid(SOLD) - sum(float(total) for *_, total in cells))


def test_what_is_bought_again_and_again_is_sent_back_once_at_most(
    workspace: Workspace, tmp_path: Path
) -> None:
    again = [
        f"{8000 + at},2024-{10 + at % 2}-{1 + at % 28:02},{row.split(',', 2)[2]}"
        for at, row in enumerate(SOLD[:15] * 3)
    ]
    assert read(workspace, tmp_path, {"abo": [SALES, *again]})[0] == pytest.approx(paid(SOLD) + paid(again))
