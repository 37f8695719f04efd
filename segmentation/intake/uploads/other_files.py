"""What other files say of columns that a file by itself leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.meaning.doubts import WHO
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.meaning.orders.order_key import Anew, anew_in
from segmentation.intake.roles import Column, Role, Upload
from segmentation.intake.uploads.cells import Cells
from segmentation.intake.uploads.corrections import read_uploads
from segmentation.intake.uploads.like_orders import read_like_orders
from segmentation.intake.uploads.orders_elsewhere import read_orders_again
from segmentation.intake.uploads.other_money import ask_about_other_money
from segmentation.intake.uploads.price_lists import read_price_lists
from segmentation.intake.uploads.tied_numbers import with_tied_number
from segmentation.intake.uploads.understood import keep_reasons, keep_understood, load_understood
from segmentation.intake.words import ANOTHER_FILE, BY_HAND
from segmentation.workspace import Workspace, quote_identifier

KEYS = (Role.CUSTOMER_ID, Role.ORDER_ID, Role.PRODUCT_ID)
OPEN = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE)
MIN_KNOWN = 0.9
MOST_PASSES = 4
GUESSED = 0.6
"""Below it a key is one by the laws of its own file alone."""


@dataclass(frozen=True)
class KeyColumn:
    """A column that some file calls a key, by its raw table and cell."""

    upload_id: str
    position: int
    role: Role
    is_sure: bool


KeysByName = Mapping[str, Sequence[KeyColumn]]


def keys_by_name(cursor: duckdb.DuckDBPyConnection) -> KeysByName:
    """Return all columns of the uploads that are keys by their headers: sure ones, then long files, first."""
    rows = cursor.execute(
        """
        SELECT columns.name, upload_id, columns.position, role, confidence >= $guessed AS sure
        FROM upload_columns AS columns JOIN uploads USING (upload_id)
        WHERE list_contains($keys, role) ORDER BY sure DESC, row_count DESC, upload_id, columns.position""",
        {"keys": [str(key) for key in KEYS], "guessed": GUESSED},
    ).fetchall()
    found: dict[str, list[KeyColumn]] = {}
    for name, upload_id, position, role, is_sure in rows:
        found.setdefault(name, []).append(KeyColumn(upload_id, position, Role(role), is_sure))
    return found


def agree_on_keys(workspace: Workspace, cursor: duckdb.DuckDBPyConnection) -> None:
    """Let files say of one another's open columns what they are, until nothing changes any more."""
    cells = Cells(workspace, cursor)
    uploads = read_uploads(cursor)
    for _ in range(MOST_PASSES):
        known = keys_by_name(cursor)
        shops = shops_of_numbers(uploads)
        changed = []
        for upload in uploads:
            columns = with_known_keys(cells, upload.upload_id, upload.columns, known)
            columns = with_known_shops(columns, shops)
            columns = with_tied_number(cells, upload, columns, uploads)
            if columns != upload.columns:
                changed.append((upload, columns))
        for upload, columns in changed:
            _reread(cursor, upload, columns)
        uploads = read_uploads(cursor) if changed else uploads
        again = read_orders_again(cursor, cells, uploads) or read_like_orders(cursor, cells, uploads)
        if not again and not changed:
            break
        uploads = read_uploads(cursor) if again else uploads
    read_price_lists(cursor, cells, uploads)
    ask_about_other_money(cursor, read_uploads(cursor))


def _reread(cursor: duckdb.DuckDBPyConnection, upload: Upload, columns: tuple[Column, ...]) -> None:
    """Write down what columns are now; who the customer is is asked no more where that column is none."""
    keep_reasons(cursor, upload.upload_id, columns)
    customers = {"", *(column.name for column in columns if column.role in WHO)}
    _, kept = load_understood(cursor).get(upload.upload_id, (None, []))
    questions = [
        one.open for one in kept if one.open.question is not Question.CUSTOMER or one.open.column in customers
    ]
    keep_understood(cursor, replace(upload, columns=columns), questions)


def with_known_keys(
    cells: Cells, upload_id: str, columns: Sequence[Column], known: KeysByName
) -> tuple[Column, ...]:
    """Take a column that is no key, or a guessed one, for the key that another file calls so.

    Only where that file holds nearly all of its values. Of several the surest and longest has the word, so
    that it does not matter which file came first.
    """
    held = {column.role for column in columns}
    found = []
    for column in columns:
        if _is_open(column) and column.name in known:
            key = _key_elsewhere(cells, upload_id, column, known[column.name])
            if key and key.role is not column.role and key.role not in held:
                sure = 0.8 if key.is_sure else 0.5
                column = replace(column, role=key.role, confidence=sure, reason=ANOTHER_FILE, value_format="")
                held.add(key.role)
        found.append(column)
    return tuple(found)


def shops_of_numbers(uploads: Sequence[Upload]) -> dict[str, str]:
    """Return the columns of order numbers that begin anew in each shop, with the shop's column, by name."""
    found = {}
    for upload in uploads:
        number = upload.column_of(Role.ORDER_ID)
        shop = anew_in(number.value_format).shop if number else None
        if number and shop is not None:
            found[number.name] = upload.columns[shop].name
    return found


def with_known_shops(columns: Sequence[Column], shops: Mapping[str, str]) -> tuple[Column, ...]:
    """Let numbers of orders be one with the shop here, too, where another file says that each has its own."""
    places = {column.name: column.position for column in columns}
    return tuple(
        replace(column, value_format=Anew(shop).as_format(), reason=ANOTHER_FILE)
        if column.role is Role.ORDER_ID
        and anew_in(column.value_format) == Anew()
        and (shop := places.get(shops.get(column.name, ""))) is not None
        else column
        for column in columns
    )


def _is_open(column: Column) -> bool:
    """Whether a column may still become a key: no person has said what it is, nor its own file for sure."""
    if column.role in KEYS:
        return column.confidence < GUESSED or column.reason == ANOTHER_FILE
    return column.role in OPEN and column.reason != BY_HAND


def _key_elsewhere(
    cells: Cells, upload_id: str, column: Column, keys: Sequence[KeyColumn]
) -> KeyColumn | None:
    """Return which key the first other file calls so that holds nearly all values of the column."""
    mine = (quote_identifier(f"raw_{upload_id}"), f"c{column.position}")
    for key in keys:
        theirs = (quote_identifier(f"raw_{key.upload_id}"), f"c{key.position}")
        if key.upload_id != upload_id and cells.overlap(mine, theirs) >= MIN_KNOWN:
            return key
    return None
