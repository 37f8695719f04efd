"""From a file on disk to an all-text table in the workspace, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.archive import UNPACK, Member, unpacked
from segmentation.intake.files.dialect import QUOTE_TEXTS
from segmentation.intake.files.encoding import FileBytes, Format, examine
from segmentation.intake.files.excel import load_excel
from segmentation.intake.files.json_reader import load_json
from segmentation.intake.files.parquet import load_parquet
from segmentation.intake.files.raw_table import Loaded
from segmentation.intake.files.text import load_text
from segmentation.intake.meaning.guess_roles import guess
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import get_upload, list_uploads
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace, quote_identifier

MAX_REJECTED_SHARE = 0.5
_LOADERS = {Format.TEXT: load_text, Format.JSON: load_json, Format.PARQUET: load_parquet}


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
    :raises UnreadableFileError: if some bytes are no table; those that came before it stay.
    """
    path, file_name = _check(path, file_name)
    with unpacked(path, file_name, workspace.staging, on_progress) as members:
        return tuple(_load_member(workspace, member, on_progress) for member in members)


def _check(path: Path | str, file_name: str | None) -> tuple[Path, str]:
    path = Path(path)
    if not path.is_file():
        raise UnreadableFileError(f"there is no file {path}.", "Check the name and try again.")
    return path, Path((file_name or path.name).replace("\\", "/")).name


def _load_member(
    workspace: Workspace, member: Member, on_progress: Progress, sheet: str | None = None
) -> Upload:
    facts = examine(member.path, on_progress)
    upload_id = facts.digest[:12]
    if sheet is not None:
        upload_id = hashlib.sha256(f"{facts.digest}/{sheet}".encode()).hexdigest()[:12]
    with _turn(workspace, on_progress):
        if all(upload.upload_id != upload_id for upload in list_uploads(workspace)):
            _fill(workspace, member, facts, upload_id, on_progress, sheet)
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
    workspace: Workspace,
    member: Member,
    facts: FileBytes,
    upload_id: str,
    on_progress: Progress,
    sheet: str | None,
) -> None:
    """Read the file into a raw table, guess what it means, and write both down in one transaction."""
    with workspace.transaction() as cursor:
        if facts.format is Format.EXCEL:
            loaded = load_excel(cursor, member.path, upload_id, on_progress, sheet)
        else:
            load = _LOADERS[facts.format]
            loaded = load(cursor, member.path, facts, upload_id, workspace.staging, on_progress)
        _refuse_mostly_rejected(loaded)
        if len(loaded.sheets) > 1:
            content = member.path.read_bytes()  # kept, so that another sheet can be read without an upload
            cursor.execute(
                "INSERT INTO workbooks VALUES (?, ?, ?)", [upload_id, content, list(loaded.sheets)]
            )
        table = quote_identifier(f"raw_{upload_id}")
        kind, confidence, reason, columns = guess(cursor, table, loaded.names, on_progress)
        cursor.execute(
            "INSERT INTO uploads SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM uploads),"
            " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
            [upload_id, member.name, facts.digest, facts.size, facts.encoding, loaded.delimiter, str(kind),
             confidence, reason, loaded.rows, loaded.rejected, datetime.now(UTC).replace(tzinfo=None)],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO upload_columns VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                [upload_id, c.position, c.name, str(c.role), c.confidence, c.reason, c.value_format]
                for c in columns
            ],
        )
        on_progress(Stage.UNDERSTANDING_COLUMNS, 1, 1)


def _refuse_mostly_rejected(loaded: Loaded) -> None:
    if not loaded.rows and not loaded.rejected:
        raise EmptyFileError(
            "there is a header but no rows.", "Export it again and check that it holds rows."
        )
    if loaded.rejected > MAX_REJECTED_SHARE * (loaded.rows + loaded.rejected):
        raise UnreadableFileError(
            f"{loaded.rejected:,} of {loaded.rows + loaded.rejected:,} rows do not fit"
            f" the {len(loaded.names)} columns of the header.",
            QUOTE_TEXTS,
        )
