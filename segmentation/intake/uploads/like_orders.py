"""Short files that another one tells to be of orders: their columns are called as there.

Of a few orders, or of a few that came back, no customer has two: they read like a table of customers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.meaning.guess_roles import guess
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.meaning.readings import Told
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.uploads.cells import Cells, cell_of
from segmentation.intake.uploads.orders_elsewhere import is_said, keep_orders
from segmentation.intake.uploads.said_beside import said_beside
from segmentation.intake.values.order_states import State, state_of
from segmentation.workspace import quote_identifier

HALF = 0.5
_SETTLED = {Question.KIND, Question.CUSTOMER}
_PEOPLE = (Role.CUSTOMER_ID, Role.EMAIL)
_BOUGHT = {
    Role.PRODUCT_ID: frozenset({Concept.PRODUCT, Concept.ID}),
    Role.PRODUCT_NAME: frozenset({Concept.PRODUCT, Concept.NAME}),
    Role.QUANTITY: frozenset({Concept.QUANTITY}),
    Role.UNIT_PRICE: frozenset({Concept.PRICE}),
    Role.AMOUNT: frozenset({Concept.AMOUNT}),
}
_TOLD = _BOUGHT | {
    Role.CUSTOMER_ID: frozenset({Concept.CUSTOMER, Concept.ID}),
    Role.EMAIL: frozenset({Concept.EMAIL}),
    Role.TIMESTAMP: frozenset({Concept.TIME}),
}


def read_like_orders(cursor: duckdb.DuckDBPyConnection, cells: Cells, uploads: Sequence[Upload]) -> bool:
    """Read each file anew whose columns are called like those of orders; say whether any was."""
    orders = [one for one in uploads if one.kind is Kind.ORDERS]
    for upload in uploads:
        if _is_open(upload) and not is_said(upload):
            others = (one for one in orders if one is not upload)
            called = next((told for one in others if (told := _called_alike(cells, upload, one))), None)
            if called and _read_as_orders(cursor, upload, called):
                return True
    return False


def _is_open(upload: Upload) -> bool:
    """Whether rows may be of orders: they were taken for something else, or it is asked what and whose."""
    codes = [doubt.code.partition(":")[0] for doubt in upload.doubts]
    return not _SETTLED.isdisjoint(codes) or upload.kind in (Kind.CUSTOMERS, Kind.OTHER)


def _called_alike(cells: Cells, upload: Upload, orders: Upload) -> dict[int, Role]:
    """Return what columns are by the headers of a longer file of orders; nothing where that is not enough.

    It is where customers, of whom that file knows most, days and what was bought are called as there; or
    the first two, where the file says that it is of returns.
    """
    roles = {column.name: column for column in orders.columns if column.role in _TOLD}
    alike = {column: roles[column.name] for column in upload.columns if column.name in roles}
    told = {column.position: other.role for column, other in alike.items()}
    given, people = set(told.values()), [pair for pair in alike.items() if pair[1].role in _PEOPLE]
    if not people or Role.TIMESTAMP not in given or upload.rows > HALF * orders.rows:
        return {}
    known = all(
        cells.overlap(cell_of(upload, mine), cell_of(orders, other)) >= HALF for mine, other in people
    )
    return told if known and (given & set(_BOUGHT) or _is_of_returns(upload)) else {}


def _is_of_returns(upload: Upload) -> bool:
    """Whether the name of a file, which is none of customers, or of the column of its numbers says so."""
    stem = PurePath(upload.file_name).stem
    said = [stem] if Concept.CUSTOMER not in concepts_of(stem) else []
    numbers = (column.name for column in upload.columns if column.role in (Role.IGNORE, Role.ORDER_ID))
    return any(state_of(text) is State.RETURNED for text in (*said, *numbers))


def _read_as_orders(cursor: duckdb.DuckDBPyConnection, upload: Upload, called: Mapping[int, Role]) -> bool:
    names = tuple(column.name for column in upload.columns)
    concepts = {place: _TOLD[role] for place, role in called.items()}
    said = said_beside(cursor, upload.upload_id, upload.file_name)
    table = quote_identifier(upload.raw_table)
    who = next((place for place, role in called.items() if role is Role.CUSTOMER_ID), None)
    found = guess(cursor, table, names, told=Told(concepts, Kind.ORDERS, who), said=said)
    if found.likely.kind is not Kind.ORDERS or not any(map(_says_who, found.likely.columns)):
        return False
    keep_orders(cursor, upload, found)
    return True


def _says_who(column: Column) -> bool:
    return column.role in _PEOPLE
