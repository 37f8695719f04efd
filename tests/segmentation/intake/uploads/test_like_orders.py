"""A few orders, none of a customer twice, are orders where another file calls its columns alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Upload
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

HEADER = "Tilaus,Päivä,Asiakas,Tuote,Kpl,Summa"


def orders(first: int, count: int) -> list[str]:
    return [
        f"{4000 + at},2024-{1 + at % 300 // 28:02}-{1 + at % 28:02},"
        f"{200 + at % 61},T{at * 7 % 13},{1 + at % 4},{6 + at % 40}.5"
        for at in range(first, first + count)
    ]


def loaded(workspace: Workspace, folder: Path, files: dict[str, list[str]]) -> dict[str, Upload]:
    for name, rows in files.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
        load_file(workspace, folder / name)
    return {upload.file_name: upload for upload in list_uploads(workspace)}


@pytest.mark.parametrize("order", [("myynti.csv", "uudet.csv"), ("uudet.csv", "myynti.csv")])
def test_a_few_orders_are_orders(workspace: Workspace, tmp_path: Path, order: tuple[str, ...]) -> None:
    rows = {"myynti.csv": [HEADER, *orders(0, 250)], "uudet.csv": [HEADER, *orders(250, 8)]}
    found = loaded(workspace, tmp_path, {name: rows[name] for name in order})
    assert (found["uudet.csv"].kind, found["uudet.csv"].doubts) == (Kind.ORDERS, ())
    build_shop(workspace)
    with workspace.cursor() as cursor:
        [(count,)] = cursor.execute("SELECT count(DISTINCT order_id) FROM shop.lines").fetchall()
    assert count == 258


def test_customers_with_a_day_stay_customers(workspace: Workspace, tmp_path: Path) -> None:
    people = [
        "Asiakas,Päivä,Kaupunki",
        *[f"{200 + at},2023-05-{1 + at % 28:02},Turku {at % 5}" for at in range(61)],
    ]
    files = {"myynti.csv": [HEADER, *orders(0, 250)], "asiakkaat.csv": people}
    assert loaded(workspace, tmp_path, files)["asiakkaat.csv"].kind is Kind.CUSTOMERS
