"""Rows that say the same word in one column and add up the rows above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import numpy as np

from segmentation.intake.meaning.added_rows import CENT
from segmentation.intake.meaning.sample import MOST_ROWS, draw_names, draw_numbers, draw_sample
from segmentation.intake.values.cast import number

MOST_SUMS = 0.5
ENOUGH_SUMS = 3
ALWAYS, OFTEN = 0.98, 0.2
COMMONEST, MOST_ADDENDS, FEWEST_VALUES = 10, 1000, 10


def lines_of_one_word(
    cursor: duckdb.DuckDBPyConnection, table: str, numbers: Mapping[int, str], words: Sequence[int]
) -> list[int]:
    """Return the lines of the first word whose rows are sums in some column: in the first rows, and in all.

    :param numbers: the columns of numbers, by position, with the format that reads them.
    :param words: the columns in which the word may stand.
    """
    values: dict[int, np.ndarray] = {}
    for place, word, said in _frequent_words(cursor, table, words):
        values = values or draw_numbers(cursor, table, numbers)
        added = next((at for at, column in values.items() if _always_sums(column, said)), None)
        if added is not None:
            name = draw_names(cursor, table, place)[word]
            return _in_all(cursor, table, (place, name), (added, numbers[added]))
    return []


def _in_all(
    cursor: duckdb.DuckDBPyConnection, table: str, word: tuple[int, str], added: tuple[int, str]
) -> list[int]:
    """Return the lines of the whole table that say a word in a column; none unless they are sums in all."""
    (place, name), (column, written) = word, added
    rows = cursor.execute(
        f"""
        SELECT line, coalesce({number(f"c{column}", written)}, 0) AS value,
               coalesce(c{place} = $name, false) AS said
        FROM {table} ORDER BY line""",
        {"name": name},
    ).fetchnumpy()
    said = np.asarray(rows["said"])
    lines = np.asarray(rows["line"])[said]
    known = len(said) <= MOST_ROWS or _always_sums(np.asarray(rows["value"]), said)
    return [int(line) for line in lines] if known else []


def _frequent_words(
    cursor: duckdb.DuckDBPyConnection, table: str, words: Sequence[int]
) -> Iterator[tuple[int, int, np.ndarray]]:
    """Yield each column's commonest words, where none follows another one: column, code, and whose they are.

    Whose: bool (rows,), of the first rows.
    """
    for place, column in draw_sample(cursor, table, words).codes.items():
        counts = np.bincount(column[column >= 0])
        for word in np.argsort(-counts, kind="stable")[:COMMONEST]:
            said = column == word
            often = ENOUGH_SUMS <= counts[word] <= MOST_SUMS * len(column)
            if often and not said[0] and not (said[1:] & said[:-1]).any():
                yield place, int(word), said


def _always_sums(column: np.ndarray, said: np.ndarray) -> bool:
    """Whether the rows that say the word nearly always add up the rows above them, several often.

    Not in a column of few values: any number of pieces is a sum of ones.
    """
    column, ends = np.nan_to_num(column), np.flatnonzero(said)
    spans = list(zip([0, *(ends[:-1] + 1).tolist()], ends.tolist(), strict=True))
    if min(len(np.unique(column[~said])) / FEWEST_VALUES, len(np.unique(column[said])) / ENOUGH_SUMS) < 1:
        return False
    if not all(_addends(column, *span) for span in spans[:ENOUGH_SUMS]):
        return False
    addends = np.array([_addends(column, *span) for span in spans])
    several = int((addends > 1).sum())
    return bool((addends > 0).mean() >= ALWAYS and several >= max(ENOUGH_SUMS, OFTEN * len(ends)))


def _addends(column: np.ndarray, first: int, end: int) -> int:
    """Return how many rows right above a row its number adds up; 0 where it is no sum, or zero."""
    above = np.cumsum(column[max(first, end - MOST_ADDENDS) : end][::-1])
    matches = np.flatnonzero(np.abs(above - column[end]) <= CENT)
    return int(matches[0]) + 1 if len(matches) and column[end] else 0
