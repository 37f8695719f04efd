"""Money off each piece: what the lines cost, and what share of the price was taken off."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def test_money_off_each_piece_is_taken_off_every_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = []
    for at in range(96):
        pieces, price = (1 if at < 48 else 3), 20 + at % 12
        off = price * (0, 0.1, 0, 0.25, 0)[at % 5]
        rows.append(
            f"O{at},C{at % 9 + 10},2024-03-{at % 28 + 1:02},Mug {price},{pieces},{price:.2f},{off:.2f}"
        )
    header = "order_id,customer_id,order_date,product_name,quantity,unit_price,discount"
    (tmp_path / "orders.csv").write_text("\n".join([header, *rows]))
    load_file(workspace, tmp_path / "orders.csv")
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT amount::DOUBLE, discount FROM shop.lines ORDER BY order_id").fetchall()
    by_order = dict(zip(sorted(f"O{at}" for at in range(96)), found, strict=True))
    assert by_order["O48"] == pytest.approx((3 * 20 * 0.75, 0.25))  # 48 % 5 is 3, 48 % 12 is 0
    assert by_order["O1"] == pytest.approx((21 * 0.9, 0.1))
