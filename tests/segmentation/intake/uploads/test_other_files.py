"""A question that a file leaves open by itself, and another file of the same headers does not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def write(folder: Path, many: int) -> tuple[Path, Path]:
    """Write orders, and what came back of them; no list knows what a folio is."""
    rng = random.Random(4)
    prices = [rng.randrange(900, 9000) for _ in range(30)]
    orders, backs = "", ""
    for place in range(many):
        at = datetime(2024, 1, 1) + timedelta(hours=17 * place + rng.randrange(12), minutes=rng.randrange(60))
        number, buyer = 2001 + place, rng.randrange(40)
        day, later = (f"{one:%Y-%m-%d %H:%M}" for one in (at, at + timedelta(days=9 + 7 * place % 30)))
        for product in rng.sample(range(30), rng.choice((1, 2, 3))):
            pieces = rng.choice((1, 1, 2, 3))
            orders += f"{number},{day},C{buyer},P{product + 10},{pieces},{prices[product]}\n"
            if rng.random() < 0.12:
                backs += f"{number},P{product + 10},{pieces},{later},{pieces * prices[product]}\n"
    sold, returned = folder / "orders.csv", folder / "returns.csv"
    sold.write_text("Folio,Order Date,Customer ID,SKU,Quantity,Unit Price\n" + orders)
    returned.write_text("Folio,SKU,Quantity,Fecha NC,Monto NC\n" + backs)
    return sold, returned


@pytest.mark.parametrize("many", [120, 300])
def test_a_header_means_what_it_means_in_the_file_that_holds_its_values(
    workspace: Workspace, tmp_path: Path, many: int
) -> None:
    sold, returned = write(tmp_path, many)
    first = load_file(workspace, sold)
    upload = load_file(workspace, returned)
    assert (first.columns[0].role, upload.columns[0].role) == (Role.ORDER_ID, Role.ORDER_ID)
    shop = build_shop(workspace)
    assert shop.customers <= 40
    assert shop.notes == ()


def test_by_itself_the_file_is_read_otherwise(workspace: Workspace, tmp_path: Path) -> None:
    _, returned = write(tmp_path, 300)
    assert load_file(workspace, returned).columns[0].role is not Role.ORDER_ID


def shop_in_order(folder: Path, files: Sequence[Path]) -> list[object]:
    with Workspace(folder / "-".join(path.stem for path in files)) as workspace:
        for path in files:
            load_file(workspace, path)
        shop = build_shop(workspace)
        keys = {one.file_name: one.columns[0].role for one in list_uploads(workspace)}
        with workspace.cursor() as cursor:
            lines = cursor.execute("SELECT * FROM shop.lines ORDER BY ALL").fetchall()
            people = cursor.execute("SELECT * FROM shop.customers ORDER BY ALL").fetchall()
        ledger = {(entry.file_name, entry.rule, entry.rows) for entry in shop.ledger if entry.applied}
        return [keys, lines, people, ledger, shop.doubts, shop.notes]


def test_it_does_not_matter_which_file_came_first(tmp_path: Path) -> None:
    sold, returned = write(tmp_path, 300)
    people = tmp_path / "people.csv"
    people.write_text("Customer ID,City\n" + "".join(f"C{n},Town {n % 7}\n" for n in range(40)))
    first, *others = [shop_in_order(tmp_path, files) for files in permutations((sold, returned, people))]
    assert first[0] == {
        "orders.csv": Role.ORDER_ID,
        "returns.csv": Role.ORDER_ID,
        "people.csv": Role.CUSTOMER_ID,
    }
    assert all(other == first for other in others)
