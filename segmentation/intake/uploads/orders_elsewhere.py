"""Files whose rows are told by another file: a column there, or here, holds the numbers of orders.

A file of heads that says no more than who and when reads like a file of customers, until another file has
several undated rows for each of its numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.doubts import reading_question
from segmentation.intake.meaning.guess_roles import Guess, guess
from segmentation.intake.meaning.readings import Told
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.uploads.cells import FEWEST, Cell, Cells, cell_of
from segmentation.intake.uploads.said_beside import said_beside
from segmentation.intake.uploads.understood import keep_reasons, keep_understood
from segmentation.intake.words import BY_HAND
from segmentation.workspace import quote_identifier

MIN_KNOWN, MIN_ALIKE = 0.9, 0.95
SURE = 0.6
REPEATED = 0.9
DENSE, ABOVE_AGES, LOWER_HALF = 0.3, 100, 0.8
_NUMBER = frozenset({Concept.ORDER, Concept.ID})
_BUYER = frozenset({Concept.CUSTOMER, Concept.ID})
_BUYERS_NAME = frozenset({Concept.CUSTOMER, Concept.NAME})
_BUYERS = (Role.CUSTOMER_ID, Role.EMAIL, Role.NAME)
_SPOKEN = {
    Role.AMOUNT: Concept.AMOUNT,
    Role.UNIT_PRICE: Concept.PRICE,
    Role.QUANTITY: Concept.QUANTITY,
}
_WORDS = (Role.CATEGORICAL, Role.IGNORE)
_OF_ITS_OWN = (Role.TIMESTAMP, Role.EMAIL, Role.NAME)
_READ_AGAIN = (Kind.CUSTOMERS, Kind.OTHER, Kind.PRODUCTS)
_UNSURE = (Role.CUSTOMER_ID, Role.ORDER_ID, Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE)


def read_orders_again(cursor: duckdb.DuckDBPyConnection, cells: Cells, uploads: Sequence[Upload]) -> bool:
    """Read each file anew that another one tells to be of orders; say whether any was."""
    for upload in uploads:
        others = [one for one in uploads if one is not upload]
        if is_said(upload) or not (upload.kind in _READ_AGAIN or _lacks_number(upload)):
            continue
        if any(_read_again(cursor, upload, number, others) for number in _numbers(cells, upload, others)):
            return True
    return False


def is_said(upload: Upload) -> bool:
    """Whether a person or a header says what the rows are: who the customer is, but for the numbers."""
    by_hand = any(column.reason == BY_HAND for column in upload.columns)
    return by_hand or any(doubt.answered and doubt.code.startswith("kind") for doubt in upload.doubts)


def _lacks_number(upload: Upload) -> bool:
    """Whether rows are of orders, and no header says which column has their numbers."""
    number = upload.column_of(Role.ORDER_ID)
    return upload.kind is Kind.ORDERS and (number is None or number.confidence < SURE)


def _numbers(cells: Cells, upload: Upload, others: Sequence[Upload]) -> Iterator[Column]:
    """Return the columns that are numbers of orders: those of another file, or of which one has lines."""
    people = [column for column in upload.columns if column.role in (Role.CUSTOMER_ID, Role.EMAIL)]
    sure = {column for column in people if column.confidence >= SURE}
    open_ones = [column for column in upload.columns if column.role in _UNSURE and not sure - {column}]
    yield from (one for one in open_ones if any(_is_of_lines(cells, upload, one, it) for it in others))
    if upload.kind is Kind.ORDERS:
        unsure = (column for column in upload.columns if column.role in _UNSURE and column not in sure)
        yield from (one for one in unsure if any(_holds_orders(cells, upload, one, it) for it in others))
    if upload.kind in (Kind.ORDERS, Kind.PRODUCTS):
        return
    undated = [one for one in others if not any(column.role in _OF_ITS_OWN for column in one.columns)]
    alone = [column for column in open_ones if undated and _may_be_alone(cells, upload, column, sure)]
    lines = _lines(cells, undated) if alone else []
    for column in open_ones:
        has_lines = column in alone and _has_lines(cells, cell_of(upload, column), column.name, lines)
        if has_lines or any(_holds_orders(cells, upload, column, one) for one in others):
            yield column


def _is_of_lines(cells: Cells, upload: Upload, column: Column, other: Upload) -> bool:
    """Whether undated rows of goods are of the orders of another file, several rows of nearly each."""
    if upload.column_of(Role.ORDER_ID) or any(one.role in _OF_ITS_OWN for one in upload.columns):
        return False
    mine = cell_of(upload, column)
    if other.kind is not Kind.ORDERS or other.column_of(Role.TIMESTAMP) is None:
        return False
    if cells.share_distinct(mine) >= REPEATED:
        return False
    lines = [_Line(column.name, mine, cells.are_telling(mine))]
    people = {one.position for one in other.columns if one.role in _BUYERS}
    return any(
        _has_lines(cells, cell_of(other, one), one.name, lines)
        for one in other.columns
        if one.role in _UNSURE
        and one.position not in people
        and cells.share_distinct(cell_of(other, one)) >= MIN_ALIKE
    )


def _may_be_alone(cells: Cells, upload: Upload, column: Column, sure: Collection[Column]) -> bool:
    """Whether a column may number the rows of a file: each of its values stands once."""
    guessed = column not in sure and column.role is not Role.ORDER_ID
    return guessed and cells.share_distinct(cell_of(upload, column)) >= MIN_ALIKE


@dataclass(frozen=True)
class _Line:
    """A column of another file, which says neither when nor who, with several rows for a value.

    `is_telling`: its values are found nowhere by chance.
    """

    name: str
    cell: Cell
    is_telling: bool


def _lines(cells: Cells, undated: Sequence[Upload]) -> list[_Line]:
    """Return such columns of the files, each asked once for all that may be its heads."""
    columns = [(column.name, cell_of(one, column)) for one in undated for column in one.columns
               if column.role in _UNSURE]  # fmt: skip
    return [
        _Line(name, cell, cells.are_telling(cell))
        for name, cell in columns
        if cells.share_distinct(cell) < REPEATED
    ]


def _has_lines(cells: Cells, mine: Cell, name: str, lines: Sequence[_Line]) -> bool:
    """Whether another file has several rows for nearly each number, and knows nearly all of them."""
    return any(
        cells.overlap(line.cell, mine) >= MIN_KNOWN and cells.overlap(mine, line.cell) >= MIN_KNOWN
        for line in lines
        if line.name == name or line.is_telling
    )


def _holds_orders(cells: Cells, upload: Upload, column: Column, other: Upload) -> bool:
    """Whether the values are numbers of another file's orders, and none of its customers."""
    number = other.column_of(Role.ORDER_ID)
    if other.kind is not Kind.ORDERS or number is None:
        return False
    mine = cell_of(upload, column)
    if number.name == column.name:
        return cells.overlap(mine, cell_of(other, number)) >= MIN_KNOWN
    if not cells.are_telling(mine) or cells.overlap(mine, cell_of(other, number)) < MIN_ALIKE:
        return False
    people = [one for one in other.columns if one.role is Role.CUSTOMER_ID]
    return all(cells.overlap(mine, cell_of(other, one)) < MIN_KNOWN for one in people)


