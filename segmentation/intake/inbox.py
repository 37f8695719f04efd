"""The inbox: a folder beside the workspace for files that are too large for a browser."""

from __future__ import annotations

from pathlib import Path

from segmentation.intake.uploads import list_uploads
from segmentation.workspace import Workspace


def inbox_folder(workspace: Workspace) -> Path:
    """Return the folder, made where it is missing, private like the data beside it."""
    folder = workspace.path.parent / "inbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def list_inbox(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files of the inbox that have not been loaded yet, by name; hidden ones are left out.

    A file counts as loaded where an upload has its name and size.
    """
    known = {(upload.file_name, upload.bytes) for upload in list_uploads(workspace)}
    return tuple(
        path
        for path in sorted(inbox_folder(workspace).iterdir())
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(".")
        and (path.name, path.stat().st_size) not in known
    )
