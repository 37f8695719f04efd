"""What the files of order heads and of returns say, written to the order lines that they are about."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.credits import VALUE, credit_words
from segmentation.intake.linking.find_customers import order_link
from segmentation.intake.linking.order_files import OrderSources, loss_of, money_of_returns
from segmentation.intake.linking.pieces_again import worth_of_pieces
from segmentation.intake.meaning.orders.order_state_columns import worst
from segmentation.intake.roles import Role
from segmentation.intake.shop import Link
from segmentation.intake.typed_reading import Source, overlap
from segmentation.intake.values.cast import money
from segmentation.intake.values.order_states import State

LESS, OFTEN_LESS = 0.995, 0.05
ALL_BUT_FEW = 0.9
_GRAVEST = f"arg_min(order_status, list_position({[str(state) for state in State]}, order_status))"


def add_heads(cursor: duckdb.DuckDBPyConnection, orders: OrderSources, book: Book) -> list[Link]:
    """Copy what the heads say to the lines; return the links by which they were found."""
    links = []
    for head, bases in orders.heads.items():
        for base in bases:
            share = overlap(cursor, (base.typed_view, "order_id"), (head.typed_view, "order_id"))
            links.append(order_link(base, head, share))
        _account(cursor, head, bases, book)
    for base in orders.lines:
        _, *heads = orders.family_of(base)
        if heads:
            _merge_heads(cursor, base, heads[::-1])
            _take_off_what_heads_say(cursor, base, heads)
    return links


def _account(cursor: duckdb.DuckDBPyConnection, source: Source, bases: Sequence[Source], book: Book) -> None:
    """Write down the rows whose orders no file of lines holds."""
    known = " UNION ALL ".join(f"SELECT order_id FROM {base.typed_view}" for base in bases)
    lines = f"SELECT line FROM {source.typed_view} ANTI JOIN ({known}) USING (order_id)"
    without = book.record(source.upload, Rule.NO_LINES, lines)
    book.use(source.upload, source.upload.rows - without)


def _merge_heads(cursor: duckdb.DuckDBPyConnection, base: Source, heads: Sequence[Source]) -> None:
    """Copy date and status of the order's head to its lines, and the total where lines have no money.

    :param heads: the newest first; of an order that several hold it alone counts.
    """
    paid = any(head.has(Role.AMOUNT) for head in heads)
    needs_money = not base.has(Role.AMOUNT, Role.UNIT_PRICE) and paid
    amount = "coalesce(lines.amount, heads.amount / counts.n)" if needs_money else "lines.amount"
    named = not base.has(Role.CURRENCY) and any(head.has(Role.CURRENCY) for head in heads)
    # What a column names says more than the mark beside an amount, which many exports write on all alike.
    currency = ", ".join(("heads.currency", "lines.currency")[:: 1 if named else -1])
    told = " UNION ALL ".join(
        f"SELECT order_id, min(moment) AS moment, {_GRAVEST} AS order_status, min(currency) AS currency,"
        f" sum(amount) AS amount, {age} AS age FROM {head.typed_view} GROUP BY order_id"
        for age, head in enumerate(heads)
    )
    cursor.execute(
        f"""
        WITH told AS ({told}),
             heads AS (SELECT * FROM told QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY age) = 1),
             counts AS (SELECT order_id, count(*) AS n FROM {base.typed_view} GROUP BY order_id)
        UPDATE {base.typed_table} AS lines
        SET moment = coalesce(heads.moment, lines.moment),
            order_status = {worst(["lines.order_status", "heads.order_status"])},
            currency = coalesce({currency}),
            amount = {amount}
        FROM heads JOIN counts USING (order_id) WHERE lines.order_id = heads.order_id"""
    )


def _take_off_what_heads_say(
    cursor: duckdb.DuckDBPyConnection, base: Source, heads: Sequence[Source]
) -> None:
    """Let lines cost what the heads say, where many of these say less: a discount of whole orders."""
    paid = [head.typed_view for head in heads if head.has(Role.AMOUNT)]
    if not paid or not base.has(Role.AMOUNT, Role.UNIT_PRICE):
        return
    told = " UNION ALL ".join(f"SELECT order_id, amount FROM {head}" for head in paid)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE less AS
        WITH heads AS (SELECT order_id, max(amount) AS paid FROM ({told}) GROUP BY order_id),
             orders AS (SELECT order_id, sum({VALUE}) AS cost FROM {base.typed_view}
                        WHERE order_id IS NOT NULL GROUP BY order_id HAVING min({VALUE}) >= 0)
        SELECT order_id, (paid / cost)::DOUBLE AS share FROM orders JOIN heads USING (order_id)
        WHERE cost > 0 AND paid >= 0"""
    )
    cursor.execute(
        f"""
        UPDATE {base.typed_table} AS lines SET amount = found.paid
        FROM (SELECT line, ({VALUE} * share)::DECIMAL(18,4) AS paid
              FROM {base.typed_view} JOIN less USING (order_id) WHERE share < {LESS}) AS found
        WHERE lines.line = found.line AND (SELECT avg((share < {LESS})::INT) FROM less) >= {OFTEN_LESS}"""
    )


