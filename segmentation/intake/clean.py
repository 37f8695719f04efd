"""Order lines as they count: what is a return, what is no product, and what is set aside by which rule."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.people import MIN_OVERLAP, order_link, overlap
from segmentation.intake.roles import Kind, Role
from segmentation.intake.shop import Link, SetAside
from segmentation.intake.typed import Source, is_percent

NO_CUSTOMER = "no customer"
REPEATED = "exact repeat of an earlier row"
CANCELLED = "cancelled order"
NO_DATE = "no readable date"
NO_AMOUNT = "no readable amount"
OTHER_CURRENCY = "in another currency"
NO_LINES = "order without lines"

_CANCELLED = "cancel|canceled|void|fail|unavailable|declin|rejected|storniert|annul|取消"
_RETURNED = "return|refund|devol|rembours|erstatt|retour|退"
_FEE_WORDS = (
    "postage|carriage|shipping|delivery|freight|manual|discount|bank charges?|amazon fee|commission|adjust|"
    "adjustments?|samples?|versand|versandkosten|porto|frete|envio|env[ií]o|gastos de env[ií]o|frais de port|"
    "livraison|gift wrap|cruk commission|bad debt|运费|邮费"
)
FEE_NAME = rf"(dotcom )?({_FEE_WORDS})( (fees?|costs?|charges?|bad debt))?"


def fill_lines(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], rows: Sequence[Source], currency: str | None
) -> tuple[list[SetAside], list[Link]]:
    """Fill shop.lines from the order files; return the ledger and the links over order ids.

    :param rows: the sources whose rows are the customers; there no row repeats another.
    """
    orders = [source for source in sources if source.kind is Kind.ORDERS]
    ledger: list[SetAside] = []
    links: list[Link] = []
    helpers: dict[str, Source] = {}
    for source in orders:
        base = _base_of(cursor, source, orders)
        if base:
            helpers[source.upload.upload_id] = base
    for source in orders:
        base = helpers.get(source.upload.upload_id)
        if base:
            links.append(
                order_link(
                    base, source, overlap(cursor, (base.table, "order_id"), (source.table, "order_id"))
                )
            )
            _merge_header(cursor, base, source)
            ledger += _orphans(cursor, base, source)
    for source in orders:
        if source.upload.upload_id in helpers:
            continue
        family = [source, *(other for other in orders if helpers.get(other.upload.upload_id) is source)]
        has_date = any(member.has(Role.TIMESTAMP) for member in family)
        has_money = any(member.has(Role.AMOUNT, Role.UNIT_PRICE) for member in family)
        _judge(cursor, source, has_date, has_money, currency, source in rows)
        ledger += read_ledger(cursor, source)
        _insert(cursor, source)
    return ledger, links


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
        if overlap(cursor, (other.table, "order_id"), (source.table, "order_id")) >= MIN_OVERLAP:
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
                       FROM {header.table} GROUP BY order_id),
             counts AS (SELECT order_id, count(*) AS n FROM {base.table} GROUP BY order_id)
        UPDATE {base.table} AS lines
        SET moment = coalesce(heads.moment, lines.moment),
            order_status = coalesce(lines.order_status, heads.order_status),
            currency = coalesce(lines.currency, heads.currency),
            amount = {amount}
        FROM heads JOIN counts USING (order_id) WHERE lines.order_id = heads.order_id"""
    )


def _orphans(cursor: duckdb.DuckDBPyConnection, base: Source, header: Source) -> list[SetAside]:
    rows = cursor.execute(
        f"SELECT count(*) FROM {header.table} ANTI JOIN {base.table} USING (order_id)"
    ).fetchall()
    return [SetAside(header.upload.file_name, NO_LINES, rows[0][0])] if rows[0][0] else []


