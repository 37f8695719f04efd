"""shop.lines: order lines as they count, with what the files of order heads and payments say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation import formats
from segmentation.intake.cleaning.fees import FeeProducts
from segmentation.intake.cleaning.handed_on import Currencies, JudgedLines, Pairs, Placed, exchanged
from segmentation.intake.cleaning.judge_order_lines import OrderFiles, judge_lines
from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning.merge_customers import GUEST
from segmentation.intake.cleaning.sham_customers import Suspects
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.add_to_lines import add_heads, add_returns
from segmentation.intake.linking.file_ages import forget_ages
from segmentation.intake.linking.find_customers import RowCustomers
from segmentation.intake.linking.money.conversion import account_for_currencies, begin_conversion
from segmentation.intake.linking.money.costs import read_product_costs, settle_costs
from segmentation.intake.linking.newer_exports import find_replaced, oldest_first
from segmentation.intake.linking.order_files import OrderSources, sort_orders
from segmentation.intake.money_rule import Off
from segmentation.intake.roles import Role
from segmentation.intake.shop import Link
from segmentation.intake.typed_reading import COSTS, Source, is_percent
from segmentation.intake.words import REPLACED_ORDERS


def fill_lines(
    cursor: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    rows: RowCustomers,
    currencies: Currencies,
    suspects: Suspects,
    book: Book,
) -> tuple[list[Link], FeeProducts, Placed]:
    """Fill shop.lines from the order files.

    Return the links over order ids, what is only ever a fee, and who placed an order that does not count.

    :param rows: the customers that are rows; of them none repeats another.
    """
    cursor.execute("CREATE OR REPLACE TEMP TABLE fee_products (product_id VARCHAR)")
    cursor.execute("CREATE OR REPLACE TEMP TABLE placed (customer_id VARCHAR)")
    forget_ages(cursor)
    begin_conversion(cursor)
    by_product = read_product_costs(cursor, sources)
    orders = sort_orders(cursor, oldest_first(cursor, sources))
    links = add_heads(cursor, orders, book)
    more, returns = add_returns(cursor, orders, book)
    replaced = {} if rows.sources else find_replaced(cursor, orders.lines)
    for source in (*orders.lines, *returns):
        costs = by_product or book.cleaning.margin is not None or source.has(*COSTS)
        files = _files_of(source, orders, rows, currencies)
        files = replace(files, replaced=replaced.get(source), has_costs=costs)
        judged, pairs = judge_lines(cursor, files, suspects, book.cleaning)
        details = _details(cursor, judged, pairs)
        if files.replaced:
            details |= _replaced_details(cursor, judged)
        if currencies.rates:
            details |= account_for_currencies(cursor, source.upload, judged, book)
        book.tally(source.upload, judged, details)
        settle_costs(cursor, source, judged, book.cleaning.margin)
        _insert(cursor, source, judged)
        _insert_undone(cursor, source, judged, pairs)
        _note_others(cursor, judged)
        cursor.execute(f"DROP TABLE {judged.table}")  # of a large file it is half a gigabyte
    return links + more, FeeProducts("fee_products"), Placed("placed")


def _note_others(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines) -> None:
    """Note what is only ever a fee, and who placed an order that does not count."""
    cursor.execute(
        f"INSERT INTO fee_products SELECT product FROM {judged.table}"
        f" WHERE product IN (SELECT product FROM {judged.table} WHERE is_fee)"
        " GROUP BY product HAVING bool_and(is_fee)"
    )
    cursor.execute(
        f"""
        INSERT INTO placed SELECT DISTINCT customer_id FROM {judged.table}
        WHERE rule IN ('{Rule.CANCELLED}', '{Rule.UNPAID}') AND NOT starts_with(customer_id, '{GUEST}')"""
    )


def _files_of(source: Source, orders: OrderSources, rows: RowCustomers, currencies: Currencies) -> OrderFiles:
    """Describe a file of order lines with the heads that add to it."""
    family = orders.family_of(source)
    has_date = any(member.has(Role.TIMESTAMP) for member in family)
    has_money = any(member.has(Role.AMOUNT, Role.UNIT_PRICE) for member in family)
    return OrderFiles(source, orders.lines, has_date, has_money, currencies, source in rows.sources)


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


def _replaced_details(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines) -> dict[Rule, str]:
    """Say how many orders a newer file holds again."""
    orders = cursor.execute(
        f"SELECT count(DISTINCT order_id) FROM {judged.table} WHERE '{Rule.REPLACED}' IN (rule, spare)"
    ).fetchall()[0][0]
    return {Rule.REPLACED: REPLACED_ORDERS.format(count=orders)} if orders else {}


def _insert(cursor: duckdb.DuckDBPyConnection, source: Source, judged: JudgedLines) -> None:
    """Write the rows that count into shop.lines; what takes back is a return.

    Money refunded in a column of its own, and a purchase whose status says that it came back, are two lines.
    """
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        WITH kept AS (SELECT *, {_discount_share(source, judged)} AS share FROM {judged.rows}
                      WHERE rule IS NULL)
        SELECT customer_id, order_id, product, moment, quantity, amount,
               CASE WHEN share BETWEEN 0 AND 1 THEN share END, backward AND NOT turned, NOT is_fee,
               foreign_currency, own_amount, cost, NULL
        FROM kept"""
    )
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        SELECT customer_id, order_id, product, moment, -quantity, -amount, NULL, true, NOT is_fee,
               foreign_currency, -own_amount, -cost, NULL
        FROM {judged.rows} WHERE rule IS NULL AND turned"""
    )
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        SELECT customer_id, order_id, product, moment, NULL, {exchanged("-abs(refund)")}, NULL, true, true,
               foreign_currency, CASE WHEN foreign_currency IS NOT NULL THEN -abs(refund) END,
               try_cast(cost * {exchanged("-abs(refund)")} / nullif(amount, 0) AS DECIMAL(18,4)), NULL
        FROM {judged.rows} WHERE rule IS NULL AND NOT turned AND refund <> 0"""
    )


