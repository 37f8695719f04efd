"""shop.events, shop.reviews and shop.notes: what customers did on the site and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cast import filled
from segmentation.intake.clean import NO_CUSTOMER, NO_DATE, REPEATED, read_ledger
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.shop import SetAside
from segmentation.intake.typed import Source

_CART = "cart|basket|bag|warenkorb|carrinho|carrito|panier|加购|购物车"
_PURCHASE = "purchase|buy|bought|order|transaction|checkout|kauf|compra|achat|购买|下单"
_VIEW = "view|click|visit|page|pv|browse|浏览|点击"
_ACTION = f"""
    CASE WHEN event_type IS NULL THEN 'view'
         WHEN regexp_matches(lower(event_type), 'remove|wish|search') THEN 'other'
         WHEN regexp_matches(lower(event_type), '{_CART}') THEN 'cart'
         WHEN regexp_matches(lower(event_type), '{_PURCHASE}') THEN 'purchase'
         WHEN regexp_matches(lower(event_type), '{_VIEW}') THEN 'view'
         ELSE 'other' END"""


def fill_events(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[SetAside]:
    """Fill shop.events; return the ledger."""
    ledger: list[SetAside] = []
    for source in sources:
        if source.kind is not Kind.EVENTS:
            continue
        _judge(cursor, source, f"WHEN {source.has(Role.TIMESTAMP)} AND moment IS NULL THEN '{NO_DATE}'")
        ledger += read_ledger(cursor, source)
        cursor.execute(
            f"""
            INSERT INTO shop.events
            SELECT customer_id, session_id, product_id, moment, {_ACTION}
            FROM judged WHERE rule IS NULL ORDER BY line"""
        )
    return ledger


def fill_reviews(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[SetAside]:
    """Fill shop.reviews; a review of an order of one product is of that product. Return the ledger."""
    ledger: list[SetAside] = []
    for source in sources:
        if source.kind is not Kind.REVIEWS:
            continue
        _judge(cursor, source, "")
        ledger += read_ledger(cursor, source)
        cursor.execute(
            """
            INSERT INTO shop.reviews
            WITH single AS (SELECT order_id, min(product_id) AS product_id FROM shop.lines
                            WHERE order_id IS NOT NULL AND product_id IS NOT NULL
                            GROUP BY order_id HAVING count(DISTINCT product_id) = 1)
            SELECT judged.customer_id, coalesce(judged.product_id, single.product_id, judged.product_name),
                   moment, rating, nullif(concat_ws(chr(10), review_title, body), '')
            FROM judged LEFT JOIN single ON judged.order_id = single.order_id
            WHERE rule IS NULL ORDER BY line"""
        )
    return ledger


def _judge(cursor: duckdb.DuckDBPyConnection, source: Source, more: str) -> None:
    repeated = "row_number() OVER (PARTITION BY content ORDER BY line) > 1" if source.person else "false"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT *, CASE WHEN customer_id IS NULL THEN '{NO_CUSTOMER}'
                       WHEN {repeated} THEN '{REPEATED}' {more} END AS rule
        FROM {source.table}"""
    )


def fill_notes(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], rows: Sequence[Source]) -> None:
    """Fill shop.notes with the free texts that are no reviews.

    :param rows: the sources whose rows are the customers; there a product's texts are the customer's.
    """
    for source in sources:
        if source.kind is Kind.REVIEWS or (source.kind is Kind.PRODUCTS and source not in rows):
            continue
        for column in _note_columns(source, source in rows):
            cursor.execute(
                f"""
                INSERT INTO shop.notes
                WITH texts AS (SELECT line, {filled(f"c{column.position}")} AS text FROM {source.raw})
                SELECT DISTINCT customer_id, ?, text FROM texts JOIN {source.table} AS typed USING (line)
                WHERE customer_id IS NOT NULL AND text IS NOT NULL ORDER BY ALL""",
                [column.name],
            )


def _note_columns(source: Source, is_customer: bool) -> tuple[Column, ...]:
    texts = source.columns(Role.TEXT, Role.REVIEW_TEXT)
    if is_customer and source.kind in (Kind.PRODUCTS, Kind.OTHER):
        return texts + source.columns(Role.PRODUCT_NAME, Role.DESCRIPTION)
    return texts
