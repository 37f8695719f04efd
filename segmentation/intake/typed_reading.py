"""The typed reading of an upload, with the same columns for every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from segmentation.intake.contact_keys import contact_key, person_key
from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.kept_cells import kept_cells, raw_hash
from segmentation.intake.meaning.date_and_time_columns import moment
from segmentation.intake.meaning.orders.order_key import order_number
from segmentation.intake.meaning.orders.order_state_columns import order_state, said_sign
from segmentation.intake.money_rule import OneCurrency, one_currency_in
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.typed_money import counted_sql, paid_sql, pieces_back_sql, refund_sql
from segmentation.intake.values.cast import PERCENT, PERCENT_COMMA, identifier, literal, money, number
from segmentation.intake.values.currencies import SHARED_SIGNS, code_or_mark, currency_in_header
from segmentation.intake.values.money_marks import currencies_in, currency_of_cell, tells_apart
from segmentation.workspace import quote_identifier

PERSON_ROLES = (Role.CUSTOMER_ID, Role.EMAIL)
IDS = (Role.ORDER_ID, Role.SESSION_ID, Role.PRODUCT_ID)
WORDS = (
    Role.PRODUCT_NAME,
    Role.CATEGORY,
    Role.DESCRIPTION,
    Role.REVIEW_TITLE,
    Role.ORDER_STATUS,
    Role.EVENT_TYPE,
    Role.CURRENCY,
)
MONEYS = (Role.AMOUNT, Role.UNIT_PRICE, Role.REFUND)
COSTS = (Role.COST, Role.PROFIT)
NUMBERS = (Role.QUANTITY, Role.DISCOUNT, Role.RATING)
TYPES = {
    "customer_id": "VARCHAR",
    **{role.value: "VARCHAR" for role in (*IDS, *WORDS)},
    **{role.value: "DECIMAL(18,4)" for role in (*MONEYS, *COSTS)},
    **{role.value: "DOUBLE" for role in NUMBERS},
    "moment": "TIMESTAMP",
    "body": "VARCHAR",
}
MOST_CURRENCIES = 300
COMPLETED = ("moment", "order_status", "currency", "amount")
"""What a file of order heads can add to order lines that lack it."""


@dataclass(frozen=True)
class Source:
    """An upload and its typed reading: `person` is the column that says who, `aliases` lead to it.

    `doubtful_currencies` are those that only a sign of several countries' money speaks of.
    """

    upload: Upload
    person: Column | None
    aliases: tuple[Column, ...]
    doubtful_currencies: frozenset[str] = frozenset()

    @property
    def typed_view(self) -> str:
        """Name of the typed reading, quoted, to read from: every column, NULL where the file has none."""
        return quote_identifier(f"typed_{self.upload.upload_id}")

    @property
    def typed_table(self) -> str:
        """Name of the temporary table behind it, quoted: to update."""
        return quote_identifier(f"base_{self.upload.upload_id}")

    @property
    def raw_table(self) -> str:
        """Name of the raw table, quoted."""
        return quote_identifier(self.upload.raw_table)

    @property
    def kind(self) -> Kind:
        """What a row of the file is."""
        return self.upload.kind

    def has(self, *roles: Role) -> bool:
        """Whether some column has one of these roles."""
        return any(column.role in roles for column in self.upload.columns)

    def column_of_base(self) -> int | None:
        """Return the place of the column that says what currency rates are in, in a table of rates."""
        codes = self.columns(Role.CATEGORICAL) if self.kind is Kind.RATES else ()
        return codes[0].position if codes else None

    def columns(self, *roles: Role) -> tuple[Column, ...]:
        """Return the columns that have one of these roles."""
        return tuple(column for column in self.upload.columns if column.role in roles)


def make_source(cursor: duckdb.DuckDBPyConnection, upload: Upload, alone: bool) -> Source:
    """Choose who is the person, and make the typed reading; `alone` where no other file can complete it."""
    person, aliases = person_of(cursor, upload)
    source = Source(upload, person, aliases)
    currency, doubtful = _marked_currency(cursor, source)
    source = replace(source, doubtful_currencies=doubtful)
    present = fields_of(source) | ({"currency": currency} if currency else {})
    paid, rows = paid_sql(upload, source.raw_table)
    present |= {"amount": paid} if paid else {}
    if upload.money and upload.money.refund:
        present["refund"] = refund_sql(upload, paid) or "NULL"
    elif back := pieces_back_sql(upload, paid):
        present["refund"] = back
    if state := order_state(cursor, source.raw_table, upload.columns):
        present["order_status"] = state
    completed = COMPLETED if upload.kind is Kind.ORDERS and not alone else ()
    stored = {"customer_id", *present, *completed}
    fields = ", ".join(
        f"{present.get(name, 'NULL')}::{TYPES[name]} AS {name}" for name in TYPES if name in stored
    )
    absent = ", ".join(f"NULL::{TYPES[name]} AS {name}" for name in TYPES if name not in stored)
    cursor.execute(
        f"""
        DROP VIEW IF EXISTS {source.typed_view};
        CREATE OR REPLACE TEMP TABLE {source.typed_table} AS
        SELECT line, {fields}, {raw_hash(upload)} AS content{kept_cells(upload)} FROM {rows};
        CREATE TEMP VIEW {source.typed_view} AS SELECT *, {absent} FROM {source.typed_table}"""
    )
    return source


def figures_of(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, totals: Sequence[int] = ()
) -> tuple[float | None, int | None, int | None, datetime | None, datetime | None]:
    """Count what a file says as it is read: revenue, customers, orders, first and last day.

    Before anything is set aside but the lines of `totals`; None where the file says nothing of it. Without
    a number an order is what one customer bought at one moment.
    """
    person, aliases = person_of(cursor, upload)
    source = Source(upload, person, aliases)
    present = fields_of(source)
    paid, rows = paid_sql(upload, source.raw_table)
    amount = paid or present.get("amount", "NULL")
    back = refund_sql(upload, paid) or pieces_back_sql(upload, paid)
    if back:
        amount = f"{amount} - coalesce(abs({back}), 0)"
    _, contact = contact_key(upload) or (None, "NULL")
    who = present.get("customer_id", contact)
    when = present.get("moment", "NULL")
    order = present.get("order_id", f"if({who} IS NULL OR {when} IS NULL, NULL, concat({who}, '/', {when}))")
    found = cursor.execute(
        f"""
        WITH told AS (SELECT {amount} AS amount, {who} AS who, {order} AS id, {when} AS moment,
                             {said_sign(upload.columns)} AS sign FROM {rows}
                      WHERE {counted_sql(upload)} AND NOT list_contains({list(totals)}::BIGINT[], line))
        SELECT sum(if(sign < 0, -abs(amount), amount))::DOUBLE, count(DISTINCT who),
               count(DISTINCT id) FILTER (sign > 0), min(moment), max(moment)
        FROM told WHERE sign <> 0"""
    ).fetchall()[0]
    revenue, customers, orders, first, last = found
    return revenue, customers or None, orders or None, first, last


def overlap(cursor: duckdb.DuckDBPyConnection, left: tuple[str, str], right: tuple[str, str]) -> float:
    """Return the share of the left key's values that the right one knows; keys are (table, expression)."""
    rows = cursor.execute(
        f"""
        WITH left_keys AS (SELECT DISTINCT {left[1]} AS k FROM {left[0]} WHERE {left[1]} IS NOT NULL),
             right_keys AS (SELECT DISTINCT {right[1]} AS k FROM {right[0]})
        SELECT coalesce(avg((right_keys.k IS NOT NULL)::INT), 0)
        FROM left_keys LEFT JOIN right_keys USING (k)"""
    ).fetchall()
    return float(rows[0][0])


