"""Rows that add others up, told by arithmetic where no word says it: sums of a printed report or a pivot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np

from segmentation.intake.meaning.sample import MOST_ROWS, draw_numbers

MOST_SUMS = 0.5
ENOUGH_SUMS = 3
CENT = 0.006


def summing_lines(
    cursor: duckdb.DuckDBPyConnection, table: str, numbers: Mapping[int, str], words: Sequence[int]
) -> list[int]:
    """Return the lines, among the first rows, that say one thing at most, and whose numbers are sums.

    :param numbers: the columns of numbers, by position, with the format that reads them.
    :param words: the other columns, of which most rows fill two at least.
    """
    if not numbers or len(words) < 2:
        return []
    said = " + ".join(f"(c{place} IS NOT NULL)::INT" for place in words)
    rows = cursor.execute(
        f"SELECT line, {said} AS said FROM {table} ORDER BY line LIMIT {MOST_ROWS}"
    ).fetchnumpy()
    bare = np.asarray(rows["said"]) <= 1
    if not 0 < bare.mean() <= MOST_SUMS or np.median(rows["said"]) < 2:
        return []
    values = np.column_stack(list(draw_numbers(cursor, table, numbers).values()))
    return [int(line) for line in np.asarray(rows["line"])[_sums(values, bare)]]


def without_lines(cursor: duckdb.DuckDBPyConnection, table: str, lines: Sequence[int]) -> str:
    """Make a view of a table without some lines, and return its name."""
    away = ", ".join(map(str, lines))
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW without_sums AS FROM {table} WHERE line NOT IN ({away})")
    return "without_sums"


def _sums(values: np.ndarray, bare: np.ndarray) -> list[int]:
    """Return which bare rows add up those since the sum before, or all: `values` is float64 (rows, columns).

    A sum of one row alone counts where others add up several.
    """
    several: list[int] = []
    single: list[int] = []
    since, of_all, addends = np.zeros(values.shape[1]), np.zeros(values.shape[1]), 0
    for at, row in enumerate(values):
        if bare[at] and (_is_sum(row, of_all) or (addends and _is_sum(row, since))):
            (single if addends == 1 else several).append(at)
            since, addends = np.zeros(values.shape[1]), 0
        else:
            since, of_all, addends = since + np.nan_to_num(row), of_all + np.nan_to_num(row), addends + 1
    return sorted([*several, *(single if len(several) >= ENOUGH_SUMS else [])])


def _is_sum(row: np.ndarray, of_rows: np.ndarray) -> bool:
    """Whether all numbers of a row are the sums of their columns, and not all are zero."""
    known = ~np.isnan(row)
    near = np.abs(row[known] - of_rows[known]) <= CENT
    return bool(near.all() and np.abs(row[known]).any())
