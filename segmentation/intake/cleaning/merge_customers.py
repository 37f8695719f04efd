"""One person behind several customer numbers, told by a shared e-mail address; and guests told apart."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning.lone_words import LONE_WORDS, find_lone_words
from segmentation.intake.cleaning.one_telephone import find_usual_telephones
from segmentation.intake.cleaning.one_writing import USUAL, find_usual_writings
from segmentation.intake.cleaning.placeholder_customers import PLACEHOLDERS
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.contact_keys import full_name, telephone
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.guest_words import IS_GUEST, IS_NOBODYS_ADDRESS

MOST_NUMBERS = 20
MOST_OF_ONE = 3
FAR_MORE = 4
MIN_RETURNING = 0.3
MIN_SHARE = 0.05
ALIKE = 0.8
GUEST = "guest order "
NAMED_GUEST = "guest order of "
# The first word of a name, unless it is an initial; the whole one where the family stands first.
_GIVEN = (
    "nullif(regexp_extract(lower(strip_accents(name)),"
    " '^(?:.*[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}].*$|[^ .]{3,})'), '')"
)
_ARE_ALIKE = (
    "if(strlen(addresses.given) > 2 * length(addresses.given), (addresses.given = people.given)::INT,"
    " jaro_winkler_similarity(addresses.given, people.given))"
)


def merge_people(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], book: Book) -> None:
    """Give customers who share an e-mail address the first of their numbers, and guests that of theirs.

    Guests without a known address are told apart by it, else by telephone, else by name.
    """
    named = [source for source in sources if source.person and source.kind is not Kind.PRODUCTS]
    told = [source for source in named if source.has(Role.EMAIL)]
    if not told and not any(_tells_guests(source) for source in named):
        return
    if shared := _gather_addresses(cursor, told):
        _map_numbers(cursor)
    for source in named:
        has_guests = _tells_guests(source) and _has_guests(cursor, source)
        if shared or has_guests:
            _apply(cursor, source, book, has_guests)


def _contacts(source: Source, rows: str, also: str) -> str:
    """Return SQL of customer_id and the normalised address, telephone and name of rows with the raw cells.

    :param also: further fields of the rows.
    """
    mail, phone, name = "NULL", "NULL", full_name(source.upload) or "NULL"
    if source.has(Role.EMAIL):
        cell = f"lower(c{source.columns(Role.EMAIL)[0].position})"
        bare = f"regexp_replace(regexp_replace({cell}, '\\+[^@]*@', '@'), '@googlemail\\.com$', '@gmail.com')"
        mail = f"CASE WHEN {cell} LIKE '%_@_%._%' THEN {bare} END"
    if source.has(Role.PHONE):
        phone = telephone(f"c{source.columns(Role.PHONE)[0].position}")
    return f"""
        SELECT customer_id, {also}, ({mail})::VARCHAR AS email, ({phone})::VARCHAR AS phone,
               CASE WHEN strlen({name}) > 2 AND NOT regexp_full_match(lower({name}), '{IS_GUEST}')
                    THEN ({name})::VARCHAR END AS name
        FROM {rows}"""


def _told_cells(source: Source) -> str:
    columns = source.columns(Role.EMAIL, Role.PHONE, Role.NAME)
    return ", ".join(f"c{column.position}" for column in columns)


def _visits(source: Source) -> str:
    """Return SQL of who wrote which cells on a file's rows, with the first and the last visit of each."""
    visit = "order_id" if source.has(Role.ORDER_ID) else "moment::VARCHAR"
    visit = visit if source.has(Role.ORDER_ID, Role.TIMESTAMP) else "line::VARCHAR"
    cells = _told_cells(source)
    return f"""
        (SELECT customer_id, {cells}, min({visit}) AS first_visit, max({visit}) AS last_visit
         FROM {source.raw_table} JOIN {source.typed_view} AS typed USING (line)
         GROUP BY customer_id, {cells})"""


