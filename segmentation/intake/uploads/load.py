"""From a file on disk to an all-text table in the workspace, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from segmentation.errors import EmptyFileError, SegmentationError, UnreadableFileError
from segmentation.intake.files.apart.reading import OpenedFile, reading, unpacked
from segmentation.intake.files.archive import UNPACK, Member
from segmentation.intake.files.dialect import QUOTE_TEXTS
from segmentation.intake.files.raw_table import RawTable
from segmentation.intake.meaning.guess_roles import guess
from segmentation.intake.meaning.orders.packages import unfold_packages
from segmentation.intake.meaning.title_rows import fill_titles_down
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import get_upload, is_uploaded, read_uploads
from segmentation.intake.uploads.other_files import agree_on_keys
from segmentation.intake.uploads.said_beside import said_beside
from segmentation.intake.uploads.understood import keep_understood
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

MAX_REJECTED_SHARE = 0.5


def load_file(
    workspace: Workspace,
    path: Path | str,
    file_name: str | None = None,
    on_progress: Progress = silent,
    sheet: str | None = None,
) -> Upload:
    """Read a file into the workspace and guess what it means; one that is already there is returned.

    :param path: where the bytes are; they are left untouched. An archive of one table is unpacked.
    :param file_name: the name to show, by default that of the path; never used as a path.
    :param sheet: of a workbook; by default the one with the largest table.
    :raises EmptyFileError: if there are no rows.
    :raises UnreadableFileError: if the bytes are no table, or an archive of several.
    """
    path, file_name = _check(path, file_name)
    with unpacked(path, file_name, workspace.staging, on_progress) as members:
        if len(members) > 1:
            names = ", ".join(member.name for member in members[:10])
            raise UnreadableFileError(f"the archive holds {len(members)} files ({names}).", UNPACK)
        return _load_member(workspace, members[0], on_progress, sheet)


def load_tables(
    workspace: Workspace, path: Path | str, file_name: str | None = None, on_progress: Progress = silent
) -> tuple[Upload, ...]:
    """Read every table of a file, of which an archive may hold several; else like `load_file`.

    :raises EmptyFileError: if there are no rows.
    :raises UnreadableFileError: if some bytes are no table; the archive's other tables are read all the same.
    """
    path, file_name = _check(path, file_name)
    with unpacked(path, file_name, workspace.staging, on_progress) as members:
        if len(members) == 1:
            return (_load_member(workspace, members[0], on_progress),)
        uploads: list[Upload] = []
        errors: list[SegmentationError] = []
        for member in members:
            try:
                uploads.append(_load_member(workspace, member, on_progress))
            except SegmentationError as error:
                errors.append(type(error)(f"{member.name}: {error.found}", error.remedy))
    if errors:
        raise errors[0]
    return tuple(uploads)


def _check(path: Path | str, file_name: str | None) -> tuple[Path, str]:
    path = Path(path)
    if not path.is_file():
        raise UnreadableFileError(f"there is no file {path}.", "Check the name and try again.")
    name = Path((file_name or path.name).replace("\\", "/")).name
    return path.absolute(), name.encode(errors="replace").decode()  # a name need not be UTF-8


def _load_member(
    workspace: Workspace, member: Member, on_progress: Progress, sheet: str | None = None
) -> Upload:
    with reading(member.path, sheet, workspace.staging, on_progress) as opened:
        upload_id = opened.facts.digest[:12]
        if sheet is not None:
            upload_id = hashlib.sha256(f"{opened.facts.digest}/{sheet}".encode()).hexdigest()[:12]
        with _turn(workspace, on_progress):
            if not is_uploaded(workspace, upload_id):
                _fill(workspace, member, opened, upload_id, on_progress)
            else:
                opened.leave()
    return get_upload(workspace, upload_id)


@contextmanager
def _turn(workspace: Workspace, on_progress: Progress) -> Iterator[None]:
    """Wait until no other file is being read; a person can cancel the waiting."""
    while not workspace.importing.acquire(timeout=0.2):
        on_progress(Stage.WAITING_FOR_FILE, 0, 1)
    try:
        yield
    finally:
        workspace.importing.release()


def _fill(
    workspace: Workspace, member: Member, opened: OpenedFile, upload_id: str, on_progress: Progress
) -> None:
    """Read the file into a raw table, guess what it means, and write both down in one transaction."""
    facts = opened.facts
    with workspace.transaction() as cursor:
        table = RawTable(cursor, upload_id)
        loaded = opened.into(table)
        _refuse_mostly_rejected(table)
        if len(loaded.sheets) > 1:
            content = member.path.read_bytes()  # kept, so that another sheet can be read without an upload
            cursor.execute(
                "INSERT INTO workbooks VALUES (?, ?, ?)", [upload_id, content, list(loaded.sheets)]
            )
        names, titles = fill_titles_down(cursor, table.quoted, loaded.names)
        titles += unfold_packages(cursor, table.quoted, len(names))
        said = said_beside(cursor, upload_id, member.name)
        found = guess(cursor, table.quoted, names, on_progress, said=said)
        cursor.execute(
            "INSERT INTO uploads SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM uploads),"
            " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
            [upload_id, member.name, facts.digest, facts.size, facts.encoding, loaded.delimiter,
             str(found.likely.kind), found.confidence, found.reason, table.rows - titles, table.rejected,
             datetime.now(UTC).replace(tzinfo=None)],
        )  # fmt: skip
        columns = [
            (c.position, c.name, str(c.role), c.confidence, c.reason, c.value_format)
            for c in found.likely.columns
        ]
        cursor.execute(
            "INSERT INTO upload_columns SELECT ?, unnest(?), unnest(?), unnest(?), unnest(?), unnest(?),"
            " unnest(?)",
            [upload_id, *map(list, zip(*columns, strict=True))],
        )
        upload = next(one for one in read_uploads(cursor) if one.upload_id == upload_id)
        money = found.likely.money
        rule = money.rule if money else None
        keep_understood(cursor, replace(upload, money=rule), found.questions)
        agree_on_keys(workspace, cursor)
        on_progress(Stage.UNDERSTANDING_COLUMNS, 1, 1)


def _refuse_mostly_rejected(table: RawTable) -> None:
    if not table.rows and not table.rejected:
        raise EmptyFileError(
            "there is a header but no rows.", "Export it again and check that it holds rows."
        )
    if table.rejected > MAX_REJECTED_SHARE * (table.rows + table.rejected):
        raise UnreadableFileError(
            f"{table.rejected:,} of {table.rows + table.rejected:,} rows do not fit"
            f" the {table.width} columns of the header.",
            QUOTE_TEXTS,
        )
