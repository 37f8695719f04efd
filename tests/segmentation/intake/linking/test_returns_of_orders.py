"""A file, in whatever language, that names goods of earlier orders again on a later day takes them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

HEADER = "Order ID,Order Date,Customer,Product,Qty,Total"
RETURNS = {
    "its own numbers": "Rhif dychwelyd,Rhif archeb,Dyddiad,Cwsmer,Nwydd,Nifer,Swm",
    "the orders’ numbers": "Rhif archeb,Dyddiad,Cwsmer,Nwydd,Nifer,Swm",
    "known headers": HEADER,
}


def bought(at: int, later: int = 0, buyer: int = 0) -> str:
    month, day = 1 + at // 20, 1 + at % 20 + later
    who = f"C{1000 + (at + buyer) * at % 37}"
    goods, pieces = at * 5 % 13, 1 + at % 3
    order = f"{50100 + 3 * at},2024-{month:02}-{day:02},{who}"
    return f"{order},G{100 + goods},{pieces},{pieces * (7.25 + goods * 37 % 89)}"


def revenue(workspace: Workspace, folder: Path, header: str, rows: list[str]) -> float:
    for name, (first, more) in {
        "sales": (HEADER, [bought(at) for at in range(200)]),
        "dychwel": (header, rows),
    }.items():
        path = folder / f"{name}.csv"
        path.write_text("\n".join([first, *more]) + "\n", encoding="utf-8")
        load_file(workspace, path)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def total(rows: list[str]) -> float:
    return sum(float(row.rsplit(",", 1)[1]) for row in rows)


@pytest.mark.parametrize("header", RETURNS.values(), ids=list(RETURNS))
def test_goods_of_an_order_on_a_later_day_came_back(
    workspace: Workspace, tmp_path: Path, header: str
) -> None:
    rows = [bought(at, later=5) for at in range(3, 200, 4)]
    if header.startswith("Rhif dychwelyd"):
        rows = [f"R{900 + at},{row}" for at, row in enumerate(rows)]
    sold = total([bought(at) for at in range(200)])
    assert revenue(workspace, tmp_path, header, rows) == sold - total(rows)


def test_goods_that_others_bought_under_these_numbers_did_not(workspace: Workspace, tmp_path: Path) -> None:
    rows = [bought(at, later=5, buyer=1) for at in range(3, 200, 4)]
    assert revenue(workspace, tmp_path, HEADER, rows) >= total([bought(at) for at in range(200)])
