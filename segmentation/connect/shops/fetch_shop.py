"""A shop into the workspace: its tables are read one after another, then loaded as uploads are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts
from segmentation.connect.kept import Kept, kept_tables, settle
from segmentation.connect.lay_over import lay_over
from segmentation.connect.shops import words
from segmentation.connect.shops.shop_address import ShopAddress, ShopSystem, ShopToken
from segmentation.connect.shops.shop_table import HowFar, Row, ShopReader, ShopTable, TableAsked
from segmentation.connect.shops.shopify_tables import SHOPIFY_TABLES
from segmentation.connect.shops.woocommerce_tables import WOOCOMMERCE_TABLES
from segmentation.errors import NotInstalledError, OptionError
from segmentation.intake.files.dialect import clean_names
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import get_upload
from segmentation.intake.uploads.load import load_file
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from segmentation.workspace.beside import private_folder

TABLES = {ShopSystem.SHOPIFY: SHOPIFY_TABLES, ShopSystem.WOOCOMMERCE: WOOCOMMERCE_TABLES}
MODIFIED = "modified"
OVERLAP = timedelta(minutes=10)
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class ShopAsked:
    """What is to be read: tables by their names (none: all), and whether from the beginning."""

    tables: tuple[str, ...] = ()
    in_full: bool = False


@dataclass(frozen=True)
class FromShop:
    """What became of a table: its records that were read, the rows that are new or changed, and its upload.

    `upload` is None where the table is empty; `since` is the moment since which changes were asked for.
    """

    table: str
    records: int
    changed: int
    upload: Upload | None
    since: str
    mark: str


@dataclass(frozen=True)
class _Gathered:
    """A table that lies in the staging folder: its records and rows, and the last change among them."""

    table: ShopTable
    path: Path
    since: str
    records: int
    rows: int
    mark: str


def is_installed() -> bool:
    """Whether this machine can read shop systems."""
    return find_spec("dlt") is not None


def fetch_shop(
    workspace: Workspace,
    shop: ShopAddress,
    token: ShopToken,
    asked: ShopAsked,
    on_progress: Progress = silent,
    hosts: AllowedHosts = ANY_HOST,
) -> tuple[FromShop, ...]:
    """Read tables of a shop, each into one upload that later readings take the place of.

    After the first time only what changed is asked for, where the system can tell, and laid over what is
    there by its key. Nothing is loaded before all tables were read.

    :raises HostNotAllowedError: if the shop may not be asked.
    :raises NotInstalledError: if dlt is not on this machine.
    :raises OptionError: if there is no such table, or the token is none of this system.
    :raises SourceError: if the shop cannot be read.
    """
    tables = _tables(shop, asked.tables)
    _check(shop, token)
    with private_folder(workspace.staging) as folder, _reading(shop, hosts) as read:
        each = [TableAsked(table, _since(workspace, shop, table, asked)) for table in tables]
        gathered = [_gather(read, shop, token, one, folder, on_progress) for one in each]
        return tuple(_load(workspace, shop, one, on_progress) for one in gathered)


def _tables(shop: ShopAddress, names: Sequence[str]) -> list[ShopTable]:
    there = {table.name: table for table in TABLES[shop.system]}
    for name in names:
        if name not in there:
            raise OptionError(
                words.NO_TABLE.format(table=name), words.THERE_ARE.format(tables=", ".join(there))
            )
    return [table for table in there.values() if not names or table.name in names]


def _check(shop: ShopAddress, token: ShopToken) -> None:
    if not token.text:
        raise OptionError(words.NO_TOKEN, words.GIVE_TOKEN)
    if shop.system is ShopSystem.WOOCOMMERCE and not all(token.halves):
        raise OptionError(words.TOKEN_FORM, words.WRITE_TOKEN)


@contextmanager
def _reading(shop: ShopAddress, hosts: AllowedHosts) -> Iterator[ShopReader]:
    """Give the reader of a shop's system; only here is imported what it needs.

    :raises NotInstalledError: if that is not on this machine.
    """
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    if not is_installed():
        raise NotInstalledError(words.NOT_INSTALLED, words.INSTALL)
    from segmentation.connect.shops.faults import explained

    with explained(shop):
        yield _reader(shop.system, hosts)


def _reader(system: ShopSystem, hosts: AllowedHosts) -> ShopReader:
    if system is ShopSystem.SHOPIFY:
        from segmentation.connect.shops.shopify import read_shopify

        return partial(read_shopify, hosts=hosts)
    from segmentation.connect.shops.woocommerce import read_woocommerce

    return partial(read_woocommerce, hosts=hosts)


def _before(workspace: Workspace, shop: ShopAddress, table: ShopTable) -> Kept | None:
    return next((one for one in kept_tables(workspace, str(shop)) if one.table == table.name), None)


def _since(workspace: Workspace, shop: ShopAddress, table: ShopTable, asked: ShopAsked) -> str:
    """Return the moment since which changes are asked for, empty for all: where they can be laid over."""
    before = _before(workspace, shop, table)
    if asked.in_full or table.changed is None or before is None or not before.mark:
        return ""
    columns = tuple(column.name for column in get_upload(workspace, before.upload_id).columns)
    if columns != clean_names(list(table.columns)):
        return ""
    return _as_moment(_moment(before.mark) - OVERLAP)


def _gather(
    read: ShopReader,
    shop: ShopAddress,
    token: ShopToken,
    asked: TableAsked,
    folder: Path,
    on_progress: Progress,
) -> _Gathered:
    """Read a table into a file of texts, in the columns of the system's own export."""
    table, path = asked.table, folder / f"{asked.table.name}.parquet"
    step = f"{Stage.READING_SHOP_SYSTEM}: {table.name}"
    schema = pa.schema([(name, pa.string()) for name in table.columns])
    started, mark, records, rows = datetime.now(UTC), "", 0, 0

    def meanwhile(said: HowFar) -> None:
        on_progress(step, said.done, max(said.total, said.done + 1))

    with pq.ParquetWriter(path, schema) as writer:
        waiting: list[Row] = []
        for record in read(shop, token, asked, meanwhile):
            records += 1
            waiting += table.to_rows(record)
            mark = max(mark, table.changed(record) if table.changed else "")
            if len(waiting) >= ROWS_AT_ONCE:
                rows += _write(writer, schema, waiting)
        rows += _write(writer, schema, waiting)
    if mark:  # what changed while it was read is asked for again
        mark = _as_moment(min(_moment(mark), started))
    return _Gathered(table, path, asked.since, records, rows, mark)


