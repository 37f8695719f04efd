"""Accounts of customers, in which invoices, payments and credit notes stand in one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

BILLS = {number: 20.5 + number * 17 % 90 for number in range(60)}
BACK = {4: 1.0, 11: 0.4, 23: 0.25, 37: 1.0}


def ledger(folder: Path, *, paid: float = 1.0, extra: str = "") -> Path:
    """Write an account of no known language: bills of 13 customers, what is paid, what came back."""
    rows = []
    for number, cost in BILLS.items():
        day, who = f"2024-{1 + number // 6:02}", 4100 + number * number % 13
        rows.append((f"{day}-03", "Vog", f"V{500 + number}", who, cost))
        if number < paid * len(BILLS):
            rows.append((f"{day}-19", "Zul", f"Z{700 + number}", who, -cost))
        if number in BACK:
            rows.append((f"{day}-11", "Bak", f"B{900 + number}", who, -cost * BACK[number]))
        if extra and number % 9 == 0:
            rows.append((f"{day}-21", extra, f"X{800 + number}", who, 1.5))
    lines = [f"{at},{','.join(map(str, row))}" for at, row in enumerate(sorted(rows), start=3000)]
    (folder / "ledger.csv").write_text("\n".join(["entry,order_date,Pas,paper,customer_id,amount", *lines]))
    return folder / "ledger.csv"


def asked(upload: Upload) -> list[float | None]:
    return [
        option.revenue for doubt in upload.doubts if doubt.code == "kinds:Pas" for option in doubt.options
    ]


GOODS = sum(BILLS.values())
KEPT = GOODS - sum(BILLS[number] * share for number, share in BACK.items())


def test_payments_are_no_sales_and_credit_notes_take_back(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, ledger(tmp_path))
    assert upload.money is not None
    assert upload.money.kinds is not None
    assert set(upload.money.kinds.counted) == {"Vog", "Bak"}
    assert asked(upload) == []
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT sum(amount)::DOUBLE, count(DISTINCT order_id) FILTER (NOT is_return) FROM shop.lines"
        ).fetchall()
    assert found == [(pytest.approx(KEPT), len(BILLS))]


def test_what_takes_off_is_asked_about_where_much_is_unpaid(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, ledger(tmp_path, paid=0.7))
    assert asked(upload) == pytest.approx([KEPT, GOODS])


def test_a_further_kind_of_small_sums_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    upload = load_file(workspace, ledger(tmp_path, extra="Dun"))
    assert asked(upload) == pytest.approx([KEPT, KEPT + 7 * 1.5])
