"""The inbox: a folder beside the workspace for files that are too large for a browser."""

from __future__ import annotations

from pathlib import Path

from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_tables
from segmentation.jobs import Progress, silent
from segmentation.workspace import Workspace


def inbox_folder(workspace: Workspace) -> Path:
    """Return the folder, made where it is missing, private like the data beside it."""
    folder = workspace.path.parent / "inbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def list_inbox(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files of the inbox that are new or have changed since, by name; hidden ones are left out."""
    loaded = _loaded(workspace)
    return tuple(
        path
        for path in sorted(inbox_folder(workspace).iterdir())
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(".")
        and _facts(path) not in loaded
    )


def load_from_inbox(workspace: Workspace, path: Path, on_progress: Progress = silent) -> tuple[Upload, ...]:
    """Read every table of a file of the inbox, as `load_tables` does, and remember that it was read."""
    facts = _facts(path)
    uploads = load_tables(workspace, path, on_progress=on_progress)
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM inbox WHERE file_name = ?", [facts[0]])
        cursor.executemany(
            "INSERT INTO inbox VALUES (?, ?, ?, ?)", [[*facts, upload.upload_id] for upload in uploads]
        )
    return uploads


def _facts(path: Path) -> tuple[str, int, int]:
    """Return what tells a file from its earlier versions: name, size and time of its last change."""
    about = path.stat()
    return path.name.encode(errors="replace").decode(), about.st_size, about.st_mtime_ns


def _loaded(workspace: Workspace) -> set[tuple[str, int, int]]:
    """Return the facts of the files that were read and of which every table is still there."""
    present = {upload.upload_id for upload in list_uploads(workspace)}
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT file_name, bytes, modified, list(upload_id) FROM inbox GROUP BY ALL"
        ).fetchall()
    return {(name, size, modified) for name, size, modified, made in rows if set(made) <= present}
