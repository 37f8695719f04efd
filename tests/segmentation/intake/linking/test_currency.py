"""Amounts in several currencies are never added, whether a column or the marks beside the amounts say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


@pytest.mark.parametrize(
    ("amounts", "currency", "revenue"),
    [
        (["$12.00", "€15.00", "$30.00", "¥2000"], "USD", 126.0),
        (["120 lei", "15,50 €", "30 lei"], "RON", 600.0),
        (["RM12.50", "RM7.50"], "MYR", 120.0),
        (["$12.50", "$7.50"], "USD", 120.0),
    ],
)
def test_only_the_most_frequent_currency_counts(
    workspace: Workspace, tmp_path: Path, amounts: list[str], currency: str, revenue: float
) -> None:
    rows = "".join(f'B{i},C{i % 4},2024-01-{i + 1:02},"{amounts[i % len(amounts)]}"\n' for i in range(12))
    (tmp_path / "orders.csv").write_text("order_id,customer_id,date,total\n" + rows)
    load_file(workspace, tmp_path / "orders.csv")
    shop = build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0]
    assert (shop.currency, found) == (currency, revenue)
