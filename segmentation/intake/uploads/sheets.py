"""Workbooks of several sheets: which there are, and taking another one than was found."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import duckdb

from segmentation import formats
from segmentation.errors import OptionError
from segmentation.intake.files.sheet_layouts import JOINED
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import delete_upload, get_upload
from segmentation.intake.uploads.load import load_file
from segmentation.intake.words import SHEET_ASIDE, SHEETS_ASIDE
from segmentation.jobs import Progress, silent
from segmentation.workspace import Workspace


def sheets_of(workspace: Workspace, upload_id: str) -> tuple[str, ...]:
    """Return the sheets of an uploaded workbook that hold something; none where it has only one."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT sheets FROM workbooks WHERE upload_id = ?", [upload_id]).fetchall()
    return tuple(rows[0][0]) if rows else ()


def sheet_notes(cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload]) -> tuple[str, ...]:
    """Name the sheets of each workbook that hold something and are not read."""
    sheets = dict(cursor.execute("SELECT upload_id, sheets FROM workbooks").fetchall())
    notes = []
    for upload in uploads:
        read = {upload.delimiter, *upload.delimiter.split(JOINED)}
        if aside := [name for name in sheets.get(upload.upload_id, ()) if name not in read]:
            words = SHEETS_ASIDE if len(aside) > 1 else SHEET_ASIDE
            notes.append(words.format(file=upload.file_name, sheets=formats.quoted(*aside)))
    return tuple(notes)


def choose_sheet(workspace: Workspace, upload_id: str, sheet: str, on_progress: Progress = silent) -> Upload:
    """Read another sheet of an uploaded workbook, in place of the one that was read.

    :raises OptionError: if there is no such upload or sheet.
    """
    before = get_upload(workspace, upload_id)
    if sheet not in sheets_of(workspace, upload_id):
        raise OptionError(f"there is no sheet “{sheet}” in {before.file_name}.", "Choose another one.")
    if sheet == before.delimiter:
        return before
    upload = _read(workspace, before, sheet, on_progress)
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM workbooks WHERE upload_id = ?", [upload.upload_id])  # of some sheets only
        cursor.execute(
            "UPDATE workbooks SET upload_id = $new WHERE upload_id = $old",
            {"new": upload.upload_id, "old": upload_id},
        )
        cursor.execute(
            "UPDATE uploads SET position = (SELECT position FROM uploads WHERE upload_id = $old)"
            " WHERE upload_id = $new",
            {"new": upload.upload_id, "old": upload_id},
        )
    delete_upload(workspace, upload_id)
    return get_upload(workspace, upload.upload_id)


def _read(workspace: Workspace, before: Upload, sheet: str, on_progress: Progress) -> Upload:
    staged = workspace.staging / uuid.uuid4().hex
    with workspace.cursor() as cursor:
        [(content,)] = cursor.execute(
            "SELECT content FROM workbooks WHERE upload_id = ?", [before.upload_id]
        ).fetchall()
    try:
        staged.write_bytes(content)
        return load_file(workspace, staged, before.file_name, on_progress, sheet)
    finally:
        staged.unlink(missing_ok=True)
