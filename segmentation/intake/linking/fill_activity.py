"""shop.events, shop.reviews and shop.notes: what customers did on the site and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.handed_on import Judged
from segmentation.intake.cleaning.judge_order_lines import EARLIEST, LATEST, MIDDLE_IS_ODD
from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning.repeated_rows import find_overlaps, find_repeats
from segmentation.intake.cleaning.sham_customers import Suspects
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.find_customers import RowCustomers
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.event_actions import ACTION

_FEW_TYPES = 100
_COLUMNS = {
    Kind.EVENTS: "customer_id, session_id, product_id, moment, event_type",
    Kind.REVIEWS: "customer_id, order_id, product_id, product_name, moment, rating, review_title, body",
}


def fill_events(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], suspects: Suspects, book: Book
) -> None:
    """Fill shop.events, in no order: whoever reads it counts."""
    for source in sources:
        if source.kind is not Kind.EVENTS:
            continue
        judged = _judge(cursor, source, sources, suspects, book)
        book.tally(source.upload, judged)
        action, types = _action(cursor, judged)
        cursor.execute(
            f"""
            INSERT INTO shop.events
            SELECT customer_id, session_id, product_id, moment, {action}
            FROM {judged.table} WHERE rule IS NULL""",
            types,
        )


def _action(cursor: duckdb.DuckDBPyConnection, judged: Judged) -> tuple[str, dict[str, list[str]]]:
    """Return SQL of what a judged event is, with its values: few types are decided once, not by row."""
    kinds = cursor.execute(
        f"""
        WITH types AS (SELECT DISTINCT event_type FROM {judged.table} WHERE event_type IS NOT NULL
                       LIMIT {_FEW_TYPES + 1})
        SELECT {ACTION} AS action, list(event_type) FROM types GROUP BY action"""
    ).fetchall()
    if sum(len(types) for _, types in kinds) > _FEW_TYPES:
        return ACTION, {}
    cases = " ".join(f"WHEN list_contains(${kind}, event_type) THEN '{kind}'" for kind, _ in kinds)
    return f"CASE WHEN event_type IS NULL THEN 'view' {cases} END", dict(kinds)


def fill_reviews(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], suspects: Suspects, book: Book
) -> None:
    """Fill shop.reviews; a review of an order of one product is of that product."""
    for source in sources:
        if source.kind is not Kind.REVIEWS:
            continue
        judged = _judge(cursor, source, sources, suspects, book)
        book.tally(source.upload, judged)
        cursor.execute(
            f"""
            INSERT INTO shop.reviews
            WITH single AS (SELECT order_id, min(product_id) AS product_id FROM shop.lines
                            WHERE order_id IS NOT NULL AND product_id IS NOT NULL
                            GROUP BY order_id HAVING min(product_id) = max(product_id))
            SELECT judged.customer_id, coalesce(judged.product_id, single.product_id, judged.product_name),
                   moment, rating, nullif(concat_ws(chr(10), review_title, body), '')
            FROM {judged.table} AS judged LEFT JOIN single ON judged.order_id = single.order_id
            WHERE rule IS NULL ORDER BY line"""
        )


def _judge(
    cursor: duckdb.DuckDBPyConnection,
    source: Source,
    sources: Sequence[Source],
    suspects: Suspects,
    book: Book,
) -> Judged:
    """Put each event or review under the first rule that finds it, beside the columns of its kind."""
    repeats = find_repeats(cursor, source, str(source.person is not None))
    held_before = find_overlaps(cursor, source, sources if source.person else ())
    applied, spare = suspects.cases(book.cleaning)
    more = {
        Rule.REPEATS: repeats.holds,
        Rule.OVERLAPS: held_before.holds,
        Rule.NO_DATE: f"{source.kind is Kind.EVENTS and source.has(Role.TIMESTAMP)} AND moment IS NULL",
        Rule.ODD_DATES: f"NOT odd_file AND moment NOT BETWEEN {EARLIEST} AND {LATEST}",
    }
    for rule, condition in more.items():
        case = f" WHEN {condition} THEN '{rule}'"
        applied, spare = (applied + case, spare) if book.cleaning.applies(rule) else (applied, spare + case)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged_activity AS
        WITH calendar AS (SELECT {MIDDLE_IS_ODD} AS odd_file FROM {source.typed_view}),
             ruled AS (SELECT *, CASE WHEN customer_id IS NULL THEN '{Rule.NO_CUSTOMER}' {applied} END AS rule
                       FROM {source.typed_view}, calendar)
        SELECT line, amount, {_COLUMNS[source.kind]}, rule,
               (CASE WHEN rule IS NOT NULL THEN NULL {spare} END)::VARCHAR AS spare, line AS pair
        FROM ruled"""
    )
    return Judged("judged_activity")


def fill_notes(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], rows: RowCustomers) -> None:
    """Fill shop.notes with the free texts that are no reviews.

    :param rows: the customers that are rows; there a product's texts are the customer's.
    """
    for source in sources:
        if source.kind is Kind.REVIEWS or (source.kind is Kind.PRODUCTS and source not in rows.sources):
            continue
        for column in _note_columns(source, source in rows.sources):
            cursor.execute(
                f"""
                INSERT INTO shop.notes
                SELECT DISTINCT customer_id, ?, raw.c{column.position} AS text
                FROM {source.raw_table} AS raw JOIN {source.typed_view} AS typed USING (line)
                SEMI JOIN shop.customers USING (customer_id) WHERE text IS NOT NULL ORDER BY ALL""",
                [column.name],
            )


def _note_columns(source: Source, is_customer: bool) -> tuple[Column, ...]:
    texts = source.columns(Role.TEXT, Role.REVIEW_TEXT)
    if is_customer and source.kind in (Kind.PRODUCTS, Kind.OTHER):
        return texts + source.columns(Role.PRODUCT_NAME, Role.DESCRIPTION)
    return texts
