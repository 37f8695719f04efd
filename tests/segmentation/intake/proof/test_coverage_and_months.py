"""Months, how much counts, and the customer with the most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from segmentation.intake.proof.coverage import Leader, Span, leader, mostly_set_aside, rows_in_all, span
from segmentation.intake.proof.months import MonthFigures, month_figures, months
from segmentation.intake.shop import FileRows, Shop
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,product_name,quantity,unit_price
1,ann,2024-01-03,Blue teapot,1,20.00
1,ann,2024-01-03,Green cup,2,5.00
2,bob,2024-01-10,Blue teapot,1,20.00
3,bob,2024-03-01,Oak tray,1,30.00
4,bob,2024-03-02,Oak tray,-1,10.00
"""


def test_revenue_is_net_of_returns_and_orders_are_purchases(
    workspace: Workspace, build: Callable[..., Shop]
) -> None:
    build(orders=ORDERS)
    found = months(workspace)
    assert found["revenue"].tolist() == [50.0, 20.0]
    assert found["orders"].tolist() == [2, 1]
    with workspace.cursor() as cursor:
        assert month_figures(cursor, date(2024, 3, 1)) == MonthFigures(20.0, 10.0, 1)
        assert month_figures(cursor, date(2024, 2, 1)) == MonthFigures(0.0, 0.0, 0)


def test_the_leader_has_the_most_orders(workspace: Workspace, build: Callable[..., Shop]) -> None:
    build(orders=ORDERS)
    assert leader(workspace) == Leader("bob", 2, 3, 2, 2 / 3, 40 / 70)


def test_nobody_leads_without_orders(workspace: Workspace, build: Callable[..., Shop]) -> None:
    build(people="customer_id,age\nann,30\nbob,40\ncem,31\n")
    assert leader(workspace) is None


def test_more_than_half_set_aside() -> None:
    assert mostly_set_aside(FileRows("a", "a.csv", 133_389, 28_012))
    assert not mostly_set_aside(FileRows("a", "a.csv", 10, 5))


def test_files_add_up(build: Callable[..., Shop]) -> None:
    rows = rows_in_all(build(orders=ORDERS))
    assert (rows.read, rows.used) == (5, 5)


def test_the_span_is_from_the_first_to_the_last_moment(
    workspace: Workspace, build: Callable[..., Shop]
) -> None:
    build(orders=ORDERS)
    assert span(workspace) == Span(datetime(2024, 1, 3), datetime(2024, 3, 2))


def test_without_dates_there_is_no_span(workspace: Workspace, build: Callable[..., Shop]) -> None:
    build(people="customer_id,age\nann,31\nbob,44\n")
    assert span(workspace) is None
