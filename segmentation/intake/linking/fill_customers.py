"""shop.customers and shop.profile: every customer once, and the columns that describe one."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.extreme_values import impossible
from segmentation.intake.cleaning.handed_on import Judged, Placed
from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning.sham_customers import Suspects
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.kept_cells import cell_of
from segmentation.intake.linking.find_customers import RowCustomers
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.shop import ProfileColumn, ProfileType
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import number

MIN_RETURNING = 20
MIN_CONSTANT = 0.95
ASKED = 20_000
"""Customers that are enough to tell whether a column stays the same for one."""
AT_ONCE = 20
_TRAITS = (Role.NUMERIC, Role.CATEGORICAL, Role.COUNTRY, Role.CONSENT)


def fill_customers(
    cursor: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    rows: RowCustomers,
    suspects: Suspects,
    placed: Placed,
    book: Book,
) -> None:
    """Fill shop.customers with everyone whom some row that counts names, or who placed an order at all."""
    if rows.sources:
        left_out = _leave_out_rows(rows, suspects, book)
        cursor.execute(
            f"INSERT INTO shop.customers SELECT customer_id, sort_key FROM {rows.table}"
            f" WHERE customer_id NOT IN ({left_out}) ORDER BY ALL"
        )
        return
    cursor.execute("CREATE OR REPLACE TEMP TABLE listed (customer_id VARCHAR)")
    for source in sources:
        if source.kind in (Kind.CUSTOMERS, Kind.OTHER) and source.person:
            judged = _judge(cursor, source, suspects, book)
            book.tally(source.upload, judged)
            cursor.execute(f"INSERT INTO listed SELECT customer_id FROM {judged.table} WHERE rule IS NULL")
    cursor.execute(
        f"""
        INSERT INTO shop.customers
        SELECT DISTINCT customer_id, NULL
        FROM (FROM listed UNION ALL FROM {placed.table} UNION ALL SELECT customer_id FROM shop.lines
              UNION ALL SELECT customer_id FROM shop.events UNION ALL SELECT customer_id FROM shop.reviews)
        WHERE customer_id IS NOT NULL ORDER BY customer_id"""
    )


def _leave_out_rows(rows: RowCustomers, suspects: Suspects, book: Book) -> str:
    """Write down the rows that are customers who do not count; return SQL of those who are left out."""
    left_out = f"{suspects.under(Rule.FORGOTTEN)} AND false"
    for rule in (Rule.FORGOTTEN, Rule.OBJECTIONS):
        found, applies = f"{suspects.under(rule)} EXCEPT {left_out}", book.cleaning.applies(rule)
        for source in rows.sources:
            if source.kind in (Kind.ORDERS, Kind.EVENTS, Kind.REVIEWS):
                continue  # their rows have been judged one by one
            lines = f"SELECT line FROM {source.typed_view} WHERE customer_id IN ({found})"
            aside = book.record(source.upload, rule, lines)
            if applies:
                book.leave_out(source.upload, aside)
        left_out = f"{left_out} UNION {suspects.under(rule)}" if applies else left_out
    return left_out


def _judge(cursor: duckdb.DuckDBPyConnection, source: Source, suspects: Suspects, book: Book) -> Judged:
    """Put each row that names a customer under the first rule that finds it."""
    applied, spare = suspects.cases(book.cleaning)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged_customers AS
        WITH numbered AS (SELECT line, customer_id, NULL::DECIMAL(18,4) AS amount, line AS pair,
                                 row_number() OVER (PARTITION BY customer_id ORDER BY line) > 1
                                     AND {source.kind is Kind.CUSTOMERS} AS further FROM {source.typed_view}),
             ruled AS (SELECT *, CASE WHEN customer_id IS NULL THEN '{Rule.NO_CUSTOMER}' {applied}
                                      WHEN further THEN '{Rule.SAME_CUSTOMER}' END AS rule FROM numbered)
        SELECT *, (CASE WHEN rule IS NOT NULL THEN NULL {spare} END)::VARCHAR AS spare FROM ruled"""
    )
    return Judged("judged_customers")


