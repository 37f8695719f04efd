"""Rows that add others up, told by arithmetic where no word says it: sums of a printed report or a pivot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from segmentation.intake.meaning.added_rows import MANY, AddedRows
from segmentation.intake.meaning.sample import MOST_ROWS
from segmentation.intake.meaning.sums_of_one_word import lines_of_one_word
from segmentation.intake.values.cast import number

MOST_SUMS = 0.5
ENOUGH_SUMS = 3
ENDS, NEARLY_ALL = 5, 0.9


def summing_lines(
    cursor: duckdb.DuckDBPyConnection, table: str, numbers: Mapping[int, str], words: Sequence[int]
) -> list[int]:
    """Return the lines of a table whose numbers are sums.

    These say the same word and are sums in one column always; or lack what others have and are sums
    in all their numbers, of the rows before or of all.

    :param numbers: the columns of numbers, by position, with the format that reads them.
    :param words: the other columns.
    """
    if not numbers or not words:
        return []
    read = {f"c{place}": number(f"c{place}", written) for place, written in numbers.items()}
    found = lines_of_one_word(cursor, table, numbers, words)
    found += _sums_between(cursor, _without(cursor, table, found), read, words)
    found += _grand_totals(cursor, _without(cursor, table, found), read, words)
    return sorted(found)


def without_lines(cursor: duckdb.DuckDBPyConnection, table: str, lines: Sequence[int]) -> str:
    """Make a view of a table without some lines, and return its name."""
    keep_lines(cursor, "summing_lines", lines)
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW without_sums AS FROM {table} WHERE line NOT IN (FROM summing_lines)"
    )
    return "without_sums"


def keep_lines(cursor: duckdb.DuckDBPyConnection, name: str, lines: Sequence[int]) -> None:
    """Make a table (line) of some lines."""
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest($lines::BIGINT[]) AS line",
        {"lines": np.asarray(lines, dtype=np.int64)},
    )


def _without(cursor: duckdb.DuckDBPyConnection, table: str, lines: Sequence[int]) -> str:
    """Return SQL of a table without the lines that were found so far."""
    if not lines:
        return table
    keep_lines(cursor, "lines_so_far", lines)
    return f"(FROM {table} WHERE line NOT IN (FROM lines_so_far))"


def _sums_between(
    cursor: duckdb.DuckDBPyConnection, table: str, read: Mapping[str, str], words: Sequence[int]
) -> list[int]:
    """Return the rows that lack what others have and add up those since the sum before, or all."""
    said = "(" + " + ".join(f"(c{place} IS NOT NULL)::INT" for place in words) + ")"
    first = f"(FROM {table} ORDER BY line LIMIT {MOST_ROWS})"
    usual = int(cursor.execute(f"SELECT coalesce(median({said}), 0) FROM {first}").fetchall()[0][0])
    bare = f"({said} <= {max(1, usual // 2) if usual > 1 else 0})"
    lacks = f"({bare} OR {_lacks_a_cell(cursor, table, read, words)})"
    count = f"SELECT count_if({lacks}), count(*) FROM"
    of_all, rows = cursor.execute(f"{count} {table}").fetchall()[0]
    if not 0 < of_all <= MOST_SUMS * rows:
        return []
    known = cursor.execute(f"{count} {first}").fetchall()[0][0] if rows > MOST_ROWS else 0
    if known >= MANY and not _sums(_spans(cursor, first, read, bare, lacks), len(read)):
        return []  # where none of many is a sum, the others are asked no more
    return _sums(_spans(cursor, table, read, bare, lacks), len(read))


@dataclass(frozen=True)
class _Span:
    """A row that lacks something, its numbers, and what the rows since the one before come to."""

    line: int
    is_bare: bool
    own: tuple[float | None, ...]
    added: AddedRows


def _sums(spans: Iterable[_Span], width: int) -> list[int]:
    """Return the lines of the rows that add up those since the sum before, or all.

    A sum of one row alone, or of few by a row that says nearly as much as they, counts where others add up
    several.
    """
    sure: list[int] = []
    unsure: list[int] = []
    nothing = AddedRows.none(width)
    since, of_all = nothing, nothing
    for span in spans:
        since, of_all = since + span.added, of_all + span.added
        if of_all.are_added_up_by(span.own) or (since.count and since.are_added_up_by(span.own)):
            is_sure = since.count != 1 and (span.is_bare or of_all.count >= MANY)
            (sure if is_sure else unsure).append(span.line)
            since = nothing
        else:
            since, of_all = since + AddedRows.one(span.own), of_all + AddedRows.one(span.own)
    return [*sure, *(unsure if len(sure) >= ENOUGH_SUMS else [])]


def _spans(
    cursor: duckdb.DuckDBPyConnection, table: str, read: Mapping[str, str], bare: str, lacks: str
) -> Iterator[_Span]:
    fields = ", ".join(f"{value} AS {name}" for name, value in read.items())
    own = ", ".join(f"max({name}) FILTER (lacks)" for name in read)
    rows = cursor.execute(
        f"""
        WITH rows AS (SELECT line, {bare} AS bare, {lacks} AS lacks, {fields} FROM {table}),
             parted AS (SELECT *, count_if(lacks) OVER (ORDER BY line) - lacks::INT AS span FROM rows)
        SELECT max(line) FILTER (lacks) AS last, bool_or(bare), {own}, {_added(read, "NOT lacks")}
        FROM parted GROUP BY span HAVING bool_or(lacks) ORDER BY last"""
    ).fetchall()
    for line, is_bare, *values in rows:
        yield _Span(line, is_bare, tuple(values[: len(read)]), _as_added(values[len(read) :]))


def _added(read: Mapping[str, str], which: str) -> str:
    """Return SQL of what some rows come to."""
    measures = (f"{how}({name}) FILTER ({which})" for how in ("sum", "min", "max") for name in read)
    return f"count(*) FILTER ({which}), {', '.join(measures)}"


def _as_added(row: Sequence[float]) -> AddedRows:
    width = len(row) // 3
    return AddedRows.of(int(row[0]), row[1 : width + 1], row[width + 1 : 2 * width + 1], row[2 * width + 1 :])


def _grand_totals(
    cursor: duckdb.DuckDBPyConnection, table: str, read: Mapping[str, str], words: Sequence[int]
) -> list[int]:
    """Return the rows at both ends of a table that lack what nearly all have, and add up all others."""
    fields = ", ".join(f"{value} AS {name}" for name, value in read.items())
    ends = " UNION ".join(f"(FROM {table} ORDER BY line {way} LIMIT {ENDS})" for way in ("", "DESC"))
    lacks = _lacks_a_cell(cursor, table, read, words)
    found = cursor.execute(f"SELECT line, {fields} FROM ({ends}) WHERE {lacks}").fetchall()
    if not found:
        return []
    may_be = ", ".join(str(line) for line, *_ in found)
    query = f"SELECT {_added(read, 'true')} FROM (SELECT {fields} FROM {table} WHERE line NOT IN ({may_be}))"
    rest = _as_added(cursor.execute(query).fetchall()[0])
    sums = []
    for line, *own in found:
        others = sum((AddedRows.one(row[1:]) for row in found if row[0] != line), rest)
        if rest.count >= MANY and (rest.are_added_up_by(own) or others.are_added_up_by(own)):
            sums.append(line)
    return sums


def _lacks_a_cell(
    cursor: duckdb.DuckDBPyConnection, table: str, read: Mapping[str, str], words: Sequence[int]
) -> str:
    """Return SQL that says whether a row lacks a cell which nearly all of the first rows have."""
    names = [*(f"c{place}" for place in words), *read]
    filled = ", ".join(f"count({name}) >= {NEARLY_ALL} * count(*)" for name in names)
    first = f"(FROM {table} ORDER BY line LIMIT {MOST_ROWS})"
    nearly_all = cursor.execute(f"SELECT {filled} FROM {first}").fetchall()[0]
    lacks = [f"{name} IS NULL" for name, is_so in zip(names, nearly_all, strict=True) if is_so]
    return f"({' OR '.join(lacks) or 'false'})"
