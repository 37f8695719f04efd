"""shop.contacts: how each customer can be reached, and what each agreed to."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.handed_on import KnownPeople
from segmentation.intake.headers.name_parts import name_part
from segmentation.intake.kept_cells import cell_of
from segmentation.intake.linking.consent import Answer, answer_of, asks_for_refusal, is_by_phone
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.typed_reading import Source

MOST_VALUES = 3
_LISTS = ("emails", "phones")
_SINGLE = ("full_name", "first_name", "last_name", "country", "postal_code")
_ANSWERS = ("consent", "phone_consent", "profiling")
_FIELDS = {
    Role.EMAIL: "emails",
    Role.PHONE: "phones",
    Role.NAME: "full_name",
    Role.COUNTRY: "country",
    Role.POSTAL_CODE: "postal_code",
    Role.CONSENT: "consent",
    Role.PROFILING: "profiling",
}


def fill_contacts(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Fill shop.contacts from the files that say who each row is of; a customer file is asked first.

    Of several answers to one question a no wins.
    """
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE contact_cells"
        " (customer_id VARCHAR, field VARCHAR, cell VARCHAR, rank INTEGER, times BIGINT)"
    )
    for source in sources:
        if source.kind is not Kind.PRODUCTS:
            for column in source.columns(*_FIELDS):
                _collect(cursor, source, column)
    _pick(cursor)


def find_objections(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> KnownPeople:
    """Find the customers who object to being profiled."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE objecting (customer_id VARCHAR)")
    for source in sources:
        if source.kind is Kind.PRODUCTS:
            continue
        for column in source.columns(Role.PROFILING):
            _, refusals = _said(cursor, source, column)
            cursor.execute(
                f"""
                INSERT INTO objecting SELECT DISTINCT customer_id
                FROM {source.typed_view}
                WHERE customer_id IS NOT NULL AND list_contains(?::VARCHAR[], {cell_of(column)})""",
                [refusals],
            )
    return KnownPeople("objecting")


def _collect(cursor: duckdb.DuckDBPyConnection, source: Source, column: Column) -> None:
    cell = cell_of(column)
    said: tuple[list[str], ...] = ()
    if column.role is Role.EMAIL:
        cell = f"lower({cell})"
    elif column.role in (Role.CONSENT, Role.PROFILING):
        said = _said(cursor, source, column)
        cell = (
            f"CASE WHEN list_contains(?::VARCHAR[], {cell}) THEN '{Answer.YES}'"
            f" WHEN list_contains(?::VARCHAR[], {cell}) THEN '{Answer.NO}' END"
        )
    cursor.execute(
        f"""
        INSERT INTO contact_cells
        WITH counted AS (SELECT customer_id, {cell} AS cell, count(*) AS times FROM {source.typed_view}
                         WHERE cell IS NOT NULL GROUP BY customer_id, cell)
        SELECT customer_id, '{_field_of(column)}', cell, {int(source.kind is not Kind.CUSTOMERS)}, times
        FROM counted SEMI JOIN shop.customers USING (customer_id)""",
        said,
    )


def _field_of(column: Column) -> str:
    if column.role is Role.NAME:
        return name_part(column.name)
    if column.role is Role.CONSENT and is_by_phone(column.name):
        return "phone_consent"
    return _FIELDS[column.role]


def _said(cursor: duckdb.DuckDBPyConnection, source: Source, column: Column) -> tuple[list[str], list[str]]:
    """Return the different cells of a consent column that say yes, and those that say no."""
    turned = asks_for_refusal(column.name)
    cells = cursor.execute(
        f"SELECT DISTINCT c{column.position} FROM {source.raw_table} WHERE c{column.position} IS NOT NULL"
    ).fetchall()
    answers = {cell: answer_of(cell, turned) for (cell,) in cells}
    return (
        [cell for cell, answer in answers.items() if answer is Answer.YES],
        [cell for cell, answer in answers.items() if answer is Answer.NO],
    )


def _pick(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make one row of each customer's cells: those of customer files first, then the most frequent."""
    lists = [
        f"list(cell ORDER BY rank, times DESC, cell) FILTER (field = '{name}' AND place <= {MOST_VALUES})"
        f" AS {name}"
        for name in _LISTS
    ]
    singles = [f"max(cell) FILTER (field = '{name}' AND place = 1) AS {name}" for name in _SINGLE]
    answers = [f"min(cell) FILTER (field = '{name}') AS {name}" for name in _ANSWERS]
    cursor.execute(
        f"""
        INSERT INTO shop.contacts
        WITH counted AS (SELECT customer_id, field, cell, min(rank) AS rank, sum(times) AS times
                         FROM contact_cells GROUP BY ALL),
             placed AS (SELECT *, row_number() OVER (PARTITION BY customer_id, field
                                                     ORDER BY rank, times DESC, cell) AS place FROM counted)
        SELECT customer_id, {", ".join((*lists, *singles, *answers))}
        FROM placed GROUP BY customer_id ORDER BY customer_id"""
    )
