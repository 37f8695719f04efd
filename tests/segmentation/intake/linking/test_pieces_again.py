"""Files of returns in languages of no list: pieces of an order's lines, at their prices, on a later day."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

PRICES = {"cwpan": 5.9, "plât": 12.5, "tebot": 24.0, "llwy": 3.9, "jwg": 17.0}


def orders() -> list[tuple[int, str, str, str, int, float]]:
    """Lines of orders: number, day, customer, goods, pieces, price of one."""
    goods = list(PRICES)
    return [
        (5000 + at // 2, f"{1 + at // 2 % 28:02}/{1 + at // 60:02}/2024", f"K{100 + at // 2 % 23}",
         goods[(at * 7 + at // 5) % 5], 1 + at * at % 7 % 4, PRICES[goods[(at * 7 + at // 5) % 5]])
        for at in range(240)
    ]  # fmt: skip


def read(
    workspace: Workspace, folder: Path, returns: list[str], sales: list[str] | None = None
) -> tuple[int, float]:
    """Return how many orders count and what was spent in all, beside a file of returns."""
    lines = [f"{n},{day},{who},{what},{pieces},{price},{pieces * price:.2f}"
             for n, day, who, what, pieces, price in orders()]  # fmt: skip
    sales = sales or ["Rhif,Dyddiad,Cwsmer,Nwydd,Nifer,Pris,Cyfanswm", *lines]
    files = {"gwerthu": sales, "eto": returns}
    for name, rows in files.items():
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        load_file(workspace, folder / f"{name}.csv")
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return cursor.execute(
            "SELECT count(DISTINCT order_id) FILTER (NOT is_return), round(sum(amount), 2)::DOUBLE"
            " FROM shop.lines"
        ).fetchall()[0]


@pytest.mark.parametrize("of_all", [True, False])
def test_pieces_that_come_again_are_taken_back(workspace: Workspace, tmp_path: Path, of_all: bool) -> None:
    back = [
        (n, f"{day[:3]}{int(day[3:5]) + 1:02}{day[5:]}", what, 1 + pieces // 2, price)
        for n, day, _, what, pieces, price in orders()[5::19]
    ]
    rows = [f"D{at},{n},{day},{what},{pieces},{pieces * price if of_all else price:.2f}"
            for at, (n, day, what, pieces, price) in enumerate(back)]  # fmt: skip
    count, spent = read(workspace, tmp_path, ["Cyfeirnod,Rhif,Diwrnod,Nwydd,Nifer,Swm", *rows])
    sold = sum(pieces * price for *_, pieces, price in orders())
    assert count == 120
    assert spent == pytest.approx(sold - sum(pieces * price for *_, pieces, price in back))


def test_lines_without_pieces_are_taken_back_as_a_whole(workspace: Workspace, tmp_path: Path) -> None:
    lines = [
        f"{n},{day},{who},{what},{10 + at * 37 % 89}.4" for at, (n, day, who, what, *_) in enumerate(orders())
    ]
    back = [line.split(",") for line in lines[5::19]]
    rows = [
        f"D{at},{n},{day[:3]}{int(day[3:5]) + 1:02}{day[5:]},{paid}"
        for at, (n, day, *_, paid) in enumerate(back)
    ]
    sales, returns = ["Rhif,Dyddiad,Cwsmer,Nwydd,Cyfanswm", *lines], ["Cyfeirnod,Rhif,Diwrnod,Swm", *rows]
    count, spent = read(workspace, tmp_path, returns, sales)
    paid = sum(float(line.split(",")[-1]) for line in lines)
    assert (count, spent) == (120, pytest.approx(paid - sum(float(cells[-1]) for cells in back)))
