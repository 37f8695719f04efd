"""Cells that stay as text in the typed reading of a file: what they say of people, whoever these are."""

from __future__ import annotations

from segmentation.intake.roles import Column, Role, Upload

_OF_PEOPLE = (
    Role.EMAIL,
    Role.PHONE,
    Role.NAME,
    Role.COUNTRY,
    Role.POSTAL_CODE,
    Role.CONSENT,
    Role.PROFILING,
    Role.NUMERIC,
    Role.CATEGORICAL,
    Role.CATEGORY,
)


def cell_of(column: Column) -> str:
    """Name the column of the typed reading that holds the cells of this one, which says something of people.

    To find them in the raw table, row by row, costs several times as much.
    """
    return f"cell_{column.position}"


def kept_cells(upload: Upload) -> str:
    """Return SQL that adds these cells to those that are read from a raw table."""
    said = [
        column
        for column in upload.columns
        if column.role in _OF_PEOPLE and not (column.role is Role.CATEGORY and _has_goods(upload))
    ]
    return "".join(f", c{column.position} AS {cell_of(column)}" for column in said)


def _has_goods(upload: Upload) -> bool:
    return any(column.role in (Role.PRODUCT_ID, Role.PRODUCT_NAME) for column in upload.columns)


def raw_hash(upload: Upload) -> str:
    """Return SQL of a number that equal rows share."""
    return "hash(" + ", ".join(f"c{column.position}" for column in upload.columns) + ")"


def row_digest(upload: Upload) -> str:
    """Return SQL of the digest of a row's content, wherever it stands in the file."""
    cells = ", ".join(f"coalesce(c{column.position}, '')" for column in upload.columns)
    return f"md5(concat_ws(chr(31), {cells}))"
