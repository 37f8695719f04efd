"""Single words that stand for people among names of several: what a till writes for whoever comes."""

from __future__ import annotations

import duckdb

LONE_WORDS = "lone_words"
FEWEST, MIN_SHARE = 10, 0.02
FAR_MORE = 2
NEARLY_ALL = 0.9


def find_lone_words(cursor: duckdb.DuckDBPyConnection, names: str) -> set[str]:
    """Return the names of one word on far more rows than any of several, where nearly all names have these.

    They are kept as lone_words (id), too.

    :param names: SQL of the names, as `id`, one a row.
    """
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {LONE_WORDS} AS
        WITH told AS (SELECT id, contains(id, ' ') AS several, count(*) AS n FROM ({names})
                      WHERE id IS NOT NULL GROUP BY id),
             usual AS (SELECT avg(several::INT) AS share, max(n) FILTER (several) AS most, sum(n) AS rows
                       FROM told)
        SELECT id FROM told, usual
        WHERE NOT several AND share >= {NEARLY_ALL}
          AND n >= greatest({FEWEST}, {MIN_SHARE} * rows, {FAR_MORE} * most)"""
    )
    return {name for (name,) in cursor.execute(f"FROM {LONE_WORDS}").fetchall()}
