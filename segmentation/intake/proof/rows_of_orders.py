"""Where an order stands in the files, and what they say of it that does not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pandas as pd

from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.contact_keys import person_key
from segmentation.intake.meaning.date_and_time_columns import moment
from segmentation.intake.meaning.orders.order_key import order_number
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import Shop
from segmentation.intake.typed_reading import COSTS, PERSON_ROLES
from segmentation.intake.uploads.corrections import check_reads_rows, get_upload, read_uploads
from segmentation.intake.values.cast import number
from segmentation.workspace import Workspace, quote_identifier

MOST_BESIDE = 4
BESIDE = (Role.NUMERIC, Role.COST, Role.AMOUNT, Role.REFUND)
Key = tuple[str, str | None, datetime | None]


@dataclass(frozen=True)
class RowsBeside:
    """A number that a file gives for an order and that does not count, under the header of its column."""

    column: str
    value: float


@dataclass(frozen=True)
class FileLines:
    """In which lines of a file an order stands, ascending."""

    upload_id: str
    file_name: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class OrderRows:
    """What the files hold of one order."""

    files: tuple[FileLines, ...] = ()
    states: tuple[str, ...] = ()
    beside: tuple[RowsBeside, ...] = ()
    set_aside: tuple[tuple[Rule, int], ...] = ()


@dataclass(frozen=True)
class _Row:
    """One raw row of an order."""

    upload: Upload
    line: int
    state: str | None
    numbers: dict[str, float | None]


def rows_of_orders(cursor: duckdb.DuckDBPyConnection, shop: Shop, orders: Sequence[Key]) -> list[OrderRows]:
    """Find the rows of some orders, told by customer, order id, and moment where there is no id.

    A customer whose number was changed by a merge is not found where the order has no id.
    """
    uploads = read_uploads(cursor)
    found: list[list[_Row]] = [[] for _ in orders]
    for upload in uploads:
        if upload.kind is Kind.ORDERS and (key := _key(upload)):
            for place, order in enumerate(orders):
                found[place] += _rows(cursor, upload, key, order, _shown_beside(upload, shop))
    return [_told(rows, _set_aside(cursor, shop, rows)) for rows in found]


def as_written(workspace: Workspace, place: FileLines) -> pd.DataFrame:
    """Return the rows of an order as the file has them, as texts, with their line numbers.

    :raises NotAllowedError: to who may not read contacts.
    """
    check_reads_rows(workspace)
    upload = get_upload(workspace, place.upload_id)
    cells = ", ".join(f"coalesce(c{column.position}, '')" for column in upload.columns)
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            f"SELECT line, {cells} FROM {quote_identifier(upload.raw_table)}"
            " WHERE list_contains(?::BIGINT[], line) ORDER BY line",
            [list(place.lines)],
        ).df()
    return rows.set_axis(["line", *(column.name for column in upload.columns)], axis=1)


def beside_columns(upload: Upload) -> tuple[Column, ...]:
    """Return the columns of numbers that do not count as what was paid, in the order of the file."""
    counted = (upload.column_of(Role.AMOUNT), upload.column_of(Role.REFUND))
    return tuple(c for c in upload.columns if c.role in BESIDE and c not in counted)[:MOST_BESIDE]


def _key(upload: Upload) -> str | None:
    """Return SQL that is true for the rows of the order $id, or of customer $who at $moment."""
    if number := order_number(upload.columns):
        return f"{number} = $id"
    people = [column for column in upload.columns if column.role in PERSON_ROLES]
    when = moment(upload.columns)
    if not people or not when:
        return None
    who = " OR ".join(f"{person_key(column)} = $who" for column in people)
    return f"$id IS NULL AND ({who}) AND {when} = $moment"


def _shown_beside(upload: Upload, shop: Shop) -> list[Column]:
    """Return what does not count of an order: costs do where they are known."""
    costs = COSTS if shop.costs else ()
    return [column for column in beside_columns(upload) if column.role not in costs]


def _rows(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, key: str, order: Key, beside: Sequence[Column]
) -> list[_Row]:
    state = upload.column_of(Role.ORDER_STATUS)
    cells = [f"c{state.position}" if state else "NULL::VARCHAR"]
    cells += [number(f"c{column.position}", column.value_format) for column in beside]
    names = ("who", "id", "moment")
    values = {name: value for name, value in zip(names, order, strict=True) if f"${name}" in key}
    rows = cursor.execute(
        f"SELECT line, {', '.join(cells)} FROM {quote_identifier(upload.raw_table)}"
        f" WHERE {key} ORDER BY line",
        values,
    ).fetchall()
    headers = [column.name for column in beside]
    return [_Row(upload, row[0], row[1], dict(zip(headers, row[2:], strict=True))) for row in rows]


def _set_aside(cursor: duckdb.DuckDBPyConnection, shop: Shop, rows: Iterable[_Row]) -> dict[Rule, int]:
    """Count the rows of an order among those that the ledger keeps of each rule."""
    applied = {(entry.upload_id, entry.rule) for entry in shop.set_aside}
    found: dict[Rule, int] = {}
    for upload_id, lines in _by_upload(rows).items():
        for name, count in cursor.execute(
            "SELECT rule, count(*) FROM shop.ledger_lines"
            " WHERE upload_id = ? AND list_contains(?::BIGINT[], line) GROUP BY rule ORDER BY rule",
            [upload_id, lines],
        ).fetchall():
            if (upload_id, Rule(name)) in applied:
                found[Rule(name)] = found.get(Rule(name), 0) + count
    return found


def _by_upload(rows: Iterable[_Row]) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.upload.upload_id, []).append(row.line)
    return lines


def _told(rows: Sequence[_Row], set_aside: dict[Rule, int]) -> OrderRows:
    names = {row.upload.upload_id: row.upload.file_name for row in rows}
    files = tuple(FileLines(key, names[key], tuple(lines)) for key, lines in _by_upload(rows).items())
    states = tuple(dict.fromkeys(row.state for row in rows if row.state))
    return OrderRows(files, states, tuple(_beside(rows)), tuple(set_aside.items()))


def _beside(rows: Sequence[_Row]) -> Iterable[RowsBeside]:
    """Give a number once where it is the same on every line of the order, else the sum of its lines."""
    for header in dict.fromkeys(header for row in rows for header in row.numbers):
        values = [value for row in rows if (value := row.numbers.get(header)) is not None]
        if values:
            yield RowsBeside(header, values[0] if len(set(values)) == 1 else sum(values))
