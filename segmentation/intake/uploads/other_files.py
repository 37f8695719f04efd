"""What other files say of columns that a file by itself leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.roles import Column, Role
from segmentation.intake.typed_reading import overlap
from segmentation.intake.words import ANOTHER_FILE
from segmentation.workspace import quote_identifier

KEYS = (Role.CUSTOMER_ID, Role.ORDER_ID, Role.PRODUCT_ID)
OPEN = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE)
MIN_KNOWN = 0.9
GUESSED = 0.6
"""Below it a key is one by the laws of its own file alone."""


def with_known_keys(
    cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]
) -> tuple[Column, ...]:
    """Take a column that is no key, or a guessed one, for the key that another file calls so.

    Only where that file holds nearly all of its values.

    :param table: the raw table, quoted; its file is not among the uploads yet.
    """
    held = {column.role for column in columns}
    found = []
    for column in columns:
        guessed = column.role in KEYS and column.confidence < GUESSED
        if guessed or column.role in OPEN:
            role = next((key for key in KEYS if key not in held and _is(cursor, table, column, key)), None)
            if role and not (guessed and _is(cursor, table, column, column.role)):
                column = replace(column, role=role, confidence=0.8, reason=ANOTHER_FILE, value_format="")
                held.add(role)
        found.append(column)
    return tuple(found)


def _is(cursor: duckdb.DuckDBPyConnection, table: str, column: Column, role: Role) -> bool:
    """Whether another file calls a key so, and holds nearly all values of the column."""
    others = cursor.execute(
        "SELECT 'raw_' || upload_id, 'c' || position FROM upload_columns WHERE name = ? AND role = ?",
        [column.name, str(role)],
    ).fetchall()
    return any(
        overlap(cursor, (table, f"c{column.position}"), (quote_identifier(other), cell)) >= MIN_KNOWN
        for other, cell in others
    )