def _judge(
    cursor: duckdb.DuckDBPyConnection,
    source: Source,
    has_date: bool,
    has_money: bool,
    currency: str | None,
    are_customers: bool,
) -> None:
    """Make the table `judged`: each row with its amount, and the rule that sets it aside, if any."""
    stamped = not are_customers and (source.has(Role.ORDER_ID) or _has_time_of_day(cursor, source))
    repeat = "row_number() OVER (PARTITION BY content ORDER BY line) > 1" if stamped else "false"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        WITH known AS (SELECT *, {repeat} AS repeated FROM {source.table} WHERE customer_id IS NOT NULL),
             unknown AS (SELECT * FROM {source.table} WHERE customer_id IS NULL),
             counted AS (SELECT *, coalesce(try_cast(quantity AS DECIMAL(14,4)), 1) AS pieces
                         FROM (FROM known UNION ALL BY NAME FROM unknown)),
             priced AS (SELECT * REPLACE (
                            coalesce(amount, try_cast(unit_price * pieces AS DECIMAL(18,4))) AS amount)
                        FROM counted)
        SELECT *,
            CASE WHEN customer_id IS NULL THEN '{NO_CUSTOMER}'
                 WHEN repeated THEN '{REPEATED}'
                 WHEN regexp_matches(lower(order_status), '{_CANCELLED}') THEN '{CANCELLED}'
                 WHEN {has_date} AND moment IS NULL THEN '{NO_DATE}'
                 WHEN {has_money} AND amount IS NULL THEN '{NO_AMOUNT}'
                 WHEN $currency IS NOT NULL AND upper(currency) <> $currency THEN '{OTHER_CURRENCY}'
            END AS rule
        FROM priced""",
        {"currency": currency if source.has(Role.CURRENCY) else None},
    )


def _has_time_of_day(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether times are finer than days, so that two equal rows are one event written twice."""
    rows = cursor.execute(
        f"SELECT coalesce(avg((moment <> date_trunc('day', moment))::INT), 0) > 0.5 FROM {source.table}"
    ).fetchall()
    return bool(rows[0][0])


def read_ledger(cursor: duckdb.DuckDBPyConnection, source: Source) -> list[SetAside]:
    """Count the rows of `judged` that each rule sets aside."""
    rows = cursor.execute(
        "SELECT rule, count(*) FROM judged WHERE rule IS NOT NULL GROUP BY rule ORDER BY count(*) DESC, rule"
    ).fetchall()
    return [SetAside(source.upload.file_name, rule, count) for rule, count in rows]


def _insert(cursor: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Write the rows that count into shop.lines; cancelled invoices (C536379) and negative lines are returns.

    Money refunded in a column of its own becomes a second line, a return.
    """
    cursor.execute(
        f"""
        INSERT INTO shop.lines
        WITH shape AS (
            SELECT coalesce(avg(regexp_full_match(order_id, '\\d+')::INT), 0) > 0.5 AS digit_orders,
                   coalesce(avg(regexp_matches(product_id, '\\d.*\\d.*\\d')::INT), 0) > 0.9 AS digit_codes
            FROM judged),
        kept AS (
            SELECT *,
                coalesce(digit_orders AND regexp_full_match(order_id, '[Cc]-?\\d+'), false)
                    OR coalesce(quantity < 0, false) OR coalesce(amount < 0, false)
                    OR coalesce(regexp_matches(lower(order_status), '{_RETURNED}'), false) AS is_return,
                coalesce(digit_codes AND NOT regexp_matches(product_id, '\\d.*\\d.*\\d'), false)
                    OR coalesce(regexp_full_match(lower(product_name), '{FEE_NAME}'), false) AS is_fee,
                {_discount_share(source)} AS share
            FROM judged, shape WHERE rule IS NULL)
        SELECT customer_id, order_id, coalesce(product_id, product_name, category), moment,
               CASE WHEN is_return THEN -abs(quantity) ELSE quantity END,
               CASE WHEN is_return THEN -abs(amount) ELSE amount END,
               CASE WHEN share BETWEEN 0 AND 1 THEN share END, is_return, NOT is_fee
        FROM kept ORDER BY line"""
    )
    cursor.execute(
        """
        INSERT INTO shop.lines
        SELECT customer_id, order_id, coalesce(product_id, product_name, category), moment,
               NULL, -abs(refund), NULL, true, true
        FROM judged WHERE rule IS NULL AND refund <> 0 ORDER BY line"""
    )


def _discount_share(source: Source) -> str:
    """Return SQL of the share of the price taken off: written as a share, in percent, or in money."""
    column = source.upload.column_of(Role.DISCOUNT)
    if column is None:
        return "NULL::DOUBLE"
    if is_percent(column):
        return "discount / 100"
    in_money = "discount / nullif(discount + abs(amount)::DOUBLE, 0)"
    return f"CASE WHEN max(discount) OVER () <= 1 THEN discount ELSE {in_money} END"
