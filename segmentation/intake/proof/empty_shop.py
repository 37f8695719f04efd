"""An empty shop: files with days and numbers of which no order came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segmentation.intake.proof.alarm import Alarm, Code, Remedy
from segmentation.intake.proof.remedies import people_columns
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import Shop

DOINGS = frozenset({"lines", "events", "reviews"})
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.NUMERIC)


def empty_shop(shop: Shop, uploads: Sequence[Upload]) -> Iterator[Alarm]:
    """Ring where nobody did anything, though some file has days and one that was not understood numbers.

    A list of customers alone does not ring, unless its rows may as well be orders.
    """
    if shop.has & DOINGS:
        return
    unread = [upload for upload in uploads if _is_unread(upload, len(uploads) > 1)]
    days = next(_columns(uploads, (Role.TIMESTAMP,)), None)
    *_, numbers = None, *_columns(unread, MONEY)
    if days and numbers:
        (dated, day), (other, number) = days, numbers
        as_orders = () if dated.kind is Kind.ORDERS else (Remedy(dated.upload_id, kind=Kind.ORDERS),)
        yield Alarm(
            Code.EMPTY_SHOP,
            dated.file_name,
            day.name,
            other_file=other.file_name,
            other_column=number.name,
            remedies=(*as_orders, Remedy(dated.upload_id, Role.CUSTOMER_ID)),
        )


def _is_unread(upload: Upload, beside_others: bool) -> bool:
    """Whether the rows of a file may be orders or their lines, and brought none."""
    if any(doubt.code.startswith("kind") and not doubt.answered for doubt in upload.doubts):
        return True
    nobody = upload.kind in (Kind.CUSTOMERS, Kind.OTHER) and not people_columns(upload)
    return upload.kind is Kind.ORDERS or (nobody and beside_others)


def _columns(uploads: Sequence[Upload], roles: Sequence[Role]) -> Iterator[tuple[Upload, Column]]:
    """Return the columns of these roles with their files: those with days first, and money last in a file."""
    for upload in sorted(uploads, key=lambda upload: upload.column_of(Role.TIMESTAMP) is None):
        yield from ((upload, column) for column in upload.columns if column.role in roles)