def add_returns(
    cursor: duckdb.DuckDBPyConnection, orders: OrderSources, book: Book
) -> tuple[list[Link], list[Source]]:
    """Say of the lines what files of returns say; return the links, and the files that are lines themselves.

    A file with money takes that much back on its own days, also where it names no orders; one without says
    that whole orders, or products of them, came back.
    """
    links, own = [], []
    for source, bases in orders.returns.items():
        for base in bases:
            share = overlap(cursor, (source.typed_view, "order_id"), (base.typed_view, "order_id"))
            links.append(order_link(source, base, share))
        paid = worth_of_pieces(cursor, source, bases) or _said_sum(source)
        counted = not paid and _price_pieces(cursor, source, bases)
        if paid or counted or source.has(Role.UNIT_PRICE):
            _take_back(cursor, source, paid, bases)
            own.append(source)
            continue
        for base in bases:
            _mark_lost(cursor, source, base)
        _account(cursor, source, bases, book)
    for source, bases in orders.credits.items():
        book.notes.append(credit_words(cursor, source, bases))
        _take_back(cursor, source, _said_sum(source), ())
        own.append(source)
    return links, own


def _said_sum(source: Source) -> str | None:
    """Return SQL of what the column of money given back says."""
    paid = money_of_returns(source)
    return money(f"c{paid.position}", paid.value_format) if paid else None


def _take_back(
    cursor: duckdb.DuckDBPyConnection, source: Source, paid: str | None, bases: Sequence[Source]
) -> None:
    """Make each row a line that takes back: the money given back is its own, the currency its order's.

    :param paid: SQL of that money; the typed amount where there is none.
    """
    amount = paid or "typed.amount"
    clear = ", refund = NULL" if source.has(Role.REFUND) else ""
    cursor.execute(
        f"""
        UPDATE {source.typed_table} AS typed SET amount = {amount}, order_status = '{State.TAKES_BACK}'{clear}
        FROM {source.raw_table} AS raw WHERE raw.line = typed.line"""
    )
    named = " UNION ALL ".join(f"SELECT order_id, currency FROM {base.typed_view}" for base in bases)
    if not named:
        return
    cursor.execute(
        f"""
        UPDATE {source.typed_table} AS typed SET currency = paid.currency
        FROM (SELECT order_id, min(currency) AS currency FROM ({named}) WHERE currency IS NOT NULL
              GROUP BY order_id) AS paid
        WHERE typed.order_id = paid.order_id AND typed.currency IS NULL"""
    )


def _price_pieces(cursor: duckdb.DuckDBPyConnection, source: Source, bases: Sequence[Source]) -> bool:
    """Let pieces that came back be worth what their line cost, on their day or their order's; say if any are.

    Only where nearly all rows name goods of their order.
    """
    goods = Role.PRODUCT_ID if source.has(Role.PRODUCT_ID) else Role.PRODUCT_NAME
    told = goods, Role.QUANTITY
    known = [base for base in bases if all(one.has(role) for one in (source, base) for role in told)]
    if not known or source.has(Role.UNIT_PRICE):
        return False
    lines = " UNION ALL ".join(
        f"SELECT order_id, {goods} AS thing, quantity, moment, {VALUE} AS amount FROM {base.typed_view}"
        for base in known
    )
    bought = f"""
        SELECT order_id, thing, min(moment) AS moment, (sum(amount) / sum(quantity))::DECIMAL(18,4) AS each
        FROM ({lines}) WHERE quantity > 0 AND amount IS NOT NULL GROUP BY ALL"""
    of = f"lines.order_id = told.order_id AND lines.thing = told.{goods}"
    told_of = f"{source.typed_view} AS told LEFT JOIN ({bought}) AS lines ON {of}"
    [(share,)] = cursor.execute(f"SELECT avg((each IS NOT NULL)::INT) FROM {told_of}").fetchall()
    if share < ALL_BUT_FEW:
        return False
    cursor.execute(
        f"""
        UPDATE {source.typed_table} AS told
        SET amount = (each * abs(told.quantity))::DECIMAL(18,4), moment = coalesce(told.moment, lines.moment)
        FROM ({bought}) AS lines WHERE {of}"""
    )
    return True


def _mark_lost(cursor: duckdb.DuckDBPyConnection, source: Source, base: Source) -> None:
    state = loss_of(source) or State.RETURNED
    product = next(
        (
            field
            for role, field in ((Role.PRODUCT_ID, "product_id"), (Role.PRODUCT_NAME, "product_name"))
            if source.has(role) and base.has(role)
        ),
        None,
    )
    same = f" AND lines.{product} = lost.{product}" if product else ""
    cursor.execute(
        f"""
        UPDATE {base.typed_table} AS lines SET order_status = coalesce(lost.state, '{state}')
        FROM (SELECT order_id{f", {product}" if product else ""}, {_GRAVEST} AS state
              FROM {source.typed_view} GROUP BY ALL) AS lost
        WHERE lines.order_id = lost.order_id{same}"""
    )
