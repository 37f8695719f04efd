"""One telephone in every writing: with the code of its country, with what one dials at home, or bare."""

from __future__ import annotations

from itertools import groupby

import duckdb

from segmentation.intake.cleaning.one_writing import USUAL
from segmentation.intake.contact_keys import FEWEST_DIGITS
from segmentation.intake.values.telephones import likely_region, one_number, said_regions

LOOKED_AT = 200
Writing = tuple[str, str, int]
"""The digits of a number, the same with a plus where it is written with one, and how many rows have it."""


def find_usual_telephones(cursor: duckdb.DuckDBPyConnection, numbers: str) -> None:
    """Make usual_writings (id, usual): each telephone that most rows write otherwise.

    :param numbers: SQL of the digits of the numbers, as `id`, and of their cells, as `cell`, one a row.
    """
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE telephones AS
        SELECT id, if(bool_or(starts_with(trim(cell), '+')), '+', '') || id AS said, count(*) AS n
        FROM ({numbers}) WHERE regexp_full_match(id, '\\d+') GROUP BY id;
        CREATE OR REPLACE TEMP TABLE {USUAL} (id VARCHAR, usual VARCHAR)"""
    )
    alike = _ending_alike(cursor)
    regions = _regions(cursor, alike) if alike else []
    changed = [pair for writings in alike for pair in _changed(writings, regions)]
    cursor.execute(
        f"INSERT INTO {USUAL} SELECT unnest($ids::VARCHAR[]), unnest($usual::VARCHAR[])",
        {"ids": [old for old, _ in changed], "usual": [new for _, new in changed]},
    )


def _ending_alike(cursor: duckdb.DuckDBPyConnection) -> list[list[Writing]]:
    """Return the numbers whose last digits are those of others, together."""
    rows = cursor.execute(
        f"""
        SELECT right(id, {FEWEST_DIGITS}) AS ending, id, said, n FROM telephones
        QUALIFY count(*) OVER (PARTITION BY ending) > 1 ORDER BY ending, id"""
    ).fetchall()
    return [[(id_, said, n) for _, id_, said, n in group] for _, group in groupby(rows, lambda row: row[0])]


def _regions(cursor: duckdb.DuckDBPyConnection, alike: list[list[Writing]]) -> list[str]:
    """Return the countries of the numbers: those that some say, else the one by which most are alike."""
    sample = [
        said
        for (said,) in cursor.execute(
            f"SELECT said FROM telephones ORDER BY starts_with(said, '+') DESC, hash(id) LIMIT {LOOKED_AT}"
        ).fetchall()
    ]
    if regions := said_regions(sample):
        return regions
    told = [[said for _, said, _ in writings] for writings in alike[:LOOKED_AT]]
    return [likely_region(sample, told)]


def _changed(writings: list[Writing], regions: list[str]) -> list[tuple[str, str]]:
    """Return which digits give way to which."""
    numbers = one_number([said for _, said, _ in writings], regions)
    by_rows = sorted(writings, key=lambda one: (one[2], one[0]))
    usual = {numbers[said]: id_ for id_, said, _ in by_rows}
    return [(id_, usual[numbers[said]]) for id_, said, _ in writings if usual[numbers[said]] != id_]
