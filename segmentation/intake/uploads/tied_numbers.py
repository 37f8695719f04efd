"""Heads that have two numbers of each order: the one that files of lines call it by ties them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.uploads.cells import Cell, Cells, cell_of
from segmentation.intake.words import BY_HAND, TIES, TIES_NOTHING

TIED, KNOWN = 0.5, 0.9
_OPEN = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE)
_OF_HEADS = (Role.TIMESTAMP, Role.CUSTOMER_ID, Role.EMAIL, Role.NAME)


def with_tied_number(
    cells: Cells, upload: Upload, columns: tuple[Column, ...], uploads: Sequence[Upload]
) -> tuple[Column, ...]:
    """Let the column number a file's orders by which files of undated lines know them.

    Only where no such file knows them by the number that the file itself took.
    """
    number = next((column for column in columns if column.role is Role.ORDER_ID), None)
    if (number and number.reason == BY_HAND) or not _are_heads(upload):
        return columns
    lines = [cell for one in uploads if one is not upload and (cell := _order_cell(one))]
    if number and any(cells.overlap(line, cell_of(upload, number)) >= TIED for line in lines):
        return columns
    for column in columns:
        cell = cell_of(upload, column)
        if column.role not in _OPEN or column.reason == BY_HAND:
            continue
        if any(_are_the_same(cells, line, cell) for line in lines) and cells.share_distinct(cell) == 1:
            return _tied(columns, number, column)
    return columns


def _are_heads(upload: Upload) -> bool:
    dated = upload.kind is Kind.ORDERS and upload.column_of(Role.TIMESTAMP) is not None
    return dated and any(column.role in _OF_HEADS[1:] for column in upload.columns)


def _order_cell(upload: Upload) -> Cell | None:
    """Return where a file that says neither when nor who names orders."""
    number = upload.column_of(Role.ORDER_ID) if upload.kind is Kind.ORDERS else None
    if number is None or any(column.role in _OF_HEADS for column in upload.columns):
        return None
    return cell_of(upload, number)


def _are_the_same(cells: Cells, one: Cell, other: Cell) -> bool:
    return cells.overlap(one, other) >= KNOWN and cells.overlap(other, one) >= KNOWN


def _tied(columns: Sequence[Column], number: Column | None, found: Column) -> tuple[Column, ...]:
    """Return the columns with the number that ties, and the other set aside."""
    changed = {
        found.position: replace(found, role=Role.ORDER_ID, confidence=0.8, reason=TIES, value_format="")
    }
    if number:
        aside = TIES_NOTHING.format(name=found.name)
        changed[number.position] = replace(
            number, role=Role.IGNORE, confidence=0.8, reason=aside, value_format=""
        )
    return tuple(changed.get(column.position, column) for column in columns)
