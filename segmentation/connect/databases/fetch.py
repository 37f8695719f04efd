"""Tables of a database into the workspace: read at one moment, then loaded as uploads are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts
from segmentation.connect.databases.address import Address, Login
from segmentation.connect.databases.one_select import one_select
from segmentation.connect.databases.opened import Session, opened
from segmentation.connect.databases.sql_system import SourceColumn, SourceTable, rows_of
from segmentation.connect.databases.stream import to_parquet
from segmentation.connect.kept import Kept, keep, kept_tables, settle
from segmentation.connect.lay_over import lay_over
from segmentation.errors import OptionError
from segmentation.intake.files.dialect import clean_names
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import get_upload
from segmentation.intake.uploads.load import load_file
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace, quote_identifier
from segmentation.workspace.beside import private_folder

MOST_NAMED = 20


class InFull(StrEnum):
    """Why a table is read in full."""

    NOT_ASKED = "not_asked"
    FIRST_TIME = "first_time"
    NO_KEY = "no_primary_key"
    NO_COLUMN = "no_such_growing_column"
    OTHER_COLUMNS = "other_columns"


@dataclass(frozen=True)
class TablesAsked:
    """What is to be read: tables by their shown names, and a question of one's own under a name.

    :param since: a column that grows (a moment of change, a number); empty to read in full.
    """

    tables: tuple[str, ...] = ()
    since: str = ""
    query: str = ""
    query_name: str = "query"


@dataclass(frozen=True)
class Fetched:
    """What became of a table: its rows that were read, those that are new or changed, and its upload.

    `upload` is None where the table is empty; `in_full` says why not only newer rows were read, None where
    just these were.
    """

    table: str
    rows: int
    changed: int
    upload: Upload | None
    in_full: InFull | None
    mark: str = ""


@dataclass(frozen=True)
class _Plan:
    """How one table is read; `source` is SQL, `about` the rows that are expected, `key` places of columns."""

    name: str
    source: str
    columns: tuple[SourceColumn, ...]
    about: int
    key: tuple[int, ...] = ()
    since: SourceColumn | None = None
    condition: str = ""
    before: Kept | None = None
    in_full: InFull | None = InFull.NOT_ASKED


@dataclass(frozen=True)
class _Copied:
    """A table that lies in the staging folder, and how far it was read."""

    plan: _Plan
    path: Path
    rows: int
    mark: str = ""


def fetch(
    workspace: Workspace,
    address: Address,
    login: Login,
    asked: TablesAsked,
    on_progress: Progress = silent,
    hosts: AllowedHosts = ANY_HOST,
) -> tuple[Fetched, ...]:
    """Read tables into the workspace, each as one upload that later readings take the place of.

    Nothing is loaded before all tables were read, so that a database that goes away changes nothing.

    :raises HostNotAllowedError: if the database may not be asked.
    :raises NotInstalledError: if the driver is not on this machine.
    :raises OptionError: if there is no such table or column, or the question is not one SELECT.
    :raises SourceError: if the database cannot be read.
    """
    on_progress(Stage.READING_DATABASE, 0, 1)
    with private_folder(workspace.staging) as folder:
        with opened(address, login, hosts) as session:
            plans = _plans(workspace, session, address, asked)
            copied = [
                _copy(session, plan, folder / f"{place}.parquet", on_progress)
                for place, plan in enumerate(plans)
            ]
        return tuple(_load(workspace, str(address), one, on_progress) for one in copied)


def _plans(workspace: Workspace, session: Session, address: Address, asked: TablesAsked) -> list[_Plan]:
    there = {table.shown: table for table in session.system.tables(session.cursor)} if asked.tables else {}
    for name in asked.tables:
        if name not in there:
            named = ", ".join(list(there)[:MOST_NAMED])
            raise OptionError(f"there is no table “{name}” in {address}.", f"There are: {named or 'none'}.")
    plans = [_plan(workspace, session, address, there[name], asked) for name in dict.fromkeys(asked.tables)]
    if asked.query:
        query = f"(\n{one_select(asked.query, address.system)}\n)"
        columns = tuple(session.system.columns(session.cursor, query))
        plans.append(_Plan(asked.query_name, query, columns, 0))
    if asked.since and all(plan.since is None for plan in plans):
        raise OptionError(
            f"no chosen table has a column “{asked.since}” that grows, and a primary key.",
            "Name a moment of change or a growing number, or leave it out to read in full.",
        )
    return plans


def _plan(
    workspace: Workspace, session: Session, address: Address, table: SourceTable, asked: TablesAsked
) -> _Plan:
    """Decide how a table is read; only newer rows where these can be told, and laid over what is there."""
    system, cursor = session.system, session.cursor
    source = system.quoted(table)
    plan = _Plan(table.shown, source, tuple(system.columns(cursor, source)), table.rows or 0)
    if not asked.since:
        return plan
    since = next((one for one in plan.columns if one.name == asked.since), None)
    condition = system.newer(since) if since else None
    places = {column.name: place for place, column in enumerate(plan.columns)}
    key = [places.get(name) for name in system.key(cursor, table)]
    if since is None or condition is None:
        return replace(plan, in_full=InFull.NO_COLUMN)
    if not key or None in key:
        return replace(plan, in_full=InFull.NO_KEY)
    plan = replace(plan, since=since, key=tuple(place for place in key if place is not None))
    before = next((one for one in kept_tables(workspace, str(address)) if one.table == plan.name), None)
    if before is None or not before.mark or before.since != since.name:
        return replace(plan, in_full=InFull.FIRST_TIME)
    if _names(plan.columns) != tuple(one.name for one in get_upload(workspace, before.upload_id).columns):
        return replace(plan, in_full=InFull.OTHER_COLUMNS)
    return replace(plan, before=before, condition=condition, in_full=None)


def _names(columns: Sequence[SourceColumn]) -> tuple[str, ...]:
    return clean_names([column.name for column in columns])


def _copy(session: Session, plan: _Plan, path: Path, on_progress: Progress) -> _Copied:
    texts = ", ".join(f"{one.text} AS {quote_identifier(one.name)}" for one in plan.columns)
    sql = f"SELECT {texts} FROM {plan.source} AS source"
    values = [plan.before.mark] if plan.before else []
    rows = to_parquet(
        session.cursor,
        f"{sql} WHERE {plan.condition}" if plan.condition else sql,
        values,
        path,
        lambda rows: on_progress(f"{Stage.READING_DATABASE}: {plan.name}", rows, max(plan.about, rows, 1)),
    )
    return _Copied(plan, path, rows, _mark(session, plan))


def _mark(session: Session, plan: _Plan) -> str:
    """Return the highest value of the column that grows, at the moment of which all is read."""
    if plan.since is None:
        return ""
    name = quote_identifier(plan.since.name)
    highest = f"(SELECT max({name}) AS {name} FROM {plan.source} AS source) AS highest"
    [(mark,)] = rows_of(session.cursor, f"SELECT {plan.since.text} FROM {highest}")
    return mark or ""


def _load(workspace: Workspace, source: str, copied: _Copied, on_progress: Progress) -> Fetched:
    """Load a table that was read: newer rows over the older ones, a whole table in the place of its last."""
    plan = copied.plan
    if plan.before:
        return _load_newer(workspace, copied, plan.before, on_progress)
    if not copied.rows:
        return Fetched(plan.name, 0, 0, None, plan.in_full)
    before = next((one for one in kept_tables(workspace, source) if one.table == plan.name), None)
    new = Kept(source, plan.name, "", plan.since.name if plan.since else "", copied.mark)
    upload = _load_in_place(workspace, copied.path, new, before, on_progress)
    return Fetched(plan.name, copied.rows, copied.rows, upload, plan.in_full, copied.mark)


def _load_newer(workspace: Workspace, copied: _Copied, before: Kept, on_progress: Progress) -> Fetched:
    settle(workspace, before)
    upload = get_upload(workspace, before.upload_id)
    whole = copied.path.with_suffix(".whole.parquet")
    changed = lay_over(workspace, upload, copied.path, copied.plan.key, whole) if copied.rows else 0
    new = replace(before, mark=copied.mark or before.mark, older=())
    if changed:
        upload = _load_in_place(workspace, whole, new, before, on_progress)
    else:
        keep(workspace, new)
    return Fetched(copied.plan.name, copied.rows, changed, upload, None, new.mark)


def _load_in_place(
    workspace: Workspace, path: Path, new: Kept, before: Kept | None, on_progress: Progress
) -> Upload:
    upload = load_file(workspace, path, new.table, on_progress)
    older = {before.upload_id, *before.older} - {upload.upload_id} if before else set[str]()
    settle(workspace, replace(new, upload_id=upload.upload_id, older=tuple(sorted(older))))
    return get_upload(workspace, upload.upload_id)
