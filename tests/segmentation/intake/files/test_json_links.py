"""Rows of several shapes that name one another are parents and children, whatever the word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from segmentation.intake.files.json_links import IdLink, find_links
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import preview
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

Rows = list[dict[str, Any]]


def till(count: int = 12) -> Rows:
    """Receipts of a till, each followed by what was rung up; ids are numbers."""
    rows: Rows = []
    for i in range(count):
        rows.append({"receipt": 5001 + i, "buyer": f"b{i % 4}@shop.example", "paid_at": day(i), "till": "A"})
        for at in range(1 + i % 3):
            line = {"rung_on": 5001 + i, "sku": f"S{at}", "qty": at + 1, "unit_price": 4.5 + at}
            rows.append(line | ({"remark": "gift"} if i % 5 == 0 else {}))
    return rows


def tree(count: int = 12) -> Rows:
    """Documents of people, their orders and what is in them, all by one field; lines come first."""
    people = [{"_id": f"p{i}", "email": f"p{i}@shop.example", "city": "Riga"} for i in range(4)]
    orders = [
        {"_id": f"o{i}", "under": f"p{i % 4}", "placed": day(i), "currency": "EUR"} for i in range(count)
    ]
    lines = [{"_id": f"l{i}-{at}", "under": f"o{i}", "product": f"Mug {at}", "quantity": 1 + i % 3,
              "price": f"{9 + at}.00"} for i in range(count) for at in range(2)]  # fmt: skip
    notes = [{"_id": "n1", "under": "o3", "gift_wrap": True, "ribbon": "red"}]
    return lines + notes + orders + people


def ledger(count: int = 12) -> Rows:
    """German documents by UUID, a field for each kind of what they name, products among them."""
    buyers = [{"art": "kunde", "uid": f"{i:08x}-aaaa", "email": f"k{i}@laden.example"} for i in range(4)]
    goods = [{"art": "artikel", "uid": f"{i:08x}-cccc", "bezeichnung": f"Tasse {i}"} for i in range(3)]
    orders = [{"art": "bestellung", "uid": f"{i:08x}-bbbb", "kunde": f"{i % 4:08x}-aaaa",
               "bestelldatum": day(i)} for i in range(count)]  # fmt: skip
    lines = [{"art": "position", "bestellung": f"{i:08x}-bbbb", "artikel": f"{at:08x}-cccc",
              "menge": 1 + i % 2, "preis": f"{3 + at}.50"}
             for i in range(count) for at in range(3)]  # fmt: skip
    return buyers + goods + orders + lines


def day(i: int) -> str:
    return f"2024-02-{i + 1:02}T10:{i:02}:00Z"


@pytest.mark.parametrize(
    ("rows", "lines", "first", "spend"),
    [
        (till(), 24, {"buyer": "b1@shop.example", "receipt": "5002"}, 220.0),
        (tree(), 24, {"email": "p1@shop.example", "placed": day(1)}, 456.0),
        (ledger(), 36, {"email": "k1@laden.example", "bestelldatum": day(1)}, 243.0),
    ],
)
def test_lines_keep_customer_order_and_date(
    workspace: Workspace, tmp_path: Path, rows: Rows, lines: int, first: dict[str, str], spend: float
) -> None:
    (tmp_path / "dump.jsonl").write_text("\n".join(map(json.dumps, rows)))
    upload = load_file(workspace, tmp_path / "dump.jsonl")
    assert (upload.rows, upload.rejected) == (lines, 0)
    found = preview(workspace, upload.upload_id, 99).to_dict("records")
    assert any(first.items() <= row.items() for row in found)
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        told = (
            "SELECT count(DISTINCT order_id), count(DISTINCT customer_id), sum(amount), min(ordered_at)::DATE"
            " FROM shop.lines"
        )
        orders, customers, paid, earliest = cursor.execute(told).fetchall()[0]
    assert (shop.customers, customers, orders) == (4, 4, 12)
    assert (float(paid), str(earliest)) == (spend, "2024-02-01")


def links(rows: Sequence[dict[str, Any]]) -> list[IdLink]:
    as_read = [{key: str(value) for key, value in row.items()} for row in rows]
    return find_links(lambda: as_read, Counter(map(frozenset, as_read)))


def test_what_names_its_own_kind_is_a_row_like_others() -> None:
    categories = [{"id": 1, "name": "All", "icon": "a"}] + [
        {"id": i, "name": f"C{i}", "parent_id": 1 + i // 9} for i in range(2, 40)
    ]
    replies = [{"id": i, "text": "so", "rating": 5} for i in range(20)] + [
        {"id": 20 + i, "text": "no", "reply_to": i} for i in range(20)
    ]
    assert links(categories) == []
    assert links(replies) == []


def test_small_numbers_that_happen_to_be_ids_name_nothing() -> None:
    views = [{"n": i, "page": f"/p{i}", "user": f"u{i % 9}"} for i in range(300)]
    sales = [{"n": 300 + i, "product": i % 20, "paid": 5.0} for i in range(100)]
    assert links(views + sales) == []


def test_a_file_of_one_shape_has_no_links() -> None:
    assert links([{"id": i, "customer": i % 5} for i in range(50)]) == []
