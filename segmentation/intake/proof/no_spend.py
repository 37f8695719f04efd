"""Orders that are worth nothing: no column says what was paid, or all of it is zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from segmentation.intake.proof.alarm import Alarm, Code
from segmentation.intake.proof.remedies import other_amounts
from segmentation.intake.roles import Column, Role, Upload
from segmentation.intake.shop import Shop
from segmentation.intake.words import BY_HAND
from segmentation.workspace import quote_identifier

MAY_BE_PAID = (Role.AMOUNT, Role.UNIT_PRICE, Role.IGNORE)


def no_spend(cursor: duckdb.DuckDBPyConnection, shop: Shop, orders: Sequence[Upload]) -> Iterator[Alarm]:
    """Ring where there are order lines, and nothing was spent by them."""
    if "lines" not in shop.has or not orders:
        return
    [(lines, spent)] = cursor.execute(
        "SELECT count(*), coalesce(sum(abs(amount)), 0) FROM shop.lines WHERE NOT is_return"
    ).fetchall()
    if not lines or spent:
        return
    zeros = ((upload, column) for upload in orders if (column := _zero_column(cursor, upload)))
    upload, column = next(zeros, (orders[0], None))
    yield Alarm(
        Code.ALL_ZERO if column else Code.NO_SPEND,
        upload.file_name,
        column.name if column else "",
        whole=lines,
        remedies=other_amounts(upload, column),
    )


def _zero_column(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> Column | None:
    """Return the column of amounts or prices, else the first that is set aside, that is zero in all rows."""
    by_hand = [column for column in upload.columns if column.role is Role.IGNORE and column.reason == BY_HAND]
    held = [column for role in MAY_BE_PAID for column in upload.columns if column.role is role]
    return next((one for one in held if one not in by_hand and _is_zero(cursor, upload, one)), None)


def _is_zero(cursor: duckdb.DuckDBPyConnection, upload: Upload, column: Column) -> bool:
    digits = f"regexp_replace(c{column.position}, '[^0-9]', '', 'g')"
    query = f"SELECT bool_and({digits} <> '' AND ltrim({digits}, '0') = '') FROM "
    return bool(cursor.execute(query + quote_identifier(upload.raw_table)).fetchall()[0][0])
