"""How the files that a run was made of were read: what each column meant, and what was paid."""

from __future__ import annotations

import json
from dataclasses import dataclass

import duckdb
from cattrs.preconf.json import make_converter

from segmentation.intake.money_rule import Term
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.corrections import read_uploads
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class ColumnRead:
    """What a column was taken for, and how its values are written; the header is in small letters."""

    header: str
    role: Role
    value_format: str


@dataclass(frozen=True)
class FileRead:
    """How a file was read, whatever it is called: its kind, its columns, and which of them say what was paid.

    `paid` are the parts of the sum, as "quantity × price" and "- discount"; empty where nothing is paid.
    """

    kind: Kind
    columns: tuple[ColumnRead, ...]
    paid: tuple[str, ...]

    @property
    def headers(self) -> frozenset[str]:
        """The headers of its columns."""
        return frozenset(column.header for column in self.columns)


def read_of(upload: Upload) -> FileRead:
    """Return how a file is read."""
    columns = (ColumnRead(_header(one.name), one.role, one.value_format) for one in upload.columns)
    return FileRead(upload.kind, tuple(columns), _paid(upload))


def keep_reading(cursor: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep with a run how the files of the workspace are read now: it was made by that."""
    found = dict.fromkeys(map(read_of, read_uploads(cursor)))
    facts = json.dumps(make_converter().unstructure(list(found)))
    cursor.execute("INSERT INTO read_as VALUES (?, ?)", [run_id, facts])


def load_reading(workspace: Workspace, run_id: str) -> tuple[FileRead, ...]:
    """Read how the files of a run were read; nothing for a run of an earlier version."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT facts FROM read_as WHERE run_id = ?", [run_id]).fetchall()
    return make_converter().structure(json.loads(rows[0][0]), tuple[FileRead, ...]) if rows else ()


def _paid(upload: Upload) -> tuple[str, ...]:
    rule = upload.money
    if rule is None:
        return ()
    named = {column.position: _header(column.name) for column in upload.columns}

    def told(term: Term) -> str:
        return f"{'+' if term.sign > 0 else '-'} {named[term.position]} ({term.grain})"

    factors = [rule.quantity, rule.pack, rule.price] if rule.multiplied else []
    product = " × ".join(named[position] for position in factors if position is not None)
    if rule.listed is not None:
        product = f"{product} × {_header(rule.listed.name)}".removeprefix(" × ")
    off = [f"- {named[rule.off]} ({rule.off_way})"] if rule.off is not None else []
    kinds = [f"{named[rule.kinds.position]}: {', '.join(rule.kinds.counted)}"] if rule.kinds else []
    return (*([product] if product else []), *off, *map(told, rule.terms), *kinds)


def _header(name: str) -> str:
    return " ".join(name.split()).casefold()