def person_of(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> tuple[Column | None, tuple[Column, ...]]:
    """Of several ids, the person is the one called unique, or else the one with the fewest values."""
    keys = [column for column in upload.columns if column.role in PERSON_ROLES]
    ids = [column for column in keys if column.role is Role.CUSTOMER_ID] or keys
    if not ids:
        return None, ()
    person = ids[0]
    if len(ids) > 1:
        table = quote_identifier(upload.raw_table)
        counts = ", ".join(f"approx_count_distinct(c{column.position})" for column in ids)
        distinct = cursor.execute(f"SELECT {counts} FROM {table}").fetchall()[0]
        order = [
            (Concept.UNIQUE not in concepts_of(column.name), n)
            for column, n in zip(ids, distinct, strict=True)
        ]
        person = ids[order.index(min(order))]
    return person, tuple(column for column in keys if column is not person)


def fields_of(source: Source) -> dict[str, str]:
    """Return SQL that reads each column that the file has from its raw table."""
    readers = {role.value: _reader(source, role) for role in (*IDS, *WORDS, *MONEYS, *COSTS, *NUMBERS)}
    readers["customer_id"] = person_key(source.person) if source.person else None
    readers["moment"] = moment(source.upload.columns)
    readers["body"] = _body(source)
    readers["refund"] = None if source.upload.money else readers["refund"]
    return {name: reader for name, reader in readers.items() if reader}


def _marked_currency(cursor: duckdb.DuckDBPyConnection, source: Source) -> tuple[str | None, frozenset[str]]:
    """Return SQL of the currency of each row, None where nothing says it, and which codes are doubtful.

    A column says it, or else the marks of the amounts, or else a header.
    """
    priced = next((c for role in MONEYS if (c := source.upload.column_of(role)) and c.value_format), None)
    if (named := source.upload.column_of(Role.CURRENCY)) and (one := _one_currency(source, named)):
        return literal(one.code) if one.code else _currency_of_headers(source) or "NULL", frozenset()
    if named:
        return _named_currency(cursor, source, f"c{named.position}")
    found = currencies_in(cursor, source.raw_table, f"c{priced.position}") if priced else {}
    if priced and tells_apart(found):
        return currency_of_cell(f"c{priced.position}", found), _doubtful(found)
    return (None, frozenset()) if found else (_currency_of_headers(source), frozenset())


def _one_currency(source: Source, named: Column) -> OneCurrency | None:
    """Return what is known of the sums that count where they are not in the currencies that this names."""
    one, rule = one_currency_in(named.value_format), source.upload.money
    counted = {rule.price, *(term.position for term in rule.terms)} if rule else set()
    return one if one and counted & {*one.columns} else None


def _doubtful(currencies: Mapping[str, str]) -> frozenset[str]:
    """Name the codes of a column's marks that stand there by a sign of several countries alone."""
    plain = {code for mark, code in currencies.items() if mark.strip() not in SHARED_SIGNS}
    return frozenset(currencies.values()) - plain


def _named_currency(
    cursor: duckdb.DuckDBPyConnection, source: Source, cell: str
) -> tuple[str, frozenset[str]]:
    """Return SQL of the code that a column names, be it by code, sign or name, and which are doubtful."""
    names = cursor.execute(
        f"SELECT DISTINCT {cell} FROM {source.raw_table} WHERE {cell} IS NOT NULL LIMIT {MOST_CURRENCIES}"
    ).fetchall()
    codes = {name: code_or_mark(name) or name for (name,) in names}
    told = " ".join(f"WHEN {literal(name)} THEN {literal(code)}" for name, code in codes.items())
    return f"CASE {cell} {told} ELSE {cell} END" if told else cell, _doubtful(codes)


def _currency_of_headers(source: Source) -> str | None:
    """Return SQL of the currency that the headers of amounts name, where they name one without doubt."""
    headers = [column.name for role in MONEYS if (column := source.upload.column_of(role))]
    named = {
        code for header in headers if not SHARED_SIGNS & set(header) and (code := currency_in_header(header))
    }
    return literal(next(iter(named))) if len(named) == 1 else None


def _reader(source: Source, role: Role) -> str | None:
    column = source.upload.column_of(role)
    if column is None:
        return None
    cell = f"c{column.position}"
    if role is Role.ORDER_ID:
        return order_number(source.upload.columns)
    if role in IDS:
        return identifier(cell)
    if role in MONEYS or role in COSTS:
        return money(cell, column.value_format)
    if role in NUMBERS:
        return number(cell, column.value_format)
    return _word(role, cell)


def _word(role: Role, cell: str) -> str:
    """Return SQL of a short text; of a category path (`["Home >> Kitchen"]`) the first step."""
    if role is Role.CATEGORY:
        return f"nullif(trim(regexp_replace({cell}, '^[\\[\"]*([^>]*?)\\s*>.*$', '\\1')), '')"
    return cell


def _body(source: Source) -> str | None:
    """Return SQL of the text of a review: the review column, or else all free texts together."""
    columns = source.columns(Role.REVIEW_TEXT) or source.columns(Role.TEXT)
    if not columns:
        return None
    texts = ", ".join(f"c{column.position}" for column in columns)
    return f"nullif(concat_ws(chr(10), {texts}), '')"


def is_percent(column: Column) -> bool:
    """Whether a discount is written in percent of the price."""
    words = column.name.lower()
    return (
        column.value_format in (PERCENT, PERCENT_COMMA)
        or "%" in words
        or "percent" in words
        or "pct" in words
    )
