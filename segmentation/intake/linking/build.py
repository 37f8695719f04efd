"""From uploads to the shop: who is who, what was bought, done and written, and what was set aside."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation.errors import NoCustomersError
from segmentation.intake.cleaning.complete_orders import complete_orders
from segmentation.intake.cleaning.forgotten_customers import find_forgotten
from segmentation.intake.cleaning.grouped_rows import read_groups
from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning.merge_customers import merge_people, number_guests
from segmentation.intake.cleaning.placeholder_customers import forget_placeholders
from segmentation.intake.cleaning.sham_customers import Suspects, find_suspects
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.analysis_date import last_date
from segmentation.intake.linking.continuations import find_continuations
from segmentation.intake.linking.file_ages import unsure_ages
from segmentation.intake.linking.fill_activity import fill_events, fill_notes, fill_reviews
from segmentation.intake.linking.fill_contacts import fill_contacts, find_objections
from segmentation.intake.linking.fill_customers import fill_customers, fill_profile
from segmentation.intake.linking.fill_lines import fill_lines
from segmentation.intake.linking.fill_products import fill_products
from segmentation.intake.linking.find_customers import (
    RowCustomers,
    follow_orders,
    link_products,
    resolve_aliases,
    rows_as_customers,
    take_contacts,
)
from segmentation.intake.linking.kept_shop import find_kept, keep
from segmentation.intake.linking.money.conversion import find_conversion
from segmentation.intake.linking.money.conversion_words import conversion_notes
from segmentation.intake.linking.money.cost_words import cost_notes
from segmentation.intake.linking.money.costs import count_in_margin
from segmentation.intake.linking.money.currency import chosen_currency, find_currencies
from segmentation.intake.linking.nobody_counts import nobody_counts
from segmentation.intake.linking.same_ids import agree_on_ids, agree_on_writings
from segmentation.intake.linking.weigh_answers import weigh_ages, weigh_answers
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.shop import TABLES, Conversion, Costs, Link, Shop
from segmentation.intake.typed_reading import Source, make_source
from segmentation.intake.uploads.corrections import read_uploads
from segmentation.intake.uploads.sheets import sheet_notes
from segmentation.intake.words import LEFT_OUT, NAME_IS_CUSTOMER, ROW_IS_CUSTOMER, VALUE_IS_CUSTOMER
from segmentation.workspace import Workspace


def build_shop(workspace: Workspace, cleaning: Cleaning | None = None) -> Shop:
    """Fill the shop's tables from all uploads, in one transaction, unless they hold just that already.

    :param cleaning: the rules that were switched; every other is as by default.

    :raises NoCustomersError: if nothing is uploaded, or no row belongs to a customer.
    """
    with workspace.filling, workspace.transaction() as cursor:
        uploads = read_uploads(cursor)
        if not uploads:
            raise NoCustomersError(
                "no file has been uploaded.", "Upload an export of your shop, or try the sample shop."
            )
        cleaning = cleaning or Cleaning()
        kept = find_kept(cursor, fingerprint_of(uploads, cleaning))
        if kept and (not kept.says_currency or kept.unsaid_currency == chosen_currency(cursor)):
            return _in_money(cursor, kept)

        def fill(read: Sequence[Upload]) -> Shop:
            return _build(cursor, read, cleaning)

        doubts = weigh_answers(cursor, uploads, fill)
        shop = fill(uploads)
        if unsure := unsure_ages(cursor):
            doubts += weigh_ages(cursor, uploads, unsure, fill)
            shop = fill(uploads)
        return _in_money(cursor, keep(cursor, replace(shop, doubts=doubts)))


def _in_money(cursor: duckdb.DuckDBPyConnection, shop: Shop) -> Shop:
    """Say the currency that a person chose where the files say none."""
    return shop if shop.says_currency else replace(shop, currency=chosen_currency(cursor))


def _build(cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload], cleaning: Cleaning) -> Shop:
    """Fill the shop's tables anew."""
    cursor.execute(TABLES)
    return _fill(cursor, read_sources(cursor, uploads), Book(cursor, cleaning))


def read_sources(cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload]) -> list[Source]:
    """Make the typed reading of every file, and say in which column its customers stand."""
    alone = len(uploads) == 1
    return take_contacts(cursor, [make_source(cursor, upload, alone) for upload in uploads])


