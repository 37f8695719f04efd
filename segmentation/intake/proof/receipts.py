"""Whole orders as they were understood, for a person to hold against their own shop's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import duckdb

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.proof.rows_of_orders import FileLines, RowsBeside, rows_of_orders
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace


class Why(StrEnum):
    """Why an order is shown."""

    TYPICAL = "typical"
    REDUCED = "reduced"
    LATEST = "latest"
    LARGEST = "largest"


@dataclass(frozen=True)
class ReceiptLine:
    """One line as it counts: `discount` is the share of the price taken off (0..1)."""

    product: str | None
    pieces: float | None
    amount: float | None
    discount: float | None
    is_return: bool


@dataclass(frozen=True)
class Receipt:
    """One order: what counts of it, what the files say beside, and where to find it there.

    `total` is net of `refunded`, which is 0 or above; `states` are as the files write them; `beside` are
    numbers that do not count, such as shipping; `set_aside` says by which rule how many rows do not. What was
    paid in another currency than the shop's was `own_total` of `own_currency`.
    """

    why: Why
    customer_id: str
    order_id: str | None
    ordered_at: datetime | None
    lines: tuple[ReceiptLine, ...]
    total: float | None
    refunded: float
    states: tuple[str, ...] = ()
    beside: tuple[RowsBeside, ...] = ()
    rows: tuple[FileLines, ...] = ()
    set_aside: tuple[tuple[Rule, int], ...] = ()
    own_currency: str | None = None
    own_total: float | None = None


class Order(NamedTuple):
    """What tells an order from all others; the moment only where it has no id."""

    customer_id: str
    order_id: str | None
    moment: datetime | None


_ORDERS = """
WITH orders AS (
    SELECT customer_id, order_id, if(order_id IS NULL, ordered_at, NULL) AS moment,
           min(ordered_at) AS ordered_at, count(*) FILTER (NOT is_return) AS lines, sum(amount) AS total,
           bool_or(is_return) OR coalesce(max(discount) > 0, false) AS reduced
    FROM shop.lines GROUP BY ALL HAVING NOT bool_and(is_return)),
usual AS (SELECT median(total) AS middle, max(lines) > 1 AS has_lines FROM orders),
told AS (SELECT orders.*, coalesce(abs(total - middle), 0) AS off,
                lines BETWEEN 2 AND 5 OR NOT has_lines AS fits FROM orders, usual)
SELECT customer_id, order_id, moment FROM told
"""
# Among those alike the customer and the order decide, so that the same files show the same receipts.
_FIRST = {
    Why.LARGEST: "WHERE total IS NOT NULL ORDER BY total DESC, customer_id, order_id, moment",
    Why.REDUCED: "WHERE reduced ORDER BY fits DESC, off, customer_id, order_id, moment",
    Why.TYPICAL: "ORDER BY fits DESC, off, customer_id, order_id, moment",
    Why.LATEST: "WHERE ordered_at IS NOT NULL ORDER BY ordered_at DESC, customer_id, order_id, moment",
}
_SHOWN = (Why.TYPICAL, Why.REDUCED, Why.LATEST, Why.LARGEST)
MOST = 3


def receipts(workspace: Workspace, shop: Shop) -> tuple[Receipt, ...]:
    """Choose three telling orders: a typical one of several lines, a reduced (or the latest), the largest."""
    with workspace.cursor() as cursor:
        chosen = _choose(cursor)
        found = rows_of_orders(cursor, shop, [order for _, order in chosen])
        return tuple(
            Receipt(
                why,
                order.customer_id,
                order.order_id,
                *_as_counted(cursor, order),
                rows.states,
                rows.beside,
                rows.files,
                rows.set_aside,
                *_in_own_currency(cursor, order),
            )
            for (why, order), rows in zip(chosen, found, strict=True)
        )


def _choose(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Why, Order]]:
    chosen: dict[Why, Order] = {}
    for why, first in _FIRST.items():
        candidates = cursor.execute(f"{_ORDERS}{first} LIMIT {MOST}").fetchall()
        left = [order for row in candidates if (order := Order(*row)) not in chosen.values()]
        if left and len(chosen) < MOST:
            chosen[why] = left[0]
    return [(why, chosen[why]) for why in _SHOWN if why in chosen]


def _as_counted(
    cursor: duckdb.DuckDBPyConnection, order: Order
) -> tuple[datetime | None, tuple[ReceiptLine, ...], float | None, float]:
    """Return the moment, lines, total and refund of an order as the shop's tables hold them."""
    rows = cursor.execute(
        """
        WITH named AS (SELECT product_id, any_value(product_name) AS name FROM shop.products GROUP BY 1)
        SELECT ordered_at, coalesce(name, product_id), quantity, amount::DOUBLE, discount, is_return
        FROM shop.lines AS lines LEFT JOIN named USING (product_id)
        WHERE customer_id = $who AND order_id IS NOT DISTINCT FROM $order
              AND ($order IS NOT NULL OR ordered_at IS NOT DISTINCT FROM $moment)
        ORDER BY is_return, lines.rowid""",
        {"who": order.customer_id, "order": order.order_id, "moment": order.moment},
    ).fetchall()
    lines = tuple(ReceiptLine(*row[1:]) for row in rows)
    paid = [line.amount for line in lines if line.amount is not None]
    back = [line.amount for line in lines if line.is_return and line.amount is not None]
    first = min((row[0] for row in rows if row[0]), default=None)
    return first, lines, round(sum(paid), 4) if paid else None, round(0.0 - sum(back), 4)


def _in_own_currency(cursor: duckdb.DuckDBPyConnection, order: Order) -> tuple[str | None, float | None]:
    """Return what an order came to in its own currency, where that is not the shop's."""
    return cursor.execute(
        """
        SELECT min(currency), sum(own_amount)::DOUBLE FROM shop.lines
        WHERE customer_id = $who AND order_id IS NOT DISTINCT FROM $order
              AND ($order IS NOT NULL OR ordered_at IS NOT DISTINCT FROM $moment)""",
        {"who": order.customer_id, "order": order.order_id, "moment": order.moment},
    ).fetchall()[0]
