"""Rows that add others up, told by arithmetic where no word says it: sums of a printed report or a pivot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np

from segmentation.intake.meaning.sample import MOST_ROWS, draw_numbers, draw_sample

MOST_SUMS = 0.5
ENOUGH_SUMS = 3
ALWAYS, OFTEN = 0.98, 0.2
COMMONEST, MOST_ADDENDS, FEWEST_VALUES = 10, 1000, 10
CENT = 0.006


def summing_lines(
    cursor: duckdb.DuckDBPyConnection, table: str, numbers: Mapping[int, str], words: Sequence[int]
) -> list[int]:
    """Return the lines, among the first rows, whose numbers are sums.

    These say one thing at most and are sums in all their numbers, or say the same word and are sums in one
    column always.

    :param numbers: the columns of numbers, by position, with the format that reads them.
    :param words: the other columns, of which most rows fill two at least.
    """
    if not numbers or not words:
        return []
    said = " + ".join(f"(c{place} IS NOT NULL)::INT" for place in words)
    rows = cursor.execute(
        f"SELECT line, {said} AS said FROM {table} ORDER BY line LIMIT {MOST_ROWS}"
    ).fetchnumpy()
    lines, bare = np.asarray(rows["line"]), np.asarray(rows["said"]) <= 1
    may_be_bare = len(words) > 1 and 0 < bare.mean() <= MOST_SUMS and np.median(rows["said"]) >= 2
    masks = _of_one_word(cursor, table, words)
    if not may_be_bare and not masks:
        return []
    values = np.column_stack(list(draw_numbers(cursor, table, numbers).values()))
    if may_be_bare and (sums := _sums(values, bare)):
        return [int(line) for line in lines[sums]]
    return next(([int(line) for line in lines[mask]] for mask in masks if _always_sums(values, mask)), [])


def _of_one_word(cursor: duckdb.DuckDBPyConnection, table: str, words: Sequence[int]) -> list[np.ndarray]:
    """Return the rows of each column's commonest words, bool (rows,), where none follows another one."""
    found = []
    for column in draw_sample(cursor, table, words).codes.values():
        counts = np.bincount(column[column >= 0])
        for word in np.argsort(-counts, kind="stable")[:COMMONEST]:
            said = column == word
            often = ENOUGH_SUMS <= counts[word] <= MOST_SUMS * len(column)
            if often and not said[0] and not (said[1:] & said[:-1]).any():
                found.append(said)
    return found


def _always_sums(values: np.ndarray, said: np.ndarray) -> bool:
    """Whether in some column the rows that say the word add up the rows above them, several often.

    Not in one of few values: any number of pieces is a sum of ones.
    """
    ends = np.flatnonzero(said)
    spans = list(zip([0, *(ends[:-1] + 1).tolist()], ends.tolist(), strict=True))
    for column in np.nan_to_num(values).T:
        if min(len(np.unique(column[~said])) / FEWEST_VALUES, len(np.unique(column[said])) / ENOUGH_SUMS) < 1:
            continue
        if not all(_addends(column, *span) for span in spans[:ENOUGH_SUMS]):
            continue
        addends = np.array([_addends(column, *span) for span in spans])
        several = int((addends > 1).sum())
        if (addends > 0).mean() >= ALWAYS and several >= max(ENOUGH_SUMS, OFTEN * len(ends)):
            return True
    return False


def _addends(column: np.ndarray, first: int, end: int) -> int:
    """Return how many rows right above a row its number adds up; 0 where it is no sum, or zero."""
    above = np.cumsum(column[max(first, end - MOST_ADDENDS) : end][::-1])
    matches = np.flatnonzero(np.abs(above - column[end]) <= CENT)
    return int(matches[0]) + 1 if len(matches) and column[end] else 0


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