def _insert_undone(
    cursor: duckdb.DuckDBPyConnection, source: Source, judged: JudgedLines, pairs: Pairs
) -> None:
    """Write the purchases that are set aside since a later line takes them back, with its moment."""
    cursor.execute(
        f"""
        INSERT INTO shop.undone
        WITH aside AS (SELECT judged.*, {_discount_share(source, judged)} AS share, pairs.pair AS of_two
                       FROM {judged.rows} AS judged JOIN {pairs.table} AS pairs USING (line)
                       WHERE judged.rule = pairs.rule AND moment IS NOT NULL),
             backs AS (SELECT of_two, moment AS undone_at FROM aside WHERE backward)
        SELECT customer_id, order_id, product, moment, quantity, amount,
               CASE WHEN share BETWEEN 0 AND 1 THEN share END, NOT is_fee, undone_at,
               foreign_currency, own_amount, cost, NULL
        FROM aside JOIN backs USING (of_two)
        WHERE NOT backward AND undone_at > moment ORDER BY line"""
    )


def _discount_share(source: Source, judged: JudgedLines) -> str:
    """Return SQL of the share of the price taken off: written as a share, in percent, or in money."""
    column = source.upload.column_of(Role.DISCOUNT)
    if column is None:
        return "NULL::DOUBLE"
    if is_percent(column):
        return "discount / 100"
    rule = source.upload.money
    off = "discount * abs(coalesce(quantity, 1))" if rule and rule.off_way is Off.EACH else "discount"
    in_money = f"{off} / nullif({off} + abs(amount)::DOUBLE, 0)"
    return f"CASE WHEN (SELECT max(discount) FROM {judged.table}) <= 1 THEN discount ELSE {in_money} END"
