"""What a column that does not count adds up to in a month: shipping, tax, a discount on the whole order."""

from __future__ import annotations

from datetime import date

import duckdb

from segmentation.intake.meaning.orders.order_key import order_number
from segmentation.intake.roles import Column, Upload
from segmentation.intake.values.cast import number
from segmentation.workspace import quote_identifier

ONCE = 0.95


def sum_of_column(cursor: duckdb.DuckDBPyConnection, upload: Upload, column: Column, month: date) -> float:
    """Add up a column over the orders of a month, once for an order where its lines repeat one value.

    Only orders that count are added: those of shop.lines. Nothing where the file has no order ids.
    """
    order = order_number(upload.columns)
    if order is None:
        return 0.0
    value = number(f"c{column.position}", column.value_format)
    [(total,)] = cursor.execute(
        f"""
        WITH cells AS (SELECT {order} AS order_id, {value} AS value
                       FROM {quote_identifier(upload.raw_table)}),
             orders AS (SELECT order_id, sum(value) AS total, min(value) AS least, max(value) AS most,
                               count(*) AS lines
                        FROM cells WHERE order_id IS NOT NULL GROUP BY order_id),
             habit AS (SELECT coalesce(avg((least = most)::INT) >= {ONCE}, false) AS repeats
                       FROM orders WHERE lines > 1 AND total <> 0),
             counted AS (SELECT order_id FROM shop.lines WHERE NOT is_return GROUP BY order_id
                         HAVING date_trunc('month', min(ordered_at)) = date_trunc('month', ?::DATE))
        SELECT coalesce(sum(if(repeats, most, total)), 0)
        FROM orders SEMI JOIN counted USING (order_id), habit""",
        [month],
    ).fetchall()
    return float(total)
