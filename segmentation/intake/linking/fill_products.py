"""shop.products: what the product files and the rows of the other files say about each product."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.fees import FeeProducts, named_like_a_fee
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source

PRODUCT_LABEL = """
coalesce(
    product_name,
    nullif(category, product_id) || ' · '
        || if(regexp_full_match(product_id, '[0-9a-fA-F-]{24,}'), left(product_id, 6) || '…', product_id),
    product_id)"""
"""What to call a product, as SQL over shop.products: without a name, its category and id, a digest cut."""


def fill_products(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], fees: FeeProducts) -> None:
    """Fill shop.products; a product file wins over order lines, then the most frequent value counts.

    What is only ever a fee is no product.
    """
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE product_facts (product_id VARCHAR, product_name VARCHAR,"
        " category VARCHAR, description VARCHAR, unit_price DOUBLE, n BIGINT, rank INTEGER)"
    )
    for source in sources:
        if source.has(Role.PRODUCT_ID, Role.PRODUCT_NAME) or source.kind in (Kind.ORDERS, Kind.EVENTS):
            cursor.execute(
                f"""
                INSERT INTO product_facts
                SELECT coalesce(product_id, product_name, category) AS product, product_name, category,
                       description, unit_price::DOUBLE, count(*), ?
                FROM {source.typed_view} WHERE product IS NOT NULL
                GROUP BY product, product_name, category, description, unit_price""",
                [0 if source.kind is Kind.PRODUCTS else 1],
            )
    cursor.execute(
        f"""
        INSERT INTO shop.products
        WITH ids AS (SELECT DISTINCT product_id FROM product_facts),
             names AS ({_most_common("product_name")}),
             categories AS ({_most_common("category")}),
             descriptions AS ({_most_common("description")}),
             priced AS (SELECT product_id, unit_price AS price,
                               sum(n) OVER (PARTITION BY product_id ORDER BY unit_price) AS up_to_here,
                               sum(n) OVER (PARTITION BY product_id) AS rows
                        FROM product_facts WHERE unit_price > 0),
             middles AS (SELECT product_id, min(price) FILTER (2 * up_to_here >= rows) AS lower,
                                min(price) FILTER (2 * up_to_here > rows) AS upper
                         FROM priced GROUP BY product_id),
             prices AS (SELECT product_id, (lower + upper) / 2 AS value FROM middles)
        SELECT ids.product_id, names.value, categories.value, descriptions.value, prices.value
        FROM ids
        LEFT JOIN names ON names.product_id = ids.product_id
        LEFT JOIN categories ON categories.product_id = ids.product_id
        LEFT JOIN descriptions ON descriptions.product_id = ids.product_id
        LEFT JOIN prices ON prices.product_id = ids.product_id
        WHERE ids.product_id NOT IN (SELECT product_id FROM {fees.table})
            AND NOT {named_like_a_fee("names.value")}
        ORDER BY ids.product_id"""
    )


def _most_common(field: str) -> str:
    return f"""
        SELECT product_id, {field} AS value
        FROM (SELECT product_id, {field}, min(rank) AS rank, sum(n) AS n FROM product_facts
              WHERE {field} IS NOT NULL GROUP BY product_id, {field})
        QUALIFY row_number() OVER (PARTITION BY product_id ORDER BY rank, n DESC, {field}) = 1"""
