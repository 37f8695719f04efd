"""One person behind several customer numbers, told by a shared e-mail address; and guests given a number."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source

MOST_NUMBERS = 20
GUEST = "guest order "


def merge_people(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], book: Book) -> None:
    """Give customers who share an e-mail address the first of their numbers, and guests that of theirs."""
    named = [source for source in sources if source.person and source.kind is not Kind.PRODUCTS]
    told = [source for source in named if source.has(Role.EMAIL)]
    if not told:
        return
    cursor.execute("CREATE OR REPLACE TEMP TABLE addresses (customer_id VARCHAR, email VARCHAR)")
    for source in told:
        cursor.execute(
            f"INSERT INTO addresses SELECT DISTINCT customer_id, email FROM ({_with_address(source)})"
            " WHERE customer_id IS NOT NULL AND email IS NOT NULL"
        )
    _map_numbers(cursor)
    for source in named:
        _apply(cursor, source, book, source in told)


def _with_address(source: Source) -> str:
    """Return SQL of line, customer_id and normalised e-mail address of a file's rows."""
    column = source.columns(Role.EMAIL)[0]
    cell = f"lower(c{column.position})"
    bare = f"regexp_replace(regexp_replace({cell}, '\\+[^@]*@', '@'), '@googlemail\\.com$', '@gmail.com')"
    return f"""
        SELECT line, customer_id, CASE WHEN {cell} LIKE '%_@_%._%' THEN {bare} END AS email
        FROM {source.raw_table} JOIN {source.typed_view} AS typed USING (line)"""


def _map_numbers(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make same_people (customer_id, person): every number that gives way to a smaller one, over all hops."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE same_people AS
        WITH people AS (SELECT email, min(customer_id) AS person FROM addresses
                        GROUP BY email HAVING count(DISTINCT customer_id) BETWEEN 2 AND {MOST_NUMBERS})
        SELECT customer_id, min(person) AS person FROM addresses JOIN people USING (email)
        GROUP BY customer_id HAVING min(person) <> customer_id"""
    )
    changed = 1
    while changed:
        changed = cursor.execute(
            """
            UPDATE same_people SET person = further.person FROM same_people AS further
            WHERE same_people.person = further.customer_id"""
        ).fetchall()[0][0]


def _apply(cursor: duckdb.DuckDBPyConnection, source: Source, book: Book, told: bool) -> None:
    """Write down the rows of a file whose customer is known under another number, and change it."""
    moves = f"SELECT line, person FROM {source.typed_view} JOIN same_people USING (customer_id)"
    if told and source.person and source.person.role is not Role.EMAIL:
        moves += f"""
            UNION ALL
            SELECT line, coalesce(known.person, rows.email)
            FROM ({_with_address(source)}) AS rows
            LEFT JOIN (SELECT email, min(coalesce(same_people.person, customer_id)) AS person
                       FROM addresses LEFT JOIN same_people USING (customer_id) GROUP BY email) AS known
                ON known.email = rows.email
            WHERE rows.customer_id IS NULL AND rows.email IS NOT NULL"""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE moves AS {moves}")
    found = book.record(source.upload, Rule.MERGED, "SELECT line FROM moves")
    if found and book.cleaning.applies(Rule.MERGED):
        cursor.execute(
            f"UPDATE {source.typed_table} AS mine SET customer_id = moves.person FROM moves"
            " WHERE mine.line = moves.line"
        )


def number_guests(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Make every order without a customer one of its own."""
    for source in sources:
        if source.kind is Kind.ORDERS and source.person and source.has(Role.ORDER_ID):
            cursor.execute(
                f"UPDATE {source.typed_table} SET customer_id = '{GUEST}' || order_id"
                " WHERE customer_id IS NULL AND order_id IS NOT NULL"
            )
