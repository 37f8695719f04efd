"""Files that are in one currency each are not added up, by whatever they say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

MORE, FEWER = range(60), range(100, 140)
PLAIN = "Order ID,Date,Customer ID,Amount"


def sum_of(rows: range) -> float:
    return sum(10.5 + at % 7 for at in rows)


def spend(workspace: Workspace, folder: Path, *files: tuple[str, str, str, range]) -> float:
    """Return what counts of files, each of a name, a header, the form of an amount, and its orders."""
    for name, header, form, orders in files:
        rows = [
            f"{at},2024-03-{1 + at % 28:02},K{at % 13 + 10},{form.format(10.5 + at % 7)}" for at in orders
        ]
        (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        load_file(workspace, folder / name)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize(
    ("more", "fewer"),
    [("€{:.2f}", "£{:.2f}"), ("${:.2f}", "£{:.2f}"), ("{:.2f} kr", "{:.2f} €"), ("${:.2f}", "¥{:.2f}")],
)
def test_files_of_one_sign_each(workspace: Workspace, tmp_path: Path, more: str, fewer: str) -> None:
    files = ("a.csv", PLAIN, more, MORE), ("b.csv", PLAIN, fewer, FEWER)
    assert spend(workspace, tmp_path, *files) == sum_of(MORE)


def test_files_whose_names_differ_by_the_currency(workspace: Workspace, tmp_path: Path) -> None:
    files = ("sales_EUR.csv", PLAIN, "{:.2f}", MORE), ("sales_CHF.csv", PLAIN, "{:.2f}", FEWER)
    assert spend(workspace, tmp_path, *files) == sum_of(MORE)


@pytest.mark.parametrize(("sign", "code"), [("${:.2f}", "CAD"), ("{:.2f} kr", "SEK"), ("£{:.2f}", "GBP")])
def test_a_sign_is_of_the_country_that_another_file_names(
    workspace: Workspace, tmp_path: Path, sign: str, code: str
) -> None:
    files = ("a.csv", PLAIN, sign, MORE), ("b.csv", f"{PLAIN},Currency", f"{{:.2f}},{code}", FEWER)
    assert spend(workspace, tmp_path, *files) == sum_of(MORE) + sum_of(FEWER)


def test_a_word_in_the_name_of_one_file_alone_is_no_currency(workspace: Workspace, tmp_path: Path) -> None:
    files = ("orders.csv", PLAIN, "€{:.2f}", MORE), ("export_php.csv", PLAIN, "{:.2f}", FEWER)
    assert spend(workspace, tmp_path, *files) == sum_of(MORE) + sum_of(FEWER)