def _says_who(found: Guess) -> bool:
    return any(column.role in _BUYERS for column in found.likely.columns)


def _given_out(cursor: duckdb.DuckDBPyConnection, upload: Upload, found: Guess, number: Column) -> int | None:
    """Return the column of whole numbers that were given out to the many who came back; None without.

    Of several the one that fills its range best. Small numbers are counts where most are of the lower half.
    """
    filled = {}
    for column in found.likely.columns:
        if column.role not in _UNSURE or column.position == number.position:
            continue
        table, value = cell_of(upload, column)
        cast = f"try_cast({value} AS BIGINT)"
        query = f"""
            WITH told AS (SELECT {cast} AS id, {value} = {cast}::VARCHAR AS plain FROM {table}),
                 ends AS (SELECT min(id) AS least, max(id) AS most FROM told)
            SELECT count(DISTINCT id) / (any_value(most) - any_value(least) + 1)
            FROM told, ends
            HAVING bool_and(coalesce(plain, false))
               AND count(DISTINCT id) BETWEEN $few AND $repeated * count(*)
               AND (any_value(least) >= $large OR avg((id <= (least + most) / 2)::INT) < $low)"""
        given = {"few": FEWEST, "repeated": REPEATED, "large": ABOVE_AGES, "low": LOWER_HALF}
        if rows := cursor.execute(query, given).fetchall():
            filled[column.position] = rows[0][0]
    best = max(filled, key=lambda place: filled[place], default=None)
    return best if best is not None and filled[best] >= DENSE else None


