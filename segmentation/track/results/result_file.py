"""A result file of a mailing or ads platform: who was sent it, who ordered, for how much, at what cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from segmentation.errors import OptionError
from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.uploads.load import load_tables
from segmentation.intake.values.cast import identifier, number
from segmentation.intake.values.yes_no import says
from segmentation.jobs import Progress, silent
from segmentation.track.results.header_words import Field, field_of
from segmentation.workspace import Workspace, quote_identifier

WHO = {Role.CUSTOMER_ID: Concept.CUSTOMER, Role.EMAIL: Concept.EMAIL, Role.PHONE: Concept.PHONE}
"""Columns that say whom a row is about: by role, or by header where digests stand in place of addresses."""


@dataclass(frozen=True)
class ResultRows:
    """The rows of a result file, (n,) each, texts "" where nothing stands; None where there is no column.

    `sent` is bool; `ordered` counts orders, or holds the day of one (float64 of its ordinal) where `dated`;
    `revenue` and `cost` are float64, 0 where nothing stands.
    """

    file_name: str
    ids: np.ndarray | None
    emails: np.ndarray | None
    phones: np.ndarray | None
    sent: np.ndarray | None
    ordered: np.ndarray | None
    revenue: np.ndarray | None
    cost: np.ndarray | None
    dated: bool = False

    @property
    def tells_orders(self) -> bool:
        """Whether the file says who ordered."""
        return self.ordered is not None or self.revenue is not None


def read_result_file(
    path: Path | str, file_name: str | None = None, on_progress: Progress = silent
) -> ResultRows | None:
    """Read a result file; None where it is an export of orders, or several tables, of the shop itself.

    Nothing of it is kept: it is read in a temporary workspace of its own.

    :raises OptionError: if it says neither who was sent it nor who ordered, or not who anybody is.
    """
    with Workspace.temporary() as aside:
        upload, *more = load_tables(aside, path, file_name, on_progress)
        fields = {field: column for column in reversed(upload.columns) if (field := _field(column))}
        if more or (upload.kind is Kind.ORDERS and not {Field.SENT, Field.ORDERED} & set(fields)):
            return None
        _check(upload, fields)
        return _rows(aside, upload, fields)


def _field(column: Column) -> Field | None:
    return None if column.role in WHO else field_of(column.name)


def _who(upload: Upload, role: Role) -> Column | None:
    named = (one for one in upload.columns if WHO[role] in concepts_of(one.name) and not field_of(one.name))
    return upload.column_of(role) or next(named, None)


def _check(upload: Upload, fields: dict[Field, Column]) -> None:
    if not any(_who(upload, role) for role in WHO):
        raise OptionError(
            f"{upload.file_name} does not say whom its rows are about.",
            "It needs a column of customer ids, e-mail addresses or phones.",
        )
    if not set(fields) - {Field.COST}:
        raise OptionError(
            f"{upload.file_name} says neither who was sent it nor who ordered.",
            "It needs a column sent, ordered or revenue; an export of orders will do as well.",
        )


def _rows(aside: Workspace, upload: Upload, fields: dict[Field, Column]) -> ResultRows:
    def texts(column: Column | None, read: Callable[[str], str] = str) -> np.ndarray | None:
        return None if column is None else _cells(aside, upload, read(f"c{column.position}"))

    def amounts(field: Field) -> np.ndarray | None:
        column = fields.get(field)
        if column is None:
            return None
        read = number(f"c{column.position}", column.value_format)
        return _cells(aside, upload, f"{read}::VARCHAR", "0").astype(np.float64)

    ordered, dated = _ordered(texts(fields.get(Field.ORDERED)), fields.get(Field.ORDERED))
    sent = texts(fields.get(Field.SENT))
    return ResultRows(
        upload.file_name,
        texts(_who(upload, Role.CUSTOMER_ID), identifier),
        texts(_who(upload, Role.EMAIL)),
        texts(_who(upload, Role.PHONE)),
        None if sent is None else np.array([_holds(one) for one in sent], dtype=bool),
        ordered,
        amounts(Field.REVENUE),
        amounts(Field.COST),
        dated,
    )


def _cells(aside: Workspace, upload: Upload, read: str, empty: str = "") -> np.ndarray:
    with aside.cursor() as cursor:
        rows = cursor.execute(
            f"SELECT coalesce({read}, ?) FROM {quote_identifier(upload.raw_table)} ORDER BY line", [empty]
        ).fetchall()
    return np.array([one for (one,) in rows], dtype=object)


def _holds(cell: str) -> bool:
    """Whether a cell says yes: a yes, a moment at which it happened, a number above nothing."""
    return bool(cell) and says(cell) is not False


def _ordered(cells: np.ndarray | None, column: Column | None) -> tuple[np.ndarray | None, bool]:
    """Read how many orders a cell says, or on which day; a yes is one order."""
    if cells is None or column is None:
        return None, False
    if "%" in column.value_format:
        days = [_ordinal(one, column.value_format) for one in cells]
        return np.array(days, dtype=np.float64), True
    return np.array([_orders(one) for one in cells], dtype=np.float64), False


def _orders(cell: str) -> float:
    said = says(cell)
    if said is not None:
        return float(said)
    try:
        return max(0.0, float(cell.replace(",", "")))
    except ValueError:
        return 1.0 if cell else 0.0


def _ordinal(cell: str, written: str) -> float:
    for one in written.split(" | "):
        try:
            return float(datetime.strptime(cell, one).date().toordinal())
        except ValueError:
            continue
    return 0.0


def in_window(ordinals: np.ndarray, start: date, days: int) -> np.ndarray:
    """Say which days, as ordinals (n,), lie in the window that begins with `start`."""
    first = start.toordinal()
    return np.asarray((ordinals >= first) & (ordinals < first + days))
