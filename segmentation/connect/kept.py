"""What the workspace keeps of a database: its address, tables, column and mark; never who reads it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.replacing import take_place
from segmentation.workspace import Workspace

KEY = "databases"


@dataclass(frozen=True)
class Kept:
    """A table that was read: of which source, into which upload, and how far.

    :param since: the column by which newer rows are told, empty where the table is read in full.
    :param mark: the highest value of that column so far, as text.
    :param older: uploads whose place this one is to take, until it has taken it.
    """

    source: str
    table: str
    upload_id: str
    since: str = ""
    mark: str = ""
    older: tuple[str, ...] = ()


def kept_tables(workspace: Workspace, source: str = "") -> tuple[Kept, ...]:
    """Return the tables that were read and whose rows are still there, of one source or of all."""
    present = {upload.upload_id for upload in list_uploads(workspace)}
    return tuple(one for one in _all(workspace) if one.upload_id in present and source in ("", one.source))


def keep(workspace: Workspace, new: Kept) -> None:
    """Keep that a table was read, in place of what was kept of it before."""
    others = [one for one in _all(workspace) if (one.source, one.table) != (new.source, new.table)]
    workspace.set_meta(KEY, json.dumps([asdict(one) for one in (*others, new)]))


def settle(workspace: Workspace, new: Kept) -> None:
    """Keep that a table was read, and let its upload take the place of the older ones.

    What is cut short in between is known, and done when the table is read the next time.
    """
    keep(workspace, new)
    present = {upload.upload_id for upload in list_uploads(workspace)}
    for older in new.older:
        if older in present:
            take_place(workspace, new.upload_id, older)
    if new.older:
        keep(workspace, replace(new, older=()))


def _all(workspace: Workspace) -> list[Kept]:
    found = json.loads(workspace.meta(KEY) or "[]")
    return [Kept(**{**one, "older": tuple(one["older"])}) for one in found]
