"""How much of the files counts, and how much hangs on one customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.proof.months import ORDER_KEY
from segmentation.intake.roles import Upload
from segmentation.intake.shop import FileRows, Shop
from segmentation.workspace import Workspace

HALF = 0.5


@dataclass(frozen=True)
class Leader:
    """The customer with the most orders, the orders and customers in all, and the largest shares (0..1).

    `revenue_share` is None where nothing was spent, or more was sent back than bought.
    """

    customer_id: str
    orders: int
    orders_of_all: int
    customers: int
    orders_share: float
    revenue_share: float | None


@dataclass(frozen=True)
class Span:
    """The first and the last moment that the rows which count tell of."""

    first: datetime
    last: datetime


def mostly_set_aside(file: FileRows) -> bool:
    """Whether more than half of the rows of a file do not count."""
    return file.used < HALF * file.read


def main_rule(shop: Shop, upload: Upload) -> Rule | None:
    """Return the rule that most rows of a file fall under; None where none is set aside."""
    entries = [entry for entry in shop.set_aside if entry.upload_id == upload.upload_id]
    return max(entries, key=lambda entry: entry.rows).rule if entries else None


def rows_in_all(shop: Shop) -> FileRows:
    """Add up the files; the sum bears no name."""
    return FileRows("", "", sum(file.read for file in shop.files), sum(file.used for file in shop.files))


def span(workspace: Workspace) -> Span | None:
    """Find from when to when customers bought, browsed or wrote; None where no row has a date."""
    with workspace.cursor() as cursor:
        [(first, last)] = cursor.execute(
            """
            WITH moments AS (
                SELECT ordered_at AS moment FROM shop.lines
                UNION ALL SELECT happened_at FROM shop.events
                UNION ALL SELECT reviewed_at FROM shop.reviews)
            SELECT min(moment), max(moment) FROM moments"""
        ).fetchall()
    return Span(first, last) if first else None


def leader(workspace: Workspace) -> Leader | None:
    """Find the customer with the most orders; None where there are none."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            f"""
            WITH customers AS (
                SELECT customer_id, count(DISTINCT {ORDER_KEY}) FILTER (NOT is_return) AS orders,
                       sum(amount) AS spent
                FROM shop.lines GROUP BY customer_id)
            SELECT arg_max(customer_id, (orders, customer_id)), max(orders), sum(orders)::BIGINT,
                   count(*), max(spent)::DOUBLE, sum(spent)::DOUBLE
            FROM customers"""
        ).fetchall()
    customer_id, orders, all_orders, customers, spent, revenue = rows[0]
    if not all_orders:
        return None
    share = spent / revenue if spent is not None and revenue > 0 else None
    return Leader(customer_id, orders, all_orders, customers, orders / all_orders, share)
