"""Bulk files whose objects name their parent are read as lines with the fields of their order."""

from __future__ import annotations

import json
from pathlib import Path

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind
from segmentation.intake.uploads.corrections import preview
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def bulk(grouped: bool) -> str:
    orders = [
        {
            "id": f"gid://shopify/Order/{i}",
            "email": f"p{i % 3}@shop.example",
            "createdAt": f"2024-01-{i + 1:02}T10:00:00Z",
        }
        for i in range(8)
    ]
    lines = [
        {"id": f"gid://shopify/LineItem/{i}{at}", "sku": f"s{at}", "quantity": at + 1, "price": "5.00",
         "__parentId": order["id"]}
        for i, order in enumerate(orders[:7]) for at in range(2)
    ]  # fmt: skip
    refunds = [{"id": "gid://shopify/Refund/1", "note": "late", "__parentId": orders[0]["id"]}]
    if grouped:
        found = [
            one
            for order in orders
            for one in (order, *(c for c in lines + refunds if c["__parentId"] == order["id"]))
        ]
    else:
        found = [*orders, *refunds, *lines]
    return "\n".join(map(json.dumps, found))


def test_children_are_joined_with_their_parents(workspace: Workspace, tmp_path: Path) -> None:
    for at, grouped in enumerate((True, False)):
        (tmp_path / f"{at}.jsonl").write_text(bulk(grouped))
        upload = load_file(workspace, tmp_path / f"{at}.jsonl")
        assert (upload.kind, upload.rows, upload.rejected, upload.delimiter) == (
            Kind.ORDERS,
            15,
            0,
            "LineItem",
        )
        rows = preview(workspace, upload.upload_id, 20).to_dict("records")
        first = next(row for row in rows if row["LineItem.sku"] == "s1")
        assert (first["email"], first["LineItem.quantity"]) == ("p0@shop.example", "2")
        assert "late" in first["Refund"]
        assert first["id"] == "0"
        assert sum(row["LineItem.sku"] == "" for row in rows) == 1


def test_the_shop_has_the_orders_of_a_bulk_file(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bulk.jsonl").write_text(bulk(True))
    load_file(workspace, tmp_path / "bulk.jsonl")
    assert build_shop(workspace).customers == 3
