"""One id in every writing: #1001, 1001.0, ="1001", 01001, 1,001; SO/24/7 and SO-24-7, where files say so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import duckdb

from segmentation.intake.cleaning.one_telephone import find_usual_telephones
from segmentation.intake.cleaning.one_writing import ALWAYS, USUAL, find_usual_writings
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source

MIN_SHARED = 0.1
ENOUGH_SHARED = 3
MIN_GAIN = 0.02
MIN_VARIED = 0.05
ENOUGH_VARIED = 3
SHORTEST_WORD = 4
FIELDS = {Role.ORDER_ID: "order_id", Role.CUSTOMER_ID: "customer_id", Role.PRODUCT_ID: "product_id"}
_BARE = "trim(id, ' #=\"''`')"
_WHOLE = f"regexp_replace({_BARE}, '^(\\d{{1,3}}(,\\d{{3}})*)\\.0+$', '\\1')"
_BY_THOUSANDS = f"regexp_full_match({_WHOLE}, '\\d{{1,3}}(,\\d{{3}})+')"
_PLAIN = f"upper(if({_BY_THOUSANDS}, replace({_WHOLE}, ',', ''), {_WHOLE}))"
_NO_ZEROS = f"regexp_replace({_PLAIN}, '^0+(\\d)', '\\1')"
_NO_SIGNS = f"regexp_replace({_PLAIN}, '[^\\pL\\pN]', '', 'g')"
WRITINGS = ("id", _PLAIN, _NO_ZEROS, _NO_SIGNS)
"""What makes two writings of an id one, as SQL of `id`: the plainest first."""


_ARE_VARIED = (
    f"count(*) FILTER (writings > 1 AND strlen(k) >= {SHORTEST_WORD})"
    f" >= greatest({ENOUGH_VARIED}, {MIN_VARIED} * count(*))"
)


def agree_on_ids(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Write the ids of files that mean the same ones alike: by the plainest writing under which they share.

    Ids that differ within one file stay apart.
    """
    for role, field in FIELDS.items():
        holders = [source for source in sources if _has(source, role)]
        for left, right in combinations(holders, 2):
            writing = _common_writing(cursor, left, right, field)
            if writing != WRITINGS[0]:
                _rewrite(cursor, left, right, field, writing)


def agree_on_writings(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Write telephones, names and ids of people as most rows write them where only the writing differs.

    Ids in which capitals tell people apart are drawn by chance: hardly any two differ in these alone.
    """
    called = [one for one in sources if one.person and one.person.role is Role.PHONE]
    if called:
        find_usual_telephones(cursor, " UNION ALL ".join(map(_telephones, called)))
        _write_as_usual(cursor, called)
    for roles, is_varied in (((Role.NAME, Role.PHONE), ALWAYS), ((Role.CUSTOMER_ID,), _ARE_VARIED)):
        named = [one for one in sources if one.person and one.person.role in roles]
        if not named:
            continue
        rows = " UNION ALL ".join(f"SELECT customer_id AS id FROM {one.typed_view}" for one in named)
        find_usual_writings(cursor, rows, is_varied)
        _write_as_usual(cursor, named)


def _telephones(source: Source) -> str:
    """Return SQL of the telephones that tell a file's people apart, as digits and as they are written."""
    place = source.columns(Role.PHONE)[0].position
    rows = f"{source.raw_table} JOIN {source.typed_view} USING (line)"
    return f"SELECT customer_id AS id, c{place} AS cell FROM {rows}"


def _write_as_usual(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    for source in sources:
        cursor.execute(
            f"UPDATE {source.typed_table} AS mine SET customer_id = usual FROM {USUAL} AS written"
            " WHERE mine.customer_id = written.id"
        )


def _has(source: Source, role: Role) -> bool:
    if role is Role.CUSTOMER_ID:
        return source.person is not None and source.person.role is role
    return source.has(role)


def _common_writing(cursor: duckdb.DuckDBPyConnection, left: Source, right: Source, field: str) -> str:
    """Return the plainest writing by which nearly as many ids are shared as by any."""
    shares: dict[str, float] = {}
    for writing in WRITINGS:
        shares[writing] = _shared(cursor, left, right, field, writing)
        if shares[writing] >= 1 - MIN_GAIN:
            break
    best = max(shares.values())
    if best < MIN_SHARED:
        return WRITINGS[0]
    return next(writing for writing, share in shares.items() if share >= best - MIN_GAIN)


def _shared(
    cursor: duckdb.DuckDBPyConnection, left: Source, right: Source, field: str, writing: str
) -> float:
    """Return which share of the smaller file's ids both have; 0 where a writing makes two ids of one."""
    mine, theirs = (f"SELECT id, {writing} AS k FROM ({_ids(source, field)})" for source in (left, right))
    found = cursor.execute(
        f"""
        WITH mine AS ({mine}),
             theirs AS ({theirs}),
             counts AS (SELECT (SELECT count(*) FROM mine) AS n, (SELECT count(DISTINCT k) FROM mine) AS nk,
                               (SELECT count(*) FROM theirs) AS m,
                               (SELECT count(DISTINCT k) FROM theirs) AS mk,
                               (SELECT count(*) FROM mine SEMI JOIN theirs USING (k)) AS shared)
        SELECT n = nk AND m = mk AND shared >= {ENOUGH_SHARED}, shared / greatest(least(n, m), 1)
        FROM counts"""
    ).fetchall()[0]
    return float(found[1]) if found[0] else 0.0


def _ids(source: Source, field: str) -> str:
    return f"SELECT DISTINCT {field} AS id FROM {source.typed_view} WHERE {field} IS NOT NULL"


def _rewrite(
    cursor: duckdb.DuckDBPyConnection, left: Source, right: Source, field: str, writing: str
) -> None:
    """Give both files the longer writing of each id that they share, by which no zero is lost."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE writings AS
        WITH ids AS (SELECT id, {_WHOLE} AS whole, {writing} AS k
                     FROM ({_ids(left, field)} UNION {_ids(right, field)})),
             chosen AS (SELECT k, arg_max(whole, (strlen(whole), whole)) AS plain FROM ids GROUP BY k)
        SELECT id, plain FROM ids JOIN chosen USING (k) WHERE id <> plain"""
    )
    for source in (left, right):
        cursor.execute(
            f"UPDATE {source.typed_table} AS mine SET {field} = plain FROM writings WHERE mine.{field} = id"
        )
