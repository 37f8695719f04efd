"""Write files into a folder that somebody named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from segmentation.action.files.private import private
from segmentation.action.files.safe_csv import BYTE_ORDER_MARK
from segmentation.errors import OptionError
from segmentation.workspace.faults import explain_write


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Make the folder, and say so where it, or what is then written, cannot be written.

    :raises OptionError: if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        found = f"the folder {folder} cannot be written ({error.strerror})."
        raise explain_write(folder, error) or OptionError(found) from error


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names, for programs: without the byte order mark that Excel wants.

    :raises OptionError: if the folder cannot be written.
    """
    with writing_into(folder):
        for name, content in files.items():
            private(folder / name).write_bytes(content.removeprefix(BYTE_ORDER_MARK))