def _gather_addresses(cursor: duckdb.DuckDBPyConnection, told: Sequence[Source]) -> bool:
    """Make addresses (customer_id, email) of all files, without those that are typed in for everybody.

    Return whether any address comes twice; where none does, nobody has to give way to anybody.
    """
    rows = " UNION ALL ".join(
        f"""SELECT customer_id, email, name, first_visit, last_visit
            FROM ({_contacts(source, _visits(source), "first_visit, last_visit")}) WHERE email IS NOT NULL"""
        for source in told
    )
    nothing = (
        "SELECT NULL::VARCHAR AS customer_id, NULL::VARCHAR AS email, NULL::VARCHAR AS name,"
        " NULL::VARCHAR AS first_visit, NULL::VARCHAR AS last_visit WHERE false"
    )
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE known_contacts AS {rows or nothing}")
    twice = "SELECT count(email) > count(DISTINCT email) FROM known_contacts"
    comes_twice = bool(cursor.execute(twice).fetchall()[0][0])
    if comes_twice:
        _find_dummies(cursor)
    else:
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE dummy_addresses AS SELECT id AS email FROM {PLACEHOLDERS};"
            "CREATE OR REPLACE TEMP TABLE same_people (customer_id VARCHAR, person VARCHAR)"
        )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE addresses AS
        SELECT customer_id, email, CASE WHEN count(DISTINCT {_GIVEN}) = 1 THEN min({_GIVEN}) END AS given
        FROM known_contacts ANTI JOIN dummy_addresses USING (email)
        WHERE customer_id IS NOT NULL GROUP BY customer_id, email"""
    )
    return comes_twice


def _find_dummies(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make dummy_addresses (email): those that are typed in for everybody."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE dummy_addresses AS
        WITH numbers AS (SELECT email, customer_id, min(first_visit) < max(last_visit) AS returned
                         FROM known_contacts WHERE customer_id IS NOT NULL GROUP BY email, customer_id),
             shared AS (SELECT email, count(*) AS numbers, avg(returned::INT) AS come_back
                        FROM numbers GROUP BY email),
             faces AS (SELECT email, count(DISTINCT lower(name)) AS names, count(*) AS rows
                       FROM known_contacts GROUP BY email),
             usual AS (SELECT sum(numbers) AS all_numbers, count(*) AS n FROM shared)
        SELECT email FROM faces LEFT JOIN shared USING (email), usual
        WHERE numbers > {MOST_NUMBERS}
           OR (numbers > {MOST_OF_ONE} AND numbers > {FAR_MORE} * (all_numbers - numbers) / greatest(n - 1, 1)
               AND (come_back >= {MIN_RETURNING} OR numbers >= {MIN_SHARE} * all_numbers))
           OR (names > {MOST_OF_ONE} AND names >= 0.5 * rows) OR email IN (FROM {PLACEHOLDERS})
           OR (regexp_full_match(email, '{IS_NOBODYS_ADDRESS}')
               AND greatest(coalesce(numbers, 0), rows) > 1)"""
    )


def _map_numbers(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make same_people (customer_id, person): every number that gives way to a smaller one, over all hops.

    Two people of one household, told by their given names, keep their numbers.
    """
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE same_people AS
        WITH people AS (SELECT email, min(customer_id) AS person, arg_min(given, customer_id) AS given
                        FROM addresses GROUP BY email HAVING count(*) > 1)
        SELECT customer_id, min(person) AS person FROM addresses JOIN people USING (email)
        WHERE coalesce({_ARE_ALIKE}, 1) >= {ALIKE}
        GROUP BY customer_id HAVING min(person) <> customer_id"""
    )
    changed = 1
    while changed:
        changed = cursor.execute(
            """
            UPDATE same_people SET person = further.person FROM same_people AS further
            WHERE same_people.person = further.customer_id"""
        ).fetchall()[0][0]


