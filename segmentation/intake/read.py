"""From a file on disk to an all-text table in the workspace, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.dialect import QUOTE_TEXTS
from segmentation.intake.encoding import examine
from segmentation.intake.guess import guess
from segmentation.intake.parquet_file import load_parquet
from segmentation.intake.roles import Upload
from segmentation.intake.store import Loaded
from segmentation.intake.text_file import load_text
from segmentation.intake.uploads import get_upload, list_uploads
from segmentation.jobs import Progress, silent
from segmentation.workspace import Workspace, quote_identifier

MAX_REJECTED_SHARE = 0.5


def load_file(
    workspace: Workspace, path: Path | str, file_name: str | None = None, on_progress: Progress = silent
) -> Upload:
    """Read a file into the workspace and guess what it means; one that is already there is returned.

    :param path: where the bytes are; they are left untouched.
    :param file_name: the name to show, by default that of the path; never used as a path.
    :raises EmptyFileError: if there are no rows.
    :raises UnreadableFileError: if the bytes are no table.
    """
    path = Path(path)
    file_name = Path((file_name or path.name).replace("\\", "/")).name
    if not path.is_file():
        raise UnreadableFileError(f"there is no file {path}.", "Check the name and try again.")
    facts = examine(path, on_progress)
    upload_id = facts.digest[:12]
    if any(upload.upload_id == upload_id for upload in list_uploads(workspace)):
        return get_upload(workspace, upload_id)
    with workspace.transaction() as cursor:
        table = quote_identifier(f"raw_{upload_id}")
        load = load_parquet if facts.is_parquet else load_text
        loaded = load(cursor, path, facts, upload_id, workspace.staging, on_progress)
        _refuse_mostly_rejected(loaded)
        on_progress("Understanding the columns", 0, 1)
        kind, confidence, reason, columns = guess(cursor, table, loaded.names)
        cursor.execute(
            "INSERT INTO uploads SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM uploads),"
            " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
            [upload_id, file_name, facts.digest, facts.size, facts.encoding, loaded.delimiter, str(kind),
             confidence, reason, loaded.rows, loaded.rejected, datetime.now(UTC).replace(tzinfo=None)],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO upload_columns VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                [upload_id, c.position, c.name, str(c.role), c.confidence, c.reason, c.value_format]
                for c in columns
            ],
        )
        on_progress("Understanding the columns", 1, 1)
    return get_upload(workspace, upload_id)


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
