"""Rows that add others up, told by arithmetic where no word says it: sums of a printed report or a pivot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from segmentation.intake.meaning.added_rows import MANY, AddedRows
from segmentation.intake.meaning.sample import MOST_ROWS
from segmentation.intake.meaning.sums_of_one_word import lines_of_one_word
from segmentation.intake.values.cast import count_filled, number

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
    rows = _Rows.of(cursor, _without(cursor, table, found), read, words)
    if not rows.lacking:
        return sorted(found)
    if between := _sums_between(cursor, rows, read):
        found += between
        rows = _Rows.of(cursor, _without(cursor, table, found), read, words)
    return sorted(found + _grand_totals(cursor, rows, read))


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


@dataclass(frozen=True)
class _Rows:
    """Rows that may hold sums: `table`, how many `lack` what others have, and of how many.

    In SQL, `bare` says whether a row says less than others do, `lacks_a_cell` whether one that nearly all of
    the first rows have is not there.
    """

    table: str
    bare: str
    lacks_a_cell: str
    lacking: int
    count: int

    @classmethod
    def of(
        cls, cursor: duckdb.DuckDBPyConnection, table: str, read: Mapping[str, str], words: Sequence[int]
    ) -> _Rows:
        """Look at what is usual in the first rows, and count those that lack some of it."""
        names = [*(f"c{place}" for place in words), *read]
        said = count_filled([f"c{place}" for place in words])
        filled = ", ".join(f"count({name}) >= {NEARLY_ALL} * count(*)" for name in names)
        usual, *nearly_all = cursor.execute(
            f"SELECT coalesce(median({said}), 0), {filled} FROM {_first(table)}"
        ).fetchall()[0]
        bare = f"({said} <= {max(1, int(usual) // 2) if usual >= 2 else 0})"
        missing = [f"{name} IS NULL" for name, is_so in zip(names, nearly_all, strict=True) if is_so]
        lacks_a_cell = f"({' OR '.join(missing) or 'false'})"
        counts = cursor.execute(f"SELECT count_if({bare} OR {lacks_a_cell}), count(*) FROM {table}")
        return cls(table, bare, lacks_a_cell, *counts.fetchall()[0])

    @property
    def lacks(self) -> str:
        """SQL of whether a row lacks anything that others have."""
        return f"({self.bare} OR {self.lacks_a_cell})"


def _first(table: str) -> str:
    return f"(FROM {table} ORDER BY line LIMIT {MOST_ROWS})"


def _sums_between(cursor: duckdb.DuckDBPyConnection, rows: _Rows, read: Mapping[str, str]) -> list[int]:
    """Return the rows that lack what others have and add up those since the sum before, or all."""
    if rows.lacking > MOST_SUMS * rows.count:
        return []
    first = _first(rows.table)
    known = 0
    if rows.count > MOST_ROWS:
        known = cursor.execute(f"SELECT count_if({rows.lacks}) FROM {first}").fetchall()[0][0]
    if known >= MANY and not _sums(_spans(cursor, first, read, rows), len(read)):
        return []  # where none of many is a sum, the others are asked no more
    return _sums(_spans(cursor, rows.table, read, rows), len(read))


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
    cursor: duckdb.DuckDBPyConnection, table: str, read: Mapping[str, str], rows: _Rows
) -> Iterator[_Span]:
    fields = ", ".join(f"{value} AS {name}" for name, value in read.items())
    own = ", ".join(f"max({name}) FILTER (lacks)" for name in read)
    found = cursor.execute(
        f"""
        WITH rows AS (SELECT line, {rows.bare} AS bare, {rows.lacks} AS lacks, {fields} FROM {table}),
             parted AS (SELECT *, count_if(lacks) OVER (ORDER BY line) - lacks::INT AS span FROM rows)
        SELECT max(line) FILTER (lacks) AS last, bool_or(bare), {own}, {_added(read, "NOT lacks")}
        FROM parted GROUP BY span HAVING bool_or(lacks) ORDER BY last"""
    ).fetchall()
    for line, is_bare, *values in found:
        yield _Span(line, is_bare, tuple(values[: len(read)]), _as_added(values[len(read) :]))


def _added(read: Mapping[str, str], which: str) -> str:
    """Return SQL of what some rows come to."""
    measures = (f"{how}({name}) FILTER ({which})" for how in ("sum", "min", "max") for name in read)
    return f"count(*) FILTER ({which}), {', '.join(measures)}"


def _as_added(row: Sequence[float]) -> AddedRows:
    width = len(row) // 3
    return AddedRows.of(int(row[0]), row[1 : width + 1], row[width + 1 : 2 * width + 1], row[2 * width + 1 :])


def _grand_totals(cursor: duckdb.DuckDBPyConnection, rows: _Rows, read: Mapping[str, str]) -> list[int]:
    """Return the rows at both ends of a table that lack what nearly all have, and add up all others."""
    fields = ", ".join(f"{value} AS {name}" for name, value in read.items())
    ends = " UNION ".join(f"(FROM {rows.table} ORDER BY line {way} LIMIT {ENDS})" for way in ("", "DESC"))
    found = cursor.execute(f"SELECT line, {fields} FROM ({ends}) WHERE {rows.lacks_a_cell}").fetchall()
    if not found:
        return []
    may_be = ", ".join(str(line) for line, *_ in found)
    others = f"(SELECT {fields} FROM {rows.table} WHERE line NOT IN ({may_be}))"
    rest = _as_added(cursor.execute(f"SELECT {_added(read, 'true')} FROM {others}").fetchall()[0])
    sums = []
    for line, *own in found:
        all_others = sum((AddedRows.one(row[1:]) for row in found if row[0] != line), rest)
        if rest.count >= MANY and (rest.are_added_up_by(own) or all_others.are_added_up_by(own)):
            sums.append(line)
    return sums
