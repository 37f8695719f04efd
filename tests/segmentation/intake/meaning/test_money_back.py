"""How much of the money given back was for goods, where no column tells the tax apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.money.back import OrderCosts, tax_in_refunds
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

LINES = np.array([[12.9, 33.9, 108.5], [8.9, 56.7, 21.3], [47.9, 5.5, 66.1], [15.9, 31.8, 71.7]])
COSTS = np.round(np.tile(LINES, (5, 1)) * np.linspace(1, 2.3, 20)[:, None], 2)
ORDERS = np.repeat(np.arange(20), 3)


def given_back(rate: float, whole: float = 0.0) -> np.ndarray:
    """Let the second line of half of the orders come back, and three orders as a whole with postage."""
    back = np.where(np.arange(20) % 2 == 0, np.round(COSTS[:, 1] * (1 + rate), 2), 0.0)
    back[[1, 5, 9]] = np.round(COSTS[[1, 5, 9]].sum(axis=1) * (1 + rate), 2) + whole
    return back


@pytest.mark.parametrize("rate", [0.07, 0.19, 0.08875, 0.25])
def test_the_rate_by_which_refunds_are_more_than_their_goods(rate: float) -> None:
    found = tax_in_refunds(OrderCosts(ORDERS, COSTS.ravel()), given_back(rate, 4.0))
    assert found == pytest.approx(rate, abs=0.0005)


def test_refunds_of_goods_alone_hold_no_tax() -> None:
    assert tax_in_refunds(OrderCosts(ORDERS, COSTS.ravel()), given_back(0.0)) == 0.0


def test_pieces_of_a_line_may_come_back_and_two_lines_at_once() -> None:
    pieces = np.full(60, 3.0)
    back = np.zeros(20)
    back[:8] = np.round(COSTS[:8, 0] / 3 * 2 * 1.2, 2)
    back[8:16] = np.round((COSTS[8:16, 0] + COSTS[8:16, 2]) * 1.2, 2)
    assert tax_in_refunds(OrderCosts(ORDERS, COSTS.ravel(), pieces), back) == pytest.approx(0.2, abs=0.0005)


def test_what_follows_no_rate_is_not_known() -> None:
    back = np.where(np.arange(20) % 2 == 0, np.round(COSTS[:, 1] * np.linspace(0.31, 0.83, 20), 2), 0.0)
    back[[1, 5, 9]] = COSTS[[1, 5, 9]].sum(axis=1) * 1.07 + 4
    assert tax_in_refunds(OrderCosts(ORDERS, COSTS.ravel()), back) is None


def test_money_given_back_with_its_tax_takes_back_the_goods_alone(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = ["Order number,Email,Date,Status,Product,Quantity,Price,Refunded amount"]
    for order, (costs, back) in enumerate(zip(COSTS, given_back(0.07, 4.0), strict=True)):
        state = "refunded" if back > costs.sum() else "partially_refunded" if back else "paid"
        for at, cost in enumerate(costs):
            head = f"b{order % 6}@x.example,2024-03-{order + 1:02},{state}" if not at else ",,"
            rows.append(
                f"#{100 + order},{head},item {at} {order % 4},1,{cost:.2f},{f'{back:.2f}' if not at else ''}"
            )
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(rows))
    load_file(workspace, path)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        spent = dict(
            cursor.execute("SELECT order_id, sum(amount)::DOUBLE FROM shop.lines GROUP BY 1").fetchall()
        )
    kept = COSTS.sum(axis=1) - np.where(np.arange(20) % 2 == 0, COSTS[:, 1], 0.0)
    kept[[1, 5, 9]] = 0
    assert [spent[f"#{100 + order}"] for order in range(20)] == pytest.approx(kept.tolist(), abs=0.011)


@pytest.mark.parametrize("header", ["Refunderet", "Zwrócono", "Vráceno"])
def test_a_word_for_what_came_back_over_sums_of_money_is_a_refund(
    load: Write, workspace: Workspace, header: str
) -> None:
    rows = [
        f"{10001 + at},2024-{1 + at // 20:02}-{1 + at % 28:02},k{at % 17}@example.com,{20 + at * 37 % 89}.50,"
        f"{(20 + at * 37 % 89) / 2 if at % 9 == 4 else 0:.2f}"
        for at in range(120)
    ]
    load(f"Order No,Order Date,E-mail,Total,{header}", rows)
    build_shop(workspace)
    left = sum(float(row.split(",")[3]) - float(row.split(",")[4]) for row in rows)
    with workspace.cursor() as cursor:
        spent = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0]
    assert spent == pytest.approx(left)
