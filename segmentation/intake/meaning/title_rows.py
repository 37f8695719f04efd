"""Rows that say one thing alone, above the rows that it is said of: a name, a day, a number.

What such a row says goes into each row below it, and the row itself away: into its own column where the
others leave that empty, and else into a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.values.cast import count_filled

ENOUGH, MOST = 3, 0.5
FEWEST_COLUMNS = 3
NEARLY_ALL, HARDLY_ANY = 0.9, 0.05
OWN_NAME = "(above)"


@dataclass(frozen=True)
class Titles:
    """The column in which titles stand, how many there are, and whether full rows leave it empty."""

    place: int
    rows: int
    is_free: bool


def fill_titles_down(
    cursor: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """Give the rows of a raw table what the titles above them say.

    Return the names of its columns then, and how many titles went away.
    """
    found = find_titles(cursor, table, len(names)) if len(names) >= FEWEST_COLUMNS else None
    if found is None:
        return tuple(names), 0
    source, width = f"c{found.place}", len(names)
    alone = f"({_filled(width)} = 1 AND {source} IS NOT NULL)"
    target = source if found.is_free else f"c{width}"
    if not found.is_free:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN {target} VARCHAR")
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE titled AS
        SELECT line, {alone} AS alone,
               last_value(if({alone}, {source}, NULL) IGNORE NULLS) OVER (ORDER BY line) AS title
        FROM {table};
        UPDATE {table} AS mine SET {target} = coalesce(mine.{target}, titled.title)
        FROM titled WHERE mine.line = titled.line;
        DELETE FROM {table} WHERE line IN (SELECT line FROM titled WHERE alone);
        DROP TABLE titled"""
    )
    return (*names, *(() if found.is_free else (OWN_NAME,))), found.rows


def find_titles(cursor: duckdb.DuckDBPyConnection, table: str, width: int) -> Titles | None:
    """Return the first column in which titles stand; None without."""
    lone = f"""
        SELECT count(*) FILTER (filled = 1), {MOST} * count(*), median(filled)
        FROM (SELECT {_filled(width)} AS filled FROM {table})"""
    titles, most, usual = cursor.execute(lone).fetchall()[0]
    if not ENOUGH <= titles <= most or usual < FEWEST_COLUMNS - 1:
        return None
    full = f"{_filled(width)} > {usual / 2}"
    places = range(width)
    return next((found for place in places if (found := _in_column(cursor, table, width, place, full))), None)


def _in_column(
    cursor: duckdb.DuckDBPyConnection, table: str, width: int, place: int, full: str
) -> Titles | None:
    """Look for titles in one column: each is above other rows, and none is written as their cells are.

    :param full: SQL that is true of rows that are no sums, which leave most cells empty.
    """
    cell = f"c{place}"
    shape = f"regexp_replace(regexp_replace({cell}, '\\p{{L}}+', 'a', 'g'), '\\d+', '9', 'g')"
    titles, heads, differing, others, first, alike = cursor.execute(
        f"""
        WITH told AS (SELECT line, {cell} AS cell, {shape} AS shape,
                             {_filled(width)} = 1 AND {cell} IS NOT NULL AS alone, {full} AS is_full
                      FROM {table}),
             ordered AS (SELECT *, lead(alone) OVER (ORDER BY line) AS next FROM told),
             shapes AS (SELECT DISTINCT shape FROM told WHERE NOT alone AND shape IS NOT NULL)
        SELECT count(*) FILTER (alone), avg(coalesce(NOT next, false)::INT) FILTER (alone),
               count(DISTINCT cell) FILTER (alone), avg((cell IS NOT NULL)::INT) FILTER (is_full),
               arg_min(alone, line), avg((shape IN (FROM shapes))::INT) FILTER (alone)
        FROM ordered"""
    ).fetchall()[0]
    if titles < ENOUGH or not first or heads < NEARLY_ALL or differing < NEARLY_ALL * titles:
        return None
    is_free = others <= HARDLY_ANY
    return Titles(place, titles, is_free) if is_free or alike <= HARDLY_ANY else None


def _filled(width: int) -> str:
    """Return SQL that counts the filled cells of a row."""
    return count_filled([f"c{place}" for place in range(width)])