def fill_profile(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], rows: RowCustomers, book: Book
) -> tuple[ProfileColumn, ...]:
    """Fill shop.profile with one row per customer and return its columns.

    Columns of one name and type in several files are one.
    """
    traits = {source: _trait_columns(cursor, source, source in rows.sources) for source in sources}
    labels = dict.fromkeys((column.name, _type(column)) for columns in traits.values() for column in columns)
    described = tuple(ProfileColumn(f"p{i}", name, kind) for i, (name, kind) in enumerate(labels))
    joins: list[str] = []
    values_of: dict[str, list[str]] = {description.column: [] for description in described}
    for i, (source, columns) in enumerate((source, columns) for source, columns in traits.items() if columns):
        named = {column: f"p{list(labels).index((column.name, _type(column)))}" for column in columns}
        values = ", ".join(f"{_most_common(column)} AS {name}" for column, name in named.items())
        cursor.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE traits_{i} AS
            SELECT customer_id, {values}
            FROM {source.typed_view} WHERE customer_id IS NOT NULL GROUP BY customer_id"""
        )
        _forget_impossible(cursor, source, f"traits_{i}", named, book)
        joins.append(f"LEFT JOIN traits_{i} ON traits_{i}.customer_id = customers.customer_id")
        for name in named.values():
            values_of[name].append(f"traits_{i}.{name}")
    fields = [f"coalesce({', '.join(values)}) AS {name}" for name, values in values_of.items()]
    cursor.execute(
        f"""
        CREATE OR REPLACE TABLE shop.profile AS
        SELECT {", ".join(["customers.customer_id", *fields])}
        FROM shop.customers AS customers {" ".join(joins)}
        ORDER BY customers.sort_key, customers.customer_id"""
    )
    return described


def _forget_impossible(
    cursor: duckdb.DuckDBPyConnection, source: Source, table: str, named: dict[Column, str], book: Book
) -> None:
    """Write down the customers with a number that cannot be, and make it missing."""
    found = {
        name: (column.name, condition)
        for column, name in named.items()
        if column.role is Role.NUMERIC and (condition := impossible(cursor, table, name, column)) != "false"
    }
    if not found:
        return
    counts = ", ".join(f"count(*) FILTER ({condition})" for _, condition in found.values())
    numbers = cursor.execute(f"SELECT {counts} FROM {table}").fetchall()[0]
    detail = ", ".join(
        f"{header}: {count:,}" for (header, _), count in zip(found.values(), numbers, strict=True) if count
    )
    anywhere = " OR ".join(condition for _, condition in found.values())
    lines = (
        f"SELECT line FROM {source.typed_view} SEMI JOIN (FROM {table} WHERE {anywhere}) USING (customer_id)"
    )
    book.record(source.upload, Rule.IMPOSSIBLE, lines, detail)
    if book.cleaning.applies(Rule.IMPOSSIBLE):
        for name, (_, condition) in found.items():
            cursor.execute(f"UPDATE {table} SET {name} = NULL WHERE {condition}")


def _trait_columns(
    cursor: duckdb.DuckDBPyConnection, source: Source, is_customer: bool
) -> tuple[Column, ...]:
    """Return what describes customers: all of a customer file, what stays the same in other files."""
    columns = source.columns(*_TRAITS)
    if is_customer and not source.has(Role.PRODUCT_ID, Role.PRODUCT_NAME):
        columns += source.columns(Role.CATEGORY)
    if is_customer or (source.kind is Kind.CUSTOMERS and source.person):
        return columns
    if not columns or source.person is None or source.kind is Kind.PRODUCTS:
        return ()
    [(customers,)] = cursor.execute("SELECT count(*) FROM shop.customers").fetchall()
    asked = f"customer_id IS NOT NULL AND hash(customer_id) % {1 + customers // ASKED} = 0"
    parts = (columns[at : at + AT_ONCE] for at in range(0, len(columns), AT_ONCE))
    return tuple(one for some in parts for one in _that_stay_the_same(cursor, source, some, asked))


def _that_stay_the_same(
    cursor: duckdb.DuckDBPyConnection, source: Source, columns: Sequence[Column], asked: str
) -> list[Column]:
    """Return those that have one value for nearly all who return, while customers differ.

    :param asked: SQL of whose rows are looked at.
    """
    cells = {f"v{column.position}": cell_of(column) for column in columns}
    of_each = (
        f"min(visit) FILTER ({v} IS NOT NULL) < max(visit) FILTER ({v} IS NOT NULL) AS {v}_returned,"
        f" min({v}) AS {v}_first, max({v}) AS {v}_last"
        for v in cells
    )
    figures = (
        f"count(*) FILTER ({v}_returned), avg(({v}_first = {v}_last)::INT) FILTER ({v}_returned),"
        f" min({v}_first) < max({v}_last)"
        for v in cells
    )
    found = cursor.execute(
        f"""
        WITH visits AS (SELECT customer_id, {", ".join(f"{cell} AS {v}" for v, cell in cells.items())},
                               coalesce(order_id, moment::DATE::VARCHAR, line::VARCHAR) AS visit
                        FROM {source.typed_view} WHERE {asked}),
             people AS (SELECT {", ".join(of_each)} FROM visits GROUP BY customer_id)
        SELECT {", ".join(figures)} FROM people"""
    ).fetchall()[0]
    return [
        column
        for column, returning, constant, differ in zip(
            columns, found[::3], found[1::3], found[2::3], strict=True
        )
        if returning >= MIN_RETURNING and constant >= MIN_CONSTANT and differ
    ]


def _type(column: Column) -> ProfileType:
    return ProfileType.NUMERIC if column.role is Role.NUMERIC else ProfileType.CATEGORICAL


def _most_common(column: Column) -> str:
    """Return SQL of the value that a customer has most often; of equals the first in order."""
    cell = cell_of(column)
    if column.role is Role.NUMERIC:
        return f"median({number(cell, column.value_format)})"
    return f"mode({cell} ORDER BY {cell})"
