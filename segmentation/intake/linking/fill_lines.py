"""shop.lines: order lines as they count, with what the files of order heads and payments say of them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation import formats
from segmentation.intake.cleaning.fees import FeeProducts
from segmentation.intake.cleaning.handed_on import JudgedLines, Pairs
from segmentation.intake.cleaning.judge_order_lines import OrderFiles, judge_lines
from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning.sham_customers import Suspects
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.find_customers import MIN_OVERLAP, RowCustomers, order_link, overlap
from segmentation.intake.roles import Kind, Role
from segmentation.intake.shop import Link
from segmentation.intake.typed_reading import Source, is_percent


def fill_lines(
    cursor: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    rows: RowCustomers,
    currency: str | None,
    suspects: Suspects,
    book: Book,
) -> tuple[list[Link], FeeProducts]:
    """Fill shop.lines from the order files; return the links over order ids, and what is only ever a fee.

    :param rows: the customers that are rows; of them none repeats another.
    """
    orders = [source for source in sources if source.kind is Kind.ORDERS]
    cursor.execute("CREATE OR REPLACE TEMP TABLE fee_products (product_id VARCHAR)")
    links: list[Link] = []
    helpers: dict[str, Source] = {}
    for source in orders:
        base = _base_of(cursor, source, orders)
        if base:
            helpers[source.upload.upload_id] = base
    for source in orders:
        base = helpers.get(source.upload.upload_id)
        if base:
            share = overlap(cursor, (base.typed_view, "order_id"), (source.typed_view, "order_id"))
            links.append(order_link(base, source, share))
            _merge_header(cursor, base, source)
            lines = f"SELECT line FROM {source.typed_view} ANTI JOIN {base.typed_view} USING (order_id)"
            without = book.record(source.upload, Rule.NO_LINES, lines)
            book.use(source.upload, source.upload.rows - without)
    lines_files = [source for source in orders if source.upload.upload_id not in helpers]
    for source in lines_files:
        family = [source, *(other for other in orders if helpers.get(other.upload.upload_id) is source)]
        has_date = any(member.has(Role.TIMESTAMP) for member in family)
        has_money = any(member.has(Role.AMOUNT, Role.UNIT_PRICE) for member in family)
        files = OrderFiles(source, lines_files, has_date, has_money, currency, source in rows.sources)
        judged, pairs = judge_lines(cursor, files, suspects, book.cleaning)
        book.tally(source.upload, judged, _details(cursor, judged, pairs))
        _insert(cursor, source, judged)
        cursor.execute(
            f"INSERT INTO fee_products SELECT product FROM {judged.table} WHERE product IS NOT NULL"
            " GROUP BY product HAVING bool_and(is_fee)"
        )
    return links, FeeProducts("fee_products")


def _details(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines, pairs: Pairs) -> dict[Rule, str]:
    """Say how many purchases were undone and what they were worth, since a pair's revenue is nothing."""
    found = cursor.execute(
        f"""
        SELECT pairs.rule, count(*), sum(amount)
        FROM {pairs.table} AS pairs JOIN {judged.table} USING (line)
        WHERE NOT backward GROUP BY pairs.rule"""
    ).fetchall()
    return {
        Rule(rule): f"{count:,} purchases" + (f" worth {formats.number(float(worth))}" if worth else "")
        for rule, count, worth in found
    }


def _rank(source: Source) -> tuple[bool, bool, bool]:
    """Order files by how close they are to order lines: products, then who and when, then money."""
    return (
        source.has(Role.PRODUCT_ID, Role.PRODUCT_NAME),
        source.person is not None or source.has(Role.TIMESTAMP),
        source.has(Role.AMOUNT, Role.UNIT_PRICE),
    )


def _base_of(cursor: duckdb.DuckDBPyConnection, source: Source, orders: Sequence[Source]) -> Source | None:
    """Return the file of order lines that this file only adds to (order heads, payments), if there is one."""
    if not source.has(Role.ORDER_ID):
        return None
    for other in sorted(orders, key=_rank, reverse=True):
        if other is source or not other.has(Role.ORDER_ID) or _rank(other) <= _rank(source):
            continue
        if overlap(cursor, (other.typed_view, "order_id"), (source.typed_view, "order_id")) >= MIN_OVERLAP:
            return other
    return None


def _merge_header(cursor: duckdb.DuckDBPyConnection, base: Source, header: Source) -> None:
    """Copy date and status of the order's head to its lines, and the total where lines have no money."""
    needs_money = not base.has(Role.AMOUNT, Role.UNIT_PRICE) and header.has(Role.AMOUNT)
    amount = "coalesce(lines.amount, heads.amount / counts.n)" if needs_money else "lines.amount"
    cursor.execute(
        f"""
        WITH heads AS (SELECT order_id, min(moment) AS moment, min(order_status) AS order_status,
                              min(currency) AS currency, sum(amount) AS amount
                       FROM {header.typed_view} GROUP BY order_id),
             counts AS (SELECT order_id, count(*) AS n FROM {base.typed_view} GROUP BY order_id)
        UPDATE {base.typed_table} AS lines
        SET moment = coalesce(heads.moment, lines.moment),
            order_status = coalesce(lines.order_status, heads.order_status),
            currency = coalesce(lines.currency, heads.currency),
            amount = {amount}
        FROM heads JOIN counts USING (order_id) WHERE lines.order_id = heads.order_id"""
    )


def _insert(cursor: duckdb.DuckDBPyConnection, source: Source, judged: JudgedLines) -> None:
    """Write the rows that count into shop.lines; what takes back is a return.

    Money refunded in a column of its own, and a purchase whose status says that it came back, are two lines.
    """
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        WITH kept AS (SELECT *, {_discount_share(source, judged)} AS share FROM {judged.table}
                      WHERE rule IS NULL)
        SELECT customer_id, order_id, product, moment, quantity, amount,
               CASE WHEN share BETWEEN 0 AND 1 THEN share END, backward AND NOT turned, NOT is_fee
        FROM kept ORDER BY line"""
    )
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        SELECT customer_id, order_id, product, moment, -quantity, -amount, NULL, true, NOT is_fee
        FROM {judged.table} WHERE rule IS NULL AND turned ORDER BY line"""
    )
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        SELECT customer_id, order_id, product, moment, NULL, -abs(refund), NULL, true, true
        FROM {judged.table} WHERE rule IS NULL AND NOT turned AND refund <> 0 ORDER BY line"""
    )


def _discount_share(source: Source, judged: JudgedLines) -> str:
    """Return SQL of the share of the price taken off: written as a share, in percent, or in money."""
    column = source.upload.column_of(Role.DISCOUNT)
    if column is None:
        return "NULL::DOUBLE"
    if is_percent(column):
        return "discount / 100"
    in_money = "discount / nullif(discount + abs(amount)::DOUBLE, 0)"
    return f"CASE WHEN (SELECT max(discount) FROM {judged.table}) <= 1 THEN discount ELSE {in_money} END"
