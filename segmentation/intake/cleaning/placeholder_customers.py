"""Values that stand for nobody where a customer should: 0, -1, Guest, walk-in, a till's own address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.cleaning.lone_words import find_lone_words
from segmentation.intake.cleaning.standing_out import VISIT, stands_out
from segmentation.intake.contact_keys import full_name
from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import literal
from segmentation.intake.values.guest_words import IS_GUEST, IS_NOBODYS_ADDRESS
from segmentation.intake.words import STANDS_FOR_GUESTS

PLACEHOLDERS = "placeholders"
MIN_SHARE = 0.02
MOST_CANDIDATES = 50
MOST_UNLIKE = 3
MOST_FACES = 1.5
FROM_EVERYWHERE = "faces >= greatest(3, if(of_all >= 10, of_all/2, visits+1))"
MANY_FACES = f"(faces >= greatest(3, visits/2) OR {FROM_EVERYWHERE})"
FROM_FEW_PLACES = "faces < of_all/2 AND of_all >= 10"
MORE, FAR_MORE = 2, 3
ALWAYS_TOLD = 0.9
FIRST_NUMBERS, MOST_OF_FIRST = 10, 8
_NOTHING = (
    "regexp_full_match(customer_id, '[^0-9]*0+(\\.0+)?|-\\d+')"
    " OR (strlen(customer_id) >= 4 AND replace(customer_id, customer_id[1], '') = '')"
)
_NUMBER = "regexp_extract(customer_id, '^[^0-9]*([0-9]+)$', 1)"
# K000 where there are K001, K002 and so on, and no more of it than of a good customer.
_FIRST_OF_ALL = (
    f"(first >= {MOST_OF_FIRST} AND strlen(customer_id) > 1 AND number = 0 AND n < {FAR_MORE} * most)"
)


@dataclass(frozen=True)
class _Candidate:
    """A value that may be no customer: named by a word, unlike the other ids, with more rows than usual."""

    value: str
    named: bool
    unlike: bool
    frequent: bool
    far_more: bool


def forget_placeholders(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[str]:
    """Take the placeholders out of the customer numbers of all files; return a note for each file of some.

    They are kept as placeholders (id), too.
    """
    people = [source for source in sources if source.person and source.kind is not Kind.PRODUCTS]
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {PLACEHOLDERS} (id VARCHAR)")
    notes = []
    for source in people:
        found = [] if source.kind is Kind.CUSTOMERS else _placeholders(cursor, source)
        if not found:
            continue
        cursor.execute(f"INSERT INTO {PLACEHOLDERS} SELECT unnest(?::VARCHAR[])", [found])
        values = ", ".join(literal(value) for value in found)
        for other in people:
            cursor.execute(
                f"UPDATE {other.typed_table} SET customer_id = NULL WHERE customer_id IN ({values})"
            )
        told = ", ".join(f"“{value}”" for value in found)
        notes.append(STANDS_FOR_GUESTS.format(values=told, file=source.upload.file_name))
    return notes


def _placeholders(cursor: duckdb.DuckDBPyConnection, source: Source) -> list[str]:
    by_mail = source.person is not None and source.person.role is Role.EMAIL
    candidates = _candidates(cursor, source, IS_NOBODYS_ADDRESS if by_mail else IS_GUEST)
    if not candidates:
        return []
    found = {one.value for one in candidates if one.named and (one.far_more or not by_mail)}
    unlike = {one.value for one in candidates if one.unlike and one.frequent}
    if source.person and source.person.role is Role.CUSTOMER_ID and len(unlike) <= MOST_UNLIKE:
        found |= unlike
    if source.person and source.person.role is Role.NAME:
        found |= find_lone_words(cursor, f"SELECT customer_id AS id FROM {source.typed_view}")
    faces, values = _faces(source), [one.value for one in candidates]
    faceless = _without_faces(cursor, source, faces, [one.value for one in candidates if one.far_more])
    told = [_with_many_faces(cursor, source, face, values) for face in faces]
    found |= faceless | (set.intersection(*told) if told else _from_everywhere(cursor, source, values))
    if not told and not found:
        found = stands_out(cursor, source) - _from_everywhere(cursor, source, values, FROM_FEW_PLACES)
    return sorted(found)


def _candidates(cursor: duckdb.DuckDBPyConnection, source: Source, word: str) -> list[_Candidate]:
    """Return the values that might be no customer: by a word, by their look, or by the share of the rows."""
    rows = cursor.execute(
        f"""
        WITH ids AS (SELECT customer_id, count(*) AS n FROM {source.typed_view}
                     WHERE customer_id IS NOT NULL GROUP BY customer_id),
             looks AS MATERIALIZED (SELECT *, regexp_matches(customer_id, '\\d') AS has_digits,
                              regexp_matches(customer_id, '\\pL') AS has_letters,
                              strlen(customer_id) AS size, {_NOTHING} AS nothing,
                              try_cast({_NUMBER} AS BIGINT) AS number,
                              regexp_full_match(lower(customer_id), '{word}') AS named FROM ids),
             usual AS (SELECT median(n) AS middle, avg(has_digits::INT) AS digits, sum(n) AS total,
                              avg(has_letters::INT) AS letters,
                              max(n) FILTER (NOT nothing AND NOT named) AS most,
                              min(size) FILTER (NOT nothing AND NOT named) AS shortest,
                              max(size) FILTER (NOT nothing AND NOT named) AS longest,
                              bool_or(prefix(customer_id, '0')) FILTER (NOT nothing) AS padded,
                              count(DISTINCT number) FILTER (number BETWEEN 1 AND {FIRST_NUMBERS}) AS first
                       FROM looks)
        SELECT customer_id, named AND n >= 2,
               coalesce((nothing AND size NOT BETWEEN shortest AND longest) OR starts_with(customer_id, '-')
                        OR (nothing AND prefix(customer_id, '00') AND NOT padded)
                        OR (((NOT has_digits AND digits > 0.9) OR (has_letters AND letters < 0.1))
                            AND n >= greatest({MIN_SHARE} * total, {FAR_MORE} * middle))
                        OR (nothing AND n >= {FAR_MORE} * middle AND n >= most
                            AND NOT {_FIRST_OF_ALL}), false),
               n > middle, n >= greatest({FAR_MORE} * middle, 3)
        FROM looks, usual
        WHERE named OR nothing OR n >= greatest({MIN_SHARE} * total, {MORE} * middle, 3)
        ORDER BY n DESC, customer_id LIMIT {MOST_CANDIDATES}"""
    ).fetchall()
    return [_Candidate(*row) for row in rows]


def _with_many_faces(
    cursor: duckdb.DuckDBPyConnection,
    source: Source,
    face: str,
    candidates: Sequence[str],
    which: str = MANY_FACES,
) -> set[str]:
    """Return those with nearly as many names, addresses or telephones as visits, where others have one.

    :param which: how many are too many for one person, in SQL.
    """
    chosen = ", ".join(literal(value) for value in candidates)
    rows = cursor.execute(
        f"""
        WITH seen AS (SELECT customer_id, lower({face}) AS face, {VISIT} AS visit
                      FROM {source.raw_table} JOIN {source.typed_view} AS typed USING (line)
                      WHERE customer_id IS NOT NULL AND {face} IS NOT NULL),
             counts AS (SELECT customer_id, count(DISTINCT face) AS faces, count(DISTINCT visit) AS visits
                        FROM seen WHERE customer_id IN ({chosen}) GROUP BY customer_id),
             every AS (SELECT count(DISTINCT face) AS of_all FROM seen),
             many AS (SELECT * FROM counts, every WHERE {which})
        SELECT customer_id FROM many
        WHERE (SELECT coalesce(avg(faces), 1) FROM (SELECT count(DISTINCT face) AS faces FROM seen
               WHERE customer_id NOT IN ({chosen}) GROUP BY customer_id)) < {MOST_FACES}"""
    ).fetchall()
    return {value for (value,) in rows}


def _from_everywhere(
    cursor: duckdb.DuckDBPyConnection, source: Source, candidates: Sequence[str], which: str = FROM_EVERYWHERE
) -> set[str]:
    """Return those of nearly all of many places, or whatever else is one of each other customer.

    :param which: of how many places they are, in SQL.
    """
    words = source.columns(Role.CATEGORICAL, Role.COUNTRY)
    return {
        value
        for column in words
        for value in _with_many_faces(cursor, source, f"c{column.position}", candidates, which)
    }


def _without_faces(
    cursor: duckdb.DuckDBPyConnection, source: Source, faces: Sequence[str], candidates: Sequence[str]
) -> set[str]:
    """Return those who never gave a name, an address or a telephone, where nearly all others always do."""
    if not faces or not candidates:
        return set()
    chosen = ", ".join(literal(value) for value in candidates)
    rows = cursor.execute(
        f"""
        WITH told AS (SELECT customer_id, coalesce({", ".join(faces)}) IS NOT NULL AS face
                      FROM {source.raw_table} JOIN {source.typed_view} AS typed USING (line)
                      WHERE customer_id IS NOT NULL),
             others AS (SELECT avg(face::INT) AS share FROM told WHERE customer_id NOT IN ({chosen}))
        SELECT customer_id FROM told WHERE customer_id IN ({chosen})
        GROUP BY customer_id HAVING NOT bool_or(face) AND (SELECT share FROM others) >= {ALWAYS_TOLD}"""
    ).fetchall()
    return {value for (value,) in rows}


def _faces(source: Source) -> list[str]:
    """Return SQL of what tells people apart beside their number: name, e-mail and telephone, else addresses.

    Gifts go to many addresses, so these say nothing where a person is told by more.
    """
    name = full_name(source.upload)
    cells = [f"c{c.position}" for c in source.columns(Role.EMAIL, Role.PHONE) if c is not source.person]
    own = [*([name] if name and source.person and source.person.role is not Role.NAME else []), *cells]
    return own or [f"c{c.position}" for c in source.upload.columns if _is_address(c)]


def _is_address(column: Column) -> bool:
    written = Concept.ADDRESS in concepts_of(column.name) and column.role is Role.IGNORE
    return written or column.role is Role.POSTAL_CODE
