"""Orders that say which goods were bought and no money, beside a file that lists a price of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.headers.read_all import read_headers
from segmentation.intake.meaning.doubts import MONEY_QUESTIONS, MONEYS, OpenQuestion, ReadAs
from segmentation.intake.meaning.money.columns import sorted_columns
from segmentation.intake.meaning.money.counting import are_like_pieces, pieces_of
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import MoneyRule, Off, PriceElsewhere, Term
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.typed_reading import is_percent
from segmentation.intake.uploads.cells import Cells, cell_of
from segmentation.intake.uploads.understood import keep_reasons, keep_understood, load_understood, store
from segmentation.intake.values.column_evidence import gather_all
from segmentation.intake.values.currencies import currency_in_header
from segmentation.intake.values.money_marks import currencies_in
from segmentation.intake.words import LISTED
from segmentation.workspace import quote_identifier

KNOWN, SAME_ORDERS, MOST_PRICES = 0.9, 0.5, 4
GOODS = (Role.PRODUCT_ID, Role.PRODUCT_NAME)
_WORDS = (Role.CATEGORICAL, Role.IGNORE, Role.CATEGORY)
_PRICE = frozenset({C.PRICE, C.AMOUNT})
_NO_PRICE = frozenset({C.COST, C.PROFIT, C.MEASURE, C.COUNT, C.QUANTITY, C.DISCOUNT, C.FEE})


@dataclass(frozen=True)
class _List:
    """A file that lists prices, the columns that name goods in orders and in it, and its prices.

    The likeliest price is first; `said` where headers or marks of money speak of them.
    """

    file: Upload
    goods: Column
    key: Column
    listed: tuple[PriceElsewhere, ...]
    said: bool


@dataclass(frozen=True)
class _Pieces:
    """The column that counts pieces, if any; `said` where a header speaks of it."""

    column: Column | None
    said: bool = True


def read_price_lists(cursor: duckdb.DuckDBPyConnection, cells: Cells, uploads: Sequence[Upload]) -> None:
    """Let goods of orders without money cost what a list says of them; ask which price it is of several."""
    for upload in uploads:
        paid = upload.kind is Kind.ORDERS and _is_paid_elsewhere(cells, upload, uploads)
        if paid and upload.money and upload.money.listed:
            _forget(cursor, upload)
        if upload.kind is not Kind.ORDERS or _has_money(upload) or paid:
            continue
        others = (one for one in uploads if one is not upload)
        prices = next((found for one in others if (found := _list_of(cursor, cells, upload, one))), None)
        if prices:
            _keep(cursor, upload, prices)


def forget_price_list(cursor: duckdb.DuckDBPyConnection, gone: Upload, uploads: Sequence[Upload]) -> None:
    """Let no orders cost any longer what a file lists that is no more."""
    for upload in uploads:
        if upload.money and upload.money.listed and upload.money.listed.table == gone.raw_table:
            _forget(cursor, upload)


def _forget(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> None:
    _, asked = load_understood(cursor).get(upload.upload_id, (None, []))
    others = [one for one in asked if one.open.question not in MONEY_QUESTIONS]
    store(cursor, replace(upload, money=None), others)


def _has_money(upload: Upload) -> bool:
    return upload.money is not None or any(column.role in MONEYS for column in upload.columns)


def _is_paid_elsewhere(cells: Cells, upload: Upload, uploads: Sequence[Upload]) -> bool:
    """Whether another file of these orders says what they cost."""
    number = upload.column_of(Role.ORDER_ID)
    heads = (one for one in uploads if one is not upload and one.kind is Kind.ORDERS and _has_money(one))
    return number is not None and any(
        cells.overlap(cell_of(upload, number), cell_of(one, other)) >= SAME_ORDERS
        for one in heads
        if (other := one.column_of(Role.ORDER_ID))
    )


def _list_of(cursor: duckdb.DuckDBPyConnection, cells: Cells, upload: Upload, other: Upload) -> _List | None:
    """Return the prices that a file lists once of nearly all goods; None where it is no such list.

    Goods that no header speaks of are those that both files call alike.
    """
    keys = [one for one in other.columns if cells.share_distinct(cell_of(other, one)) == 1]
    pairs = [
        (mine, key)
        for mine in upload.columns
        for key in keys
        if (mine.role in GOODS or (mine.role in _WORDS and mine.name == key.name))
        and cells.overlap(cell_of(upload, mine), cell_of(other, key)) >= KNOWN
    ]
    if not pairs or other.kind is Kind.ORDERS:
        return None
    mine, key = min(pairs, key=lambda pair: pair[0].role not in GOODS)
    prices, said = _columns_of_prices(cursor, other, key)
    listed = [
        PriceElsewhere(mine.position, other.raw_table, other.file_name, key.position, one.position, one.name,
               one.value_format)
        for one in prices
    ]  # fmt: skip
    return _List(other, mine, key, tuple(listed), said) if listed else None


def _columns_of_prices(
    cursor: duckdb.DuckDBPyConnection, prices: Upload, key: Column
) -> tuple[list[Column], bool]:
    """Return the columns that may be prices, the likeliest first, and whether headers or marks say so.

    What only the encoder takes for a price is one of those that may be.
    """
    table = quote_identifier(prices.raw_table)
    spoken = read_headers([column.name for column in prices.columns])
    concepts = spoken.concepts
    evidence = gather_all(cursor, table, len(prices.columns))
    numbers = [
        replace(column, value_format=column.value_format or evidence[column.position].number_format or "")
        for column in prices.columns
        if column is not key
        and evidence[column.position].is_number
        and evidence[column.position].minimum > 0
        and not concepts[column.position] & _NO_PRICE
    ]

    def is_said(column: Column) -> bool:
        place = column.position
        marked = currency_in_header(column.name) or currencies_in(cursor, table, f"c{place}")
        return bool(marked or (concepts[place] & _PRICE and place not in spoken.guessed))

    said = [one for one in numbers if is_said(one)]
    cents = [one for one in numbers if not evidence[one.position].whole]
    found = (said or cents or numbers)[:MOST_PRICES]
    by_size = sorted(found, key=lambda one: evidence[one.position].maximum)
    likely = by_size[len(by_size) // 2 :][:1]
    return [*likely, *(one for one in found if one not in likely)], bool(said)


def _keep(cursor: duckdb.DuckDBPyConnection, upload: Upload, prices: _List) -> None:
    """Write down what goods cost, what is asked, and that the other file is of goods."""
    pieces = _pieces_of(cursor, upload)
    place = pieces.column.position if pieces.column else None
    off = upload.column_of(Role.DISCOUNT)
    rules = [MoneyRule(place, multiplied=place is not None, listed=one) for one in prices.listed]
    rules = [_less(one, off) for one in rules] if off else rules
    goods = prices.goods.role if prices.goods.role in GOODS else Role.PRODUCT_NAME
    upload = _with_role(cursor, upload, prices.goods, goods)
    if pieces.column:
        upload = _with_role(cursor, upload, pieces.column, Role.QUANTITY)
    understood = load_understood(cursor)
    _, kept = understood.get(upload.upload_id, (None, []))
    asked = [*_questions(rules, pieces, prices.said), *(_asked_off(rules[0], off) if off else ())]
    asked += [one.open for one in kept]
    keep_understood(cursor, replace(upload, money=rules[0]), asked)
    if prices.file.kind is not Kind.PRODUCTS:
        of_goods = replace(_with_role(cursor, prices.file, prices.key, goods), kind=Kind.PRODUCTS, money=None)
        keep_understood(cursor, of_goods, [])


def _with_role(cursor: duckdb.DuckDBPyConnection, upload: Upload, column: Column, role: Role) -> Upload:
    """Give a column a role that it does not have yet, and write down why."""
    if column.role is role:
        return upload
    read = replace(column, role=role, confidence=0.7, reason=LISTED)
    columns = tuple(read if one.position == column.position else one for one in upload.columns)
    keep_reasons(cursor, upload.upload_id, columns)
    return replace(upload, columns=columns)


def _less(rule: MoneyRule, off: Column) -> MoneyRule:
    """Take a discount off what goods cost by their list: in percent where it is written so, else in money."""
    if is_percent(off):
        return replace(rule, off=off.position, off_way=Off.PERCENT)
    return replace(rule, terms=(Term(off.position, -1),))


def _asked_off(rule: MoneyRule, off: Column) -> list[OpenQuestion]:
    already = ReadAs("already", replace(rule, off=None, off_way=None, terms=()))
    return [OpenQuestion(Question.DISCOUNT_IN, off.name, (ReadAs("not_yet", rule), already))]


def _questions(rules: Sequence[MoneyRule], pieces: _Pieces, said: bool) -> Iterator[OpenQuestion]:
    """Ask which price was paid, and whether pieces are some, where no header says so."""
    prices = [ReadAs(rule.listed.name, rule) for rule in rules if rule.listed]
    if len(prices) > 1 or not said:
        none = [] if said else [ReadAs("", None, kind=Kind.ORDERS)]
        yield OpenQuestion(Question.WHICH_PRICE, prices[0].code, (*prices, *none))
    if pieces.column and not pieces.said:
        place = pieces.column.position
        alone = ReadAs("not_counted", replace(rules[0], quantity=None, multiplied=False),
                       {place: pieces.column.role})  # fmt: skip
        yield OpenQuestion(
            Question.PIECES, pieces.column.name, (ReadAs("counted", rules[0], {place: Role.QUANTITY}), alone)
        )


def _pieces_of(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> _Pieces:
    """Return the column that counts pieces: that of the header, or the one that looks most like it."""
    if column := upload.column_of(Role.QUANTITY):
        return _Pieces(column)
    names = [column.name for column in upload.columns]
    table = quote_identifier(upload.raw_table)
    evidence = gather_all(cursor, table, len(names))
    columns = sorted_columns(
        Table(cursor, table, list(upload.columns), read_headers(names).concepts, evidence)
    )
    likely = [place for place in pieces_of(columns) if are_like_pieces(columns.numbers[place])]
    return _Pieces(upload.columns[likely[0]], said=False) if likely else _Pieces(None)