def _apply(cursor: duckdb.DuckDBPyConnection, source: Source, book: Book, has_guests: bool) -> None:
    """Write down the rows of a file whose customer is known under another number, and change it."""
    moves = f"SELECT line, person FROM {source.typed_view} JOIN same_people USING (customer_id)"
    if has_guests:
        guests = f"""
            (SELECT line, customer_id, {_told_cells(source)}
             FROM {source.raw_table} JOIN {source.typed_view} AS typed USING (line)
             WHERE customer_id IS NULL)"""
        every = f"{source.raw_table} JOIN {source.typed_view} AS typed USING (line)"
        find_lone_words(cursor, f"SELECT name AS id FROM ({_contacts(source, every, 'line')})")
        moves += f"""
            UNION ALL
            SELECT line, coalesce(known.person, rows.email,
                                  '{NAMED_GUEST}' || coalesce(rows.phone, rows.name)) AS person
            FROM (SELECT * REPLACE (if(email IN (FROM dummy_addresses), NULL, email) AS email,
                                    if(phone IN (FROM {PLACEHOLDERS}), NULL, phone) AS phone,
                                    if(name IN (FROM {LONE_WORDS}), NULL, name) AS name)
                  FROM ({_contacts(source, guests, "line")})) AS rows
            LEFT JOIN (SELECT email, min(coalesce(same_people.person, customer_id)) AS person
                       FROM addresses LEFT JOIN same_people USING (customer_id) GROUP BY email) AS known
                ON known.email = rows.email
            WHERE coalesce(rows.email, rows.phone, rows.name) IS NOT NULL"""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE moves AS {moves}")
    _agree_on_guests(cursor, source)
    found = book.record(source.upload, Rule.MERGED, "SELECT line FROM moves")
    if found and book.cleaning.applies(Rule.MERGED):
        cursor.execute(
            f"UPDATE {source.typed_table} AS mine SET customer_id = moves.person FROM moves"
            " WHERE mine.line = moves.line"
        )


def _agree_on_guests(cursor: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Write the telephones and names of guests as most rows write them."""
    who = f"substr(person, {len(NAMED_GUEST) + 1})"
    guests = f"SELECT {who} AS id, {{}} AS cell FROM moves {{}} WHERE starts_with(person, '{NAMED_GUEST}')"
    if not cursor.execute(f"SELECT count(*) FROM ({guests.format('NULL', '')})").fetchall()[0][0]:
        return
    if source.has(Role.PHONE):
        cell = f"c{source.columns(Role.PHONE)[0].position}"
        find_usual_telephones(cursor, guests.format(cell, f"JOIN {source.raw_table} USING (line)"))
        _rewrite_guests(cursor, who)
    find_usual_writings(cursor, guests.format("NULL", ""))
    _rewrite_guests(cursor, who)


def _rewrite_guests(cursor: duckdb.DuckDBPyConnection, who: str) -> None:
    cursor.execute(
        f"UPDATE moves SET person = '{NAMED_GUEST}' || usual FROM {USUAL}"
        f" WHERE starts_with(person, '{NAMED_GUEST}') AND {who} = id"
    )


def _tells_guests(source: Source) -> bool:
    """Whether rows without a customer may say who it was beside the column that should."""
    if source.person is None:
        return False
    told = {Role.EMAIL, Role.PHONE, Role.NAME} - {source.person.role}
    return source.kind is not Kind.CUSTOMERS and source.has(*told)


def _has_guests(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    rows = f"SELECT count(*) > count(customer_id) FROM {source.typed_view}"
    return bool(cursor.execute(rows).fetchall()[0][0])


def number_guests(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Make every order without a customer one of its own."""
    for source in sources:
        if source.kind is Kind.ORDERS and source.person and source.has(Role.ORDER_ID):
            cursor.execute(
                f"UPDATE {source.typed_table} SET customer_id = '{GUEST}' || order_id"
                " WHERE customer_id IS NULL AND order_id IS NOT NULL"
            )
