"""The figures of the playbook on orders written out by hand, and on a shop recounted another way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from segmentation.action.playbook.order_counts import count_orders
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,quantity,unit_price
1,ann,2024-01-01 09:00:00,1,10.00
2,ann,2024-02-10 09:30:00,2,10.00
2,ann,2024-02-10 09:30:00,1,5.00
3,ann,2024-06-20 21:00:00,1,40.00
4,bob,2024-01-15 12:00:00,1,30.00
5,bob,2024-01-25 12:00:00,1,30.00
6,cem,2024-06-25 20:00:00,3,5.00
7,dot,2024-03-01 08:00:00,1,8.00
8,dot,2024-06-29 08:00:00,-1,8.00
"""


@pytest.fixture
def shop(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Give a workspace with these orders, two segments of two customers each."""
    path = tmp_path_factory.mktemp("files") / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    load_file(workspace, path)
    build_shop(workspace)
    return workspace


def test_every_figure_by_hand(shop: Workspace) -> None:
    ids = np.array(["ann", "bob", "cem", "dot"], dtype=object)
    found = count_orders(shop, ids, {2: np.array([0, 0, 1, 1])}, datetime(2024, 6, 30))[2]
    assert (found.days_covered, found.window, found.year) == (182, 60, 182)
    assert str(found.window_start) == "2024-05-02"
    assert found.known.tolist() == [2, 1]
    assert found.again.tolist() == [1, 0]
    assert found.window_orders.tolist() == [1, 1]
    assert found.window_revenue.tolist() == [40.0, 15.0]
    assert found.revenue.tolist() == [135.0, 15.0]
    assert found.gaps[0] == pytest.approx((171 / 2 + 10) / 2)
    assert np.isnan(found.gaps[1])
    assert found.returning.tolist() == [2, 0]
    assert found.shop_gap == found.gaps[0]
    assert found.weekdays.orders.tolist() == [[2, 0, 0, 2, 0, 1, 0], [0, 1, 0, 0, 1, 0, 0]]
    assert found.weekdays.totals.tolist() == [5, 2]
    assert found.weekdays.squares.tolist() == [13, 2]
    assert found.hours is not None
    assert {hour: int(found.hours.orders[0, hour]) for hour in (9, 12, 21)} == {9: 2, 12: 2, 21: 1}
    assert found.hours.squared[0, 9] == 4
    assert found.hours.crossed[0, 9] == 6


def test_days_without_times_have_no_hours(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order_id,customer_id,order_date,amount\n1,ann,2024-01-01,5.00\n2,bob,2024-01-09,5.00\n")
    load_file(workspace, path)
    build_shop(workspace)
    ids = np.array(["ann", "bob"], dtype=object)
    found = count_orders(workspace, ids, {2: np.array([0, 1])}, datetime(2024, 1, 9))[2]
    assert found.hours is None


def test_without_an_analysis_date_nothing_is_counted(shop: Workspace) -> None:
    assert count_orders(shop, np.array(["ann"], dtype=object), {1: np.array([0])}, None) == {}
