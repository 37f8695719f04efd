"""Which orders are shown, and what of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.proof.receipts import ReceiptLine, Why, receipts
from segmentation.intake.proof.rows_of_orders import RowsBeside, as_written
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,status,product_name,quantity,unit_price,shipping_cost
1,ann,2024-01-03,paid,Blue teapot,1,20.00,4.90
1,ann,2024-01-03,paid,Green cup,2,5.50,4.90
2,bob,2024-01-10,paid,Oak tray,9,31.00,0.00
3,cem,2024-02-01,paid,Green cup,1,5.50,4.90
3,cem,2024-02-01,paid,Postage,1,3.00,4.90
4,dot,2024-02-20,paid,Green cup,3,5.50,4.90
"""


def test_a_typical_one_the_latest_and_the_largest(workspace: Workspace, build: Callable[..., Shop]) -> None:
    shown = receipts(workspace, build(orders=ORDERS))
    assert [(one.why, one.order_id) for one in shown] == [
        (Why.TYPICAL, "1"),
        (Why.LATEST, "4"),
        (Why.LARGEST, "2"),
    ]


def test_a_receipt_says_who_when_what_and_where(workspace: Workspace, build: Callable[..., Shop]) -> None:
    first = receipts(workspace, build(orders=ORDERS))[0]
    assert (first.customer_id, first.ordered_at, first.total) == ("ann", datetime(2024, 1, 3), 31.0)
    assert first.lines == (
        ReceiptLine("Blue teapot", 1.0, 20.0, None, False),
        ReceiptLine("Green cup", 2.0, 11.0, None, False),
    )
    assert first.states == ("paid",)
    assert first.beside == (RowsBeside("shipping_cost", 4.9),)
    [place] = first.rows
    assert (place.file_name, place.lines) == ("orders.csv", (2, 3))
    assert as_written(workspace, place)["product_name"].tolist() == ["Blue teapot", "Green cup"]


def test_what_was_set_aside_is_told(workspace: Workspace, build: Callable[..., Shop]) -> None:
    shown = receipts(workspace, build(orders=ORDERS.replace("Green cup,1,5.50", "Green cup,99,5.50")))
    largest = next(one for one in shown if one.why is Why.LARGEST)
    assert largest.total == 544.5
    assert largest.rows[0].lines == (5, 6)
    assert largest.set_aside == ((Rule.NON_PRODUCTS, 1),)


def test_a_reduced_order_comes_before_the_latest(workspace: Workspace, build: Callable[..., Shop]) -> None:
    shop = build(
        orders="""order_id,customer_id,order_date,product_name,quantity,unit_price
1,ann,2024-01-03,Blue teapot,3,20.00
1,ann,2024-01-04,Blue teapot,-1,20.00
2,bob,2024-01-10,Oak tray,9,31.00
3,cem,2024-02-01,Green cup,1,5.50
4,dot,2024-02-20,Green cup,3,5.50
"""
    )
    reduced = next(one for one in receipts(workspace, shop) if one.why is Why.REDUCED)
    assert (reduced.order_id, reduced.total, reduced.refunded) == ("1", 40.0, 20.0)


def test_without_order_ids_customer_and_moment_lead_to_the_rows(
    workspace: Workspace, build: Callable[..., Shop]
) -> None:
    shop = build(
        orders="customer_id,order_date,amount\nann,2024-01-03,20.00\nbob,2024-01-04,9.00\nann,2024-02-03,7.00\n"
    )
    largest = next(one for one in receipts(workspace, shop) if one.why is Why.LARGEST)
    assert largest.order_id is None
    assert largest.rows[0].lines == (2,)


def test_shuffled_rows_show_the_same_orders(workspace: Workspace, build: Callable[..., Shop]) -> None:
    head, *rows = ORDERS.splitlines()
    shown = receipts(workspace, build(orders="\n".join([head, *reversed(rows)])))
    assert [one.order_id for one in shown] == ["1", "4", "2"]
