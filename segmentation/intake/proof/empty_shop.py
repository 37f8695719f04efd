"""An empty shop: files with days and numbers of which no order came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from segmentation.intake.proof.alarm import Alarm, Code, Remedy
from segmentation.intake.proof.coverage import main_rule
from segmentation.intake.proof.remedies import people_columns, switched_off, to_choose
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import Shop
from segmentation.workspace import quote_identifier

DOINGS = frozenset({"lines", "events", "reviews"})
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.NUMERIC)
REPEATED = 0.9


def empty_shop(cursor: duckdb.DuckDBPyConnection, shop: Shop, uploads: Sequence[Upload]) -> Iterator[Alarm]:
    """Ring where nobody did anything, though some file has days and one that was not understood numbers.

    A list of customers alone does not ring, unless its rows may as well be orders.
    """
    if shop.has & DOINGS:
        return
    unread = [upload for upload in uploads if _is_unread(cursor, upload, len(uploads) > 1)]
    days = next(_columns(uploads, (Role.TIMESTAMP,)), None)
    *_, numbers = None, *_columns(unread, MONEY)
    if days and numbers:
        (dated, day), (other, number) = days, numbers
        rule = main_rule(shop, dated) if dated.kind is Kind.ORDERS else None
        as_orders = () if dated.kind is Kind.ORDERS else (Remedy(dated.upload_id, kind=Kind.ORDERS),)
        who = () if rule else (Remedy(dated.upload_id, Role.CUSTOMER_ID),)
        yield Alarm(
            Code.EMPTY_SHOP,
            dated.file_name,
            day.name,
            rule=rule,
            other_file=other.file_name,
            other_column=number.name,
            remedies=(*switched_off(rule), *to_choose(dated, rule), *as_orders, *who),
        )


def _is_unread(cursor: duckdb.DuckDBPyConnection, upload: Upload, beside_others: bool) -> bool:
    """Whether the rows of a file may be orders or their lines, and brought none."""
    if any(doubt.code.startswith("kind") and not doubt.answered for doubt in upload.doubts):
        return True
    if upload.kind is Kind.PRODUCTS:
        return beside_others and _goods_repeat(cursor, upload)
    nobody = upload.kind in (Kind.CUSTOMERS, Kind.OTHER) and not people_columns(upload)
    return upload.kind is Kind.ORDERS or (nobody and beside_others)


def _goods_repeat(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> bool:
    """Whether rows that count as products are of few of them, as lines of orders are."""
    key = upload.column_of(Role.PRODUCT_ID)
    if key is None:
        return False
    share = f"SELECT count(DISTINCT c{key.position}) < {REPEATED} * count(*) FROM "
    return bool(cursor.execute(share + quote_identifier(upload.raw_table)).fetchall()[0][0])


def _columns(uploads: Sequence[Upload], roles: Sequence[Role]) -> Iterator[tuple[Upload, Column]]:
    """Return the columns of these roles with their files: those with days first, and money last in a file."""
    for upload in sorted(uploads, key=lambda upload: upload.column_of(Role.TIMESTAMP) is None):
        yield from ((upload, column) for column in upload.columns if column.role in roles)
