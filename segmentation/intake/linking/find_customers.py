"""Who is who: keys of different files are matched by the values they share, over several hops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.contact_keys import contact_key, person_key
from segmentation.intake.kept_cells import row_digest
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.shop import Link
from segmentation.intake.typed_reading import Source, overlap

MIN_OVERLAP = 0.5
NAMED_KINDS = (Kind.ORDERS, Kind.EVENTS, Kind.REVIEWS)
ROW_KINDS = (Kind.CUSTOMERS, Kind.ORDERS, Kind.EVENTS, Kind.REVIEWS, Kind.OTHER, Kind.PRODUCTS)


@dataclass(frozen=True)
class RowCustomers:
    """The files whose rows are the customers, each with a number and a digest (`customer_id`, `sort_key`).

    There are none where some file has customer ids.
    """

    table: str = ""
    sources: tuple[Source, ...] = ()


def take_contacts(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[Source]:
    """Where no file has a customer number or an e-mail address, let the telephone or name be the customer."""
    if any(source.person and source.kind is not Kind.PRODUCTS for source in sources):
        return list(sources)
    return [_by_contact(cursor, source) for source in sources]


def _by_contact(cursor: duckdb.DuckDBPyConnection, source: Source) -> Source:
    told = contact_key(source.upload) if source.kind in NAMED_KINDS else None
    if told is None:
        return source
    column, who = told
    cursor.execute(
        f"""
        UPDATE {source.typed_table} AS mine SET customer_id = told.who
        FROM (SELECT line, {who} AS who FROM {source.raw_table}) AS told WHERE mine.line = told.line"""
    )
    return replace(source, person=column)


def resolve_aliases(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[Link]:
    """Where a file's customer key is another's second key (an id per order, an e-mail), put the person."""
    links = []
    for source in sources:
        if source.person is None:
            continue
        others = [other for other in sources if other is not source and other.person]
        found = _best_key(cursor, source, others)
        if found is None:
            continue
        other, column, share = found
        links.append(
            Link(source.upload.file_name, source.person.name, other.upload.file_name, column.name, share)
        )
        if column is not other.person and other.person:
            cursor.execute(
                f"""
                UPDATE {source.typed_table} AS mine SET customer_id = known.person
                FROM (SELECT {person_key(column)} AS k, min(customer_id) AS person
                      FROM {other.raw_table} JOIN {other.typed_view} AS typed USING (line)
                      GROUP BY 1) AS known
                WHERE mine.customer_id = known.k AND known.person IS NOT NULL"""
            )
    return links


def _best_key(
    cursor: duckdb.DuckDBPyConnection, source: Source, others: Sequence[Source]
) -> tuple[Source, Column, float] | None:
    """Find the customer key of another customer table that knows most of this file's customers."""
    assert source.person is not None  # noqa: S101 - the caller has checked
    mine = (source.typed_view, "customer_id")
    best: tuple[Source, Column, float] | None = None
    for other in others:
        if other.kind is not Kind.CUSTOMERS and not other.aliases:
            continue
        for column in (other.person, *other.aliases):
            if column is None:
                continue
            share = overlap(cursor, mine, _key_of(other, column))
            if share >= MIN_OVERLAP and (best is None or share > best[2]):
                best = (other, column, share)
    return best


def _key_of(source: Source, column: Column) -> tuple[str, str]:
    if column is source.person:
        return source.typed_view, "customer_id"
    return source.raw_table, person_key(column)


def follow_orders(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[Link]:
    """Give the rows of files that know only an order (items, payments, reviews) the order's customer."""
    links = []
    known = [source for source in sources if source.person and source.has(Role.ORDER_ID)]
    for source in sources:
        if source.person or not source.has(Role.ORDER_ID):
            continue
        shares = [
            overlap(cursor, (source.typed_view, "order_id"), (other.typed_view, "order_id"))
            for other in known
        ]
        if not shares or max(shares) < MIN_OVERLAP:
            continue
        other = known[shares.index(max(shares))]
        cursor.execute(
            f"""
            UPDATE {source.typed_table} AS mine SET customer_id = theirs.person
            FROM (SELECT order_id, min(customer_id) AS person FROM {other.typed_view} GROUP BY 1) AS theirs
            WHERE mine.order_id = theirs.order_id"""
        )
        links.append(order_link(source, other, max(shares)))
    return links


def order_link(source: Source, other: Source, share: float) -> Link:
    """Describe two files joined by their order ids."""
    return Link(
        source.upload.file_name,
        _name(source, Role.ORDER_ID),
        other.upload.file_name,
        _name(other, Role.ORDER_ID),
        share,
    )


def link_products(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[Link]:
    """Say which files share product ids with the product tables."""
    links = []
    catalogues = [
        source for source in sources if source.kind is Kind.PRODUCTS and source.has(Role.PRODUCT_ID)
    ]
    for source in sources:
        if source in catalogues or not source.has(Role.PRODUCT_ID):
            continue
        for other in catalogues:
            share = overlap(cursor, (source.typed_view, "product_id"), (other.typed_view, "product_id"))
            if share > 0:
                names = _name(source, Role.PRODUCT_ID), _name(other, Role.PRODUCT_ID)
                links.append(Link(source.upload.file_name, names[0], other.upload.file_name, names[1], share))
    return links


def rows_as_customers(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> RowCustomers:
    """Without any customer id, number the rows of the most telling files: each is a customer."""
    kind = next(kind for kind in ROW_KINDS if any(source.kind is kind for source in sources))
    chosen = [source for source in sources if source.kind is kind]
    cursor.execute("CREATE OR REPLACE TEMP TABLE row_keys (customer_id VARCHAR, sort_key VARCHAR)")
    for position, source in enumerate(chosen, start=1):
        prefix = f"file {position} row " if len(chosen) > 1 else "row "
        cursor.execute(
            f"""
            WITH numbered AS (SELECT line, row_number() OVER (ORDER BY line) AS number
                              FROM {source.raw_table})
            UPDATE {source.typed_table} AS mine SET customer_id = ? || numbered.number
            FROM numbered WHERE mine.line = numbered.line""",
            [prefix],
        )
        cursor.execute(
            f"""
            INSERT INTO row_keys SELECT typed.customer_id, {row_digest(source.upload)}
            FROM {source.raw_table} AS raw JOIN {source.typed_view} AS typed USING (line)"""
        )
    return RowCustomers("row_keys", tuple(chosen))


def _name(source: Source, role: Role) -> str:
    column = source.upload.column_of(role)
    return column.name if column else ""