def _write(writer: pq.ParquetWriter, schema: pa.Schema, waiting: list[Row]) -> int:
    """Write the rows that wait; return how many there were."""
    rows = len(waiting)
    if rows:
        writer.write_table(pa.Table.from_pylist(waiting, schema))
        waiting.clear()
    return rows


def _load(workspace: Workspace, shop: ShopAddress, gathered: _Gathered, on_progress: Progress) -> FromShop:
    """Load a table: what changed over what is there, or all of it in the place of what was there."""
    table, before = gathered.table, _before(workspace, shop, gathered.table)
    since, mark, path, changed = gathered.since, gathered.mark, gathered.path, gathered.rows
    if not gathered.rows:
        upload = get_upload(workspace, before.upload_id) if before else None
        return FromShop(table.name, 0, 0, upload, since, before.mark if before else "")
    new = Kept(str(shop), table.name, "", MODIFIED if mark else "", mark)
    if before and since:
        new, path = replace(before, mark=mark or before.mark), path.with_suffix(".whole.parquet")
        upload = get_upload(workspace, before.upload_id)
        changed = lay_over(workspace, upload, gathered.path, [table.columns.index(table.key)], path)
    if changed:
        loaded = load_file(workspace, path, f"{shop.system}-{table.name}", on_progress)
        older = {before.upload_id, *before.older} - {loaded.upload_id} if before else set[str]()
        new = replace(new, upload_id=loaded.upload_id, older=tuple(sorted(older)))
    settle(workspace, new)
    return FromShop(
        table.name, gathered.records, changed, get_upload(workspace, new.upload_id), since, new.mark
    )


def _moment(text: str) -> datetime:
    """Return a moment as the systems write it; where they name no zone, it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _as_moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
