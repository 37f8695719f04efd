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


_FIELDS = ("product_name", "category", "description", "unit_price")
_MIDDLE_PRICE = """
    WITH priced AS (SELECT product_id, unit_price AS price,
                           sum(n) OVER (PARTITION BY product_id ORDER BY unit_price) AS up_to_here,
                           sum(n) OVER (PARTITION BY product_id) AS rows
                    FROM product_facts WHERE unit_price > 0),
         middles AS (SELECT product_id, min(price) FILTER (2 * up_to_here >= rows) AS lower,
                            min(price) FILTER (2 * up_to_here > rows) AS upper
                     FROM priced GROUP BY product_id)
    SELECT product_id, (lower + upper) / 2 AS value FROM middles"""


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
    filled = cursor.execute(f"SELECT {', '.join(f'count({one})' for one in _FIELDS)} FROM product_facts")
    said = [one for one, count in zip(_FIELDS, filled.fetchall()[0], strict=True) if count]
    values = [f"{one}s.value" if one in said else "NULL" for one in _FIELDS]
    cursor.execute(
        f"""
        INSERT INTO shop.products
        WITH ids AS (SELECT DISTINCT product_id FROM product_facts){"".join(map(_values, said))}
        SELECT ids.product_id, {", ".join(values)}
        FROM ids {" ".join(f"LEFT JOIN {one}s ON {one}s.product_id = ids.product_id" for one in said)}
        WHERE ids.product_id NOT IN (SELECT product_id FROM {fees.table})
            AND NOT {named_like_a_fee(values[0])}
        ORDER BY ids.product_id"""
    )


def _values(field: str) -> str:
    """Return the common table expression of a field that some product has: product_id, value."""
    return f", {field}s AS ({_MIDDLE_PRICE if field == 'unit_price' else _most_common(field)})"


def _most_common(field: str) -> str:
    return f"""
        SELECT product_id, {field} AS value
        FROM (SELECT product_id, {field}, min(rank) AS rank, sum(n) AS n FROM product_facts
              WHERE {field} IS NOT NULL GROUP BY product_id, {field})
        QUALIFY row_number() OVER (PARTITION BY product_id ORDER BY rank, n DESC, {field}) = 1"""
