"""Reports written by groups: what stands on a group's first row only, and rows that add a group up."""

from __future__ import annotations

import duckdb

from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.uploads.total_rows import total_lines

MIN_GROUPS = 5
MIN_BLANK = 0.3
MIN_FURTHER = 0.1
NEARLY_ALL, MOST = 0.9, 0.5
_COUNTED = (Kind.ORDERS, Kind.CUSTOMERS, Kind.OTHER)


def read_groups(cursor: duckdb.DuckDBPyConnection, source: Source, book: Book) -> None:
    """Take totals out of a file's rows, then give each row the customer or order that heads its group."""
    if source.person is None or source.kind not in _COUNTED:
        return
    is_of_orders = source.kind is Kind.ORDERS
    orders, people = _gaps(cursor, source) if is_of_orders else (1.0, 0.0)
    totals = _set_totals_aside(cursor, source, book)
    if not is_of_orders:
        return
    if orders and source.has(Role.ORDER_ID) and _heads_order(cursor, source):
        _fill_down(cursor, source, "order_id")
    elif people >= MIN_BLANK and _heads_customer(cursor, source, totals):
        _fill_down(cursor, source, "customer_id")


def _gaps(cursor: duckdb.DuckDBPyConnection, source: Source) -> tuple[float, float]:
    """Return which share of the rows lacks an order or a time, and which a customer."""
    counts = cursor.execute(
        f"""
        SELECT greatest({source.has(Role.ORDER_ID)}::INT * (1 - count(order_id) / count(*)),
                        {source.has(Role.TIMESTAMP)}::INT * (1 - count(moment) / count(*))),
               1 - count(customer_id) / count(*)
        FROM {source.typed_view}"""
    ).fetchall()[0]
    return float(counts[0] or 0), float(counts[1] or 0)


def _set_totals_aside(cursor: duckdb.DuckDBPyConnection, source: Source, book: Book) -> int:
    """Drop the rows that add others up, by arithmetic or because they say so; return how many."""
    lines = total_lines(cursor, source, source.typed_view)
    found = book.record(source.upload, Rule.TOTALS, lines)
    if found:
        book.use(source.upload, source.upload.rows - found)
        cursor.execute(f"DELETE FROM {source.typed_table} WHERE line IN ({lines})")
    return found


def _heads_order(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether an order's number stands on its first row only, with all else that is said of the order."""
    found = cursor.execute(
        f"""
        SELECT arg_min_null(order_id, line) IS NOT NULL
               AND count(order_id) >= {MIN_GROUPS} AND count(order_id) = count(DISTINCT order_id)
               AND count(*) FILTER (order_id IS NULL) >= {MIN_FURTHER} * count(*)
               AND count(*) FILTER (order_id IS NULL AND (customer_id IS NOT NULL OR moment IS NOT NULL)) = 0,
               count(coalesce(product_id, product_name)) FILTER (order_id IS NULL)
                   >= {NEARLY_ALL} * count(*) FILTER (order_id IS NULL)
        FROM {source.typed_view}"""
    ).fetchall()
    heads, name_goods = found[0]
    words = source.columns(Role.CATEGORICAL, Role.CATEGORY, Role.DESCRIPTION, Role.TEXT, Role.IGNORE)
    if name_goods or not heads:
        return bool(heads)
    return any(_goes_on(cursor, source, one.position) for one in words)


def _goes_on(cursor: duckdb.DuckDBPyConnection, source: Source, place: int) -> bool:
    """Whether the further rows cost something, and most have a word that first rows of other orders have."""
    found = cursor.execute(
        f"""
        WITH rows AS (SELECT order_id IS NULL AS further, coalesce(amount, unit_price) AS paid,
                             c{place} AS word
                      FROM {source.typed_view} JOIN {source.raw_table} USING (line))
        SELECT count(DISTINCT word) > 1 AND count(paid) >= {NEARLY_ALL} * count(*)
               AND count(*) FILTER (word IN (SELECT word FROM rows WHERE NOT further)) >= {MOST} * count(*)
        FROM rows WHERE further"""
    ).fetchall()
    return bool(found[0][0])


def _heads_customer(cursor: duckdb.DuckDBPyConnection, source: Source, totals: int) -> bool:
    """Whether a customer stands on the first row of a group: each once, sorted or followed by a total."""
    found = cursor.execute(
        f"""
        WITH rows AS (SELECT line, customer_id FROM {source.typed_view}),
             heads AS (SELECT customer_id, lag(customer_id) OVER (ORDER BY line) AS before FROM rows
                       WHERE customer_id IS NOT NULL)
        SELECT arg_min_null(customer_id, line) IS NOT NULL
               AND count(customer_id) >= {MIN_GROUPS} AND count(customer_id) = count(DISTINCT customer_id)
               AND count(*) - count(customer_id) >= {MIN_BLANK} * count(*)
               AND ({totals} >= 0.8 * count(customer_id)
                    OR (SELECT bool_and(before < customer_id) OR bool_and(before > customer_id) FROM heads))
        FROM rows"""
    ).fetchall()
    return bool(found[0][0])


def _fill_down(cursor: duckdb.DuckDBPyConnection, source: Source, field: str) -> None:
    # Rows of two groups may be equal in all that they write: what they are told by then belongs to them.
    cursor.execute(
        f"""
        UPDATE {source.typed_table} AS mine
        SET {field} = filled.value, content = hash(mine.content, filled.value)
        FROM (SELECT line, last_value({field} IGNORE NULLS) OVER (ORDER BY line) AS value
              FROM {source.typed_view}) AS filled
        WHERE mine.line = filled.line AND mine.{field} IS NULL"""
    )