def lines_of(
    cursor: duckdb.DuckDBPyConnection, cleaning: Cleaning, customer_ids: Sequence[str]
) -> dict[str, list[int]]:
    """Return the lines of every upload that are of these customers, by upload id, over all links.

    The shop's tables are empty afterwards.
    """
    cursor.execute(TABLES)
    _, sources = _rates_apart(read_sources(cursor, read_uploads(cursor)))
    _find_people(cursor, sources, Book(cursor, cleaning))
    found = {}
    for source in sources:
        lines = cursor.execute(
            f"SELECT line FROM {source.typed_view} WHERE list_contains(?::VARCHAR[], customer_id)",
            [list(customer_ids)],
        ).fetchall()
        found[source.upload.upload_id] = [line for (line,) in lines]
    cursor.execute(TABLES)
    return found


def fingerprint_of(uploads: Sequence[Upload], cleaning: Cleaning) -> str:
    """Digest the files' contents, what their columns were taken for, and the rules that apply."""
    facts = sorted(
        (
            upload.digest,
            str(upload.kind),
            *(f"{c.role}:{c.value_format}" for c in upload.columns),
            *([upload.money.said] if upload.money else []),
            *upload.newer_than,
        )
        for upload in uploads
    )
    asked = any(upload.column_of(Role.PROFILING) for upload in uploads)
    # A rule that has nothing to look at changes nothing.
    applied = set(cleaning.applied)
    rules = sorted(applied - {Rule.CONVERTED, Rule.FORGOTTEN} - (set() if asked else {Rule.OBJECTIONS}))
    chosen = [one for one in (cleaning.reporting, cleaning.margin) if one is not None]
    chosen += ["converted"] if Rule.CONVERTED in applied else []
    chosen += [] if Rule.FORGOTTEN in applied else ["forgotten count"]
    return hashlib.sha256(repr((facts, rules, *chosen)).encode()).hexdigest()


def _fill(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], book: Book) -> Shop:
    for source in sources:
        book.open(source.upload)
    tables, sources = _rates_apart(sources)
    links, rows, people_notes = _find_people(cursor, sources, book)
    people_notes += sheet_notes(cursor, [source.upload for source in sources])
    suspects, away = _find_suspects(cursor, sources, rows, book)
    people_notes += away
    currencies = find_currencies(cursor, sources, book.cleaning.reporting, tables)
    counted = _without_left_out(sources, rows, book)
    order_links, fees, placed = fill_lines(cursor, counted, rows, currencies, suspects, book)
    fill_events(cursor, counted, suspects, book)
    fill_reviews(cursor, counted, suspects, book)
    fill_customers(cursor, counted, rows, suspects, placed, book)
    fill_contacts(cursor, counted)
    fill_products(cursor, sources, fees)
    fill_notes(cursor, counted, rows)
    profile = fill_profile(cursor, counted, rows, book)
    customers = cursor.execute("SELECT count(*) FROM shop.customers").fetchall()[0][0]
    if not customers:
        raise nobody_counts(book.entries)
    conversion = find_conversion(cursor, currencies, book.cleaning.applies(Rule.CONVERTED))
    costs = count_in_margin(cursor, book.cleaning.margin)
    return Shop(
        customers=customers,
        customer_meaning=_meaning(sources, rows),
        as_of=last_date(cursor),
        currency=currencies.reporting,
        has=_filled_columns(cursor),
        profile=profile,
        links=_distinct([*links, *order_links, *link_products(cursor, sources)]),
        notes=(*people_notes, *_money_notes(cursor, currencies.reporting, conversion, costs), *book.notes),
        fingerprint=fingerprint_of([one.upload for one in (*sources, *tables)], book.cleaning),
        ledger=book.entries,
        files=book.files,
        continuations=find_continuations(cursor, counted),
        says_currency=currencies.reporting is not None,
        conversion=conversion,
        unsaid_currency=chosen_currency(cursor),
        costs=costs,
    )


def _rates_apart(sources: Sequence[Source]) -> tuple[list[Source], list[Source]]:
    """Part the tables of rates from the files about customers."""
    tables = [source for source in sources if source.kind is Kind.RATES]
    return tables, [source for source in sources if source not in tables]


