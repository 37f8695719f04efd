"""What an export writes on one line of an order, said of the whole: who, when, which state and currency."""

from __future__ import annotations

import duckdb

from segmentation.intake.meaning.orders.order_state_columns import are_of_orders
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source

FIELDS = ("customer_id", "moment", "order_status", "currency")


def complete_orders(cursor: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Give every line of an order what some of its lines say of the order, where they agree.

    A state is the order's where nearly every order has one, or nearly always on its first line; a state that
    stands on single lines (what came back) is theirs alone.
    """
    if source.kind is not Kind.ORDERS or not source.has(Role.ORDER_ID):
        return
    fields = [
        field
        for field in _part_filled(cursor, source)
        if field != "order_status" or are_of_orders(cursor, source.typed_view, "order_id", field)
    ]
    if not fields:
        return
    known = ", ".join(
        f"CASE WHEN min({field}) = max({field}) OR '{field}' IN ('moment', 'order_status')"
        f" THEN arg_min({field}, line) FILTER ({field} IS NOT NULL) END AS {field}"
        for field in fields
    )
    lacking = " OR ".join(f"{field} IS NULL" for field in fields)
    cursor.execute(
        f"""
        WITH lacking AS (SELECT DISTINCT order_id FROM {source.typed_view} WHERE {lacking}),
             told AS (SELECT order_id, {known} FROM {source.typed_view} SEMI JOIN lacking USING (order_id)
                      GROUP BY order_id HAVING count(*) > 1)
        UPDATE {source.typed_table} AS mine
        SET {", ".join(f"{field} = coalesce(mine.{field}, told.{field})" for field in fields)}
        FROM told WHERE mine.order_id = told.order_id"""
    )


def _part_filled(cursor: duckdb.DuckDBPyConnection, source: Source) -> list[str]:
    """Return the fields that some rows have and others lack."""
    counts = ", ".join(f"count({field}) BETWEEN 1 AND count(*) - 1" for field in FIELDS)
    found = cursor.execute(f"SELECT {counts} FROM {source.typed_view}").fetchall()[0]
    return [field for field, part in zip(FIELDS, found, strict=True) if part]
