"""The files that a refresh leaves: whole ones only, each in the place of the one before at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from segmentation.action.files.folder import writing_into
from segmentation.action.files.private import private
from segmentation.action.files.safe_csv import BYTE_ORDER_MARK


def leave_files(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files under temporary names, then rename them all; return their names.

    :raises OptionError: if the folder cannot be written.
    :raises WorkspaceError: if the disk is full.
    """
    with writing_into(folder):
        folder.chmod(0o700)
        fresh = {folder / name: private(folder / f".{name}.new") for name in files}
        for draft, content in zip(fresh.values(), files.values(), strict=True):
            draft.write_bytes(content.removeprefix(BYTE_ORDER_MARK))
        for path, draft in fresh.items():
            draft.replace(path)
    return tuple(sorted(files))