def _money_notes(
    cursor: duckdb.DuckDBPyConnection,
    reporting: str | None,
    conversion: Conversion | None,
    costs: Costs | None,
) -> tuple[str, ...]:
    written = reporting or chosen_currency(cursor)
    return (*conversion_notes(conversion, reporting), *cost_notes(costs, written))


def _find_people(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], book: Book
) -> tuple[list[Link], RowCustomers, list[str]]:
    """Say who each row is of; return how the files link, the customers that are rows, and notes."""
    if not any(_names_people(source) for source in sources):
        return [], rows_as_customers(cursor, sources), []
    agree_on_ids(cursor, sources)
    agree_on_writings(cursor, sources)
    for source in sources:
        read_groups(cursor, source, book)
        complete_orders(cursor, source)
    notes = forget_placeholders(cursor, sources)
    links = resolve_aliases(cursor, sources)
    merge_people(cursor, sources, book)
    if not book.cleaning.applies(Rule.GUESTS):
        number_guests(cursor, sources)
    for source in sources:
        complete_orders(cursor, source)
    return links + follow_orders(cursor, sources), RowCustomers(), notes


def _find_suspects(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], rows: RowCustomers, book: Book
) -> tuple[Suspects, tuple[str, ...]]:
    """Find who may not count; return notes on those who stay away, too."""
    forgotten, notes = find_forgotten(cursor, sources, not rows.sources, book.cleaning)
    known = {Rule.FORGOTTEN: forgotten, Rule.OBJECTIONS: find_objections(cursor, sources)}
    return find_suspects(cursor, () if rows.sources else sources, known), notes


def _distinct(links: Sequence[Link]) -> tuple[Link, ...]:
    """Keep one link of each two columns, whichever side it was found from."""
    ends = {
        frozenset(((li.left_file, li.left_column), (li.right_file, li.right_column))): li
        for li in reversed(links)
    }
    return tuple(dict.fromkeys(link for link in links if link in ends.values()))


def _names_people(source: Source) -> bool:
    return source.person is not None and source.kind is not Kind.PRODUCTS


def _without_left_out(sources: Sequence[Source], rows: RowCustomers, book: Book) -> list[Source]:
    """Return the files that count, and note each that says nothing about customers."""
    linked = [
        s
        for s in sources
        if s in rows.sources or s.person or s.kind is Kind.PRODUCTS or (not rows.sources and _has_key(s))
    ]
    unlinked = [source for source in sources if source not in linked]
    for source in unlinked:
        book.record(source.upload, Rule.UNLINKED, f"SELECT line FROM {source.raw_table}")
        book.use(source.upload, 0)
    book.notes += [LEFT_OUT.format(file=source.upload.file_name) for source in unlinked]
    return linked


def _has_key(source: Source) -> bool:
    return source.upload.kind in (Kind.ORDERS, Kind.REVIEWS, Kind.EVENTS) and source.has(Role.ORDER_ID)


def _meaning(sources: Sequence[Source], rows: RowCustomers) -> str:
    if rows.sources:
        files = " and ".join(source.upload.file_name for source in rows.sources)
        return ROW_IS_CUSTOMER.format(files=files)
    people = [source for source in sources if source.person]
    best = next((source for source in people if source.kind is Kind.CUSTOMERS), people[0])
    name = best.person.name if best.person else ""
    by_name = best.person is not None and best.person.role is Role.NAME
    words = NAME_IS_CUSTOMER if by_name else VALUE_IS_CUSTOMER
    return words.format(column=name, file=best.upload.file_name)


def _filled_columns(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Name the tables that have rows, and their columns that have values."""
    return frozenset(name for name, count in count_filled(cursor).items() if count)


def count_filled(cursor: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Count the rows of every table of the shop, and the values of every column."""
    columns = dict(
        cursor.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns()"
            " WHERE schema_name = 'shop' AND table_name <> 'undone' GROUP BY 1"
        ).fetchall()
    )
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), [{', '.join(f'count({name})' for name in names)}] FROM shop.{table}"
        for table, names in columns.items()
    )
    found: Counter[str] = Counter()
    for table, total, filled in cursor.execute(counts).fetchall():
        found[table] = total
        found.update({f"{table}.{name}": n for name, n in zip(columns[table], filled, strict=True)})
    return found
