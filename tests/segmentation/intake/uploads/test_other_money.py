"""Files without a currency in which the same articles cost many times as much are not added up unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

HEADER = "Order,Date,Customer,SKU,Qty,Total"


def lines(first: int, count: int, factor: float, spread: float = 0.0) -> list[str]:
    found = []
    for at in range(first, first + count):
        goods, pieces = at * 5 % 14, 1 + at % 3
        price = round((3.25 + goods * 1.7) * factor * (1 + spread * (goods % 5 - 2)), 2)
        day = f"2024-{1 + at % 12:02}-0{1 + at % 7}"
        found.append(f"{at},{day},C{at * 7 % 43},A{goods + 20},{pieces},{pieces * price:g}")
    return found


def paid(rows: list[str]) -> float:
    return sum(float(row.rsplit(",", 1)[1]) for row in rows)


def read(workspace: Workspace, folder: Path, *files: list[str], header: str = HEADER) -> float:
    for at, rows in enumerate(files):
        path = folder / f"shop{at}.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        load_file(workspace, path)
    return spend(workspace)


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize("factor", [25.3, 391.0, 0.0041])
@pytest.mark.parametrize("fewer_first", [True, False])
def test_sums_of_another_currency_are_set_aside_and_asked(
    workspace: Workspace, tmp_path: Path, factor: float, fewer_first: bool
) -> None:
    more, fewer = lines(1000, 160, 1000.0), lines(3000, 90, 1000 * factor, 0.04)
    files = (fewer, more) if fewer_first else (more, fewer)
    assert read(workspace, tmp_path, *files) == pytest.approx(paid(more))
    (asked,) = [(one.upload_id, doubt) for one in list_uploads(workspace) for doubt in one.doubts]
    assert asked[1].code == "other_money:Total"
    answer_doubt(workspace, asked[0], asked[1].code, 1)
    assert spend(workspace) == pytest.approx(paid(more) + paid(fewer))


def test_a_hundred_times_as_much_is_in_cents(workspace: Workspace, tmp_path: Path) -> None:
    whole, cents = lines(1000, 90, 1.0), lines(3000, 160, 100.0)
    assert read(workspace, tmp_path, whole, cents) == pytest.approx(paid(whole) + paid(cents) / 100)
    assert [doubt.code for one in list_uploads(workspace) for doubt in one.doubts] == ["hundredths:Total"]


@pytest.mark.parametrize(("factor", "spread"), [(1.0, 0.0), (1.4, 0.1), (3.0, 0.1), (6.0, 0.45)])
def test_prices_that_rise_or_differ_are_not_asked_about(
    workspace: Workspace, tmp_path: Path, factor: float, spread: float
) -> None:
    first, second = lines(1000, 90, 1.0), lines(3000, 60, factor, spread)
    assert read(workspace, tmp_path, first, second) == pytest.approx(paid(first) + paid(second))
    assert not any(one.doubts for one in list_uploads(workspace))


def test_where_the_currency_is_said_nothing_is_asked(workspace: Workspace, tmp_path: Path) -> None:
    first, second = lines(1000, 90, 1.0), lines(3000, 60, 25.0)
    read(workspace, tmp_path, first, second, header=HEADER.replace("Total", "Total EUR"))
    assert not any(one.doubts for one in list_uploads(workspace))


def test_the_file_that_says_no_currency_is_set_aside(workspace: Workspace, tmp_path: Path) -> None:
    said, silent = lines(1000, 60, 1.0), lines(3000, 160, 25.0)
    for name, total, rows in (("a", "Total EUR", said), ("b", "Total", silent)):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([HEADER.replace("Total", total), *rows]) + "\n", encoding="utf-8")
        load_file(workspace, path)
    assert spend(workspace) == pytest.approx(paid(said))