def _behind_letters(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, found: Guess, number: Column
) -> int | None:
    """Return the column of numbers behind the same letters, of several rows each; None without."""
    for column in found.likely.columns:
        guessed = column.role is Role.PRODUCT_ID and column.confidence < SURE
        if column.position == number.position or not (guessed or column.role in _UNSURE):
            continue
        table, value = cell_of(upload, column)
        query = f"""
            SELECT bool_and(regexp_full_match({value}, '\\D+\\d+'))
               AND count(DISTINCT regexp_extract({value}, '^\\D+')) = 1
               AND count(DISTINCT {value}) BETWEEN $few AND $repeated * count(*)
            FROM {table}"""
        if cursor.execute(query, {"few": FEWEST, "repeated": REPEATED}).fetchall()[0][0]:
            return column.position
    return None


def _words_of_many(cursor: duckdb.DuckDBPyConnection, upload: Upload, found: Guess) -> int | None:
    """Return the column of words with the most values that come again, as short names do; None without."""
    table = quote_identifier(upload.raw_table)
    words = [column.position for column in found.likely.columns if column.role in _WORDS]
    if not words:
        return None
    counts = ", ".join(f"count(DISTINCT c{at}) FILTER (NOT regexp_matches(c{at}, '\\d'))" for at in words)
    *distinct, rows = cursor.execute(f"SELECT {counts}, count(*) FROM {table}").fetchall()[0]
    most, place = max(zip(distinct, words, strict=True))
    return place if FEWEST <= most <= REPEATED * rows else None


def _with_buyer(
    cursor: duckdb.DuckDBPyConnection,
    upload: Upload,
    told: Mapping[int, frozenset[Concept]],
    without: Guess,
    said: Sequence[str],
) -> Guess:
    """Guess with a column as the customer, and ask whether it is."""
    names = tuple(column.name for column in upload.columns)
    found = guess(cursor, quote_identifier(upload.raw_table), names, told=Told(told), said=said)
    asked = reading_question(found.likely, without.likely)
    return replace(found, questions=(asked, *found.questions))


def _read_again(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, number: Column, others: Sequence[Upload]
) -> bool:
    """Guess what a file means, knowing its order numbers; keep that where its rows are of orders.

    Columns that are called like pieces or money of another file of orders are these.
    """
    names = tuple(column.name for column in upload.columns)
    called = {
        column.name: _SPOKEN[column.role]
        for one in others
        if one.kind is Kind.ORDERS
        for column in one.columns
        if column.role in _SPOKEN
    }
    told = {place: frozenset({called[name]}) for place, name in enumerate(names) if name in called}
    told[number.position] = _NUMBER
    said = said_beside(cursor, upload.upload_id, upload.file_name)
    found = guess(cursor, quote_identifier(upload.raw_table), names, told=Told(told), said=said)
    heads = number.role is not Role.ORDER_ID and upload.column_of(Role.TIMESTAMP) is not None
    heads = heads and not any(one.column_of(Role.ORDER_ID) for one in others)
    if heads and not _says_who(found):
        buyer = _given_out(cursor, upload, found, number)
        buyer = _behind_letters(cursor, upload, found, number) if buyer is None else buyer
        if buyer is not None:
            found = _with_buyer(cursor, upload, told | {buyer: _BUYER}, found, said)
        elif (buyer := _words_of_many(cursor, upload, found)) is not None:
            found = _with_buyer(cursor, upload, told | {buyer: _BUYERS_NAME}, found, said)
    numbered = found.likely.columns[number.position].role is Role.ORDER_ID
    if found.likely.kind is not Kind.ORDERS or (heads and not _says_who(found)):
        return False
    if upload.kind is Kind.ORDERS and not numbered:
        return False
    keep_orders(cursor, upload, found)
    return True


def keep_orders(cursor: duckdb.DuckDBPyConnection, upload: Upload, found: Guess) -> None:
    """Write down that a file is of orders, as it was guessed anew."""
    cursor.execute(
        "UPDATE uploads SET kind_confidence = ?, kind_reason = ? WHERE upload_id = ?",
        [found.confidence, found.reason, upload.upload_id],
    )
    columns = found.likely.columns
    keep_reasons(cursor, upload.upload_id, columns)
    rule = found.likely.money.rule if found.likely.money else None
    keep_understood(cursor, replace(upload, kind=Kind.ORDERS, columns=columns, money=rule), found.questions)
