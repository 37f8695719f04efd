"""One file that is about to be read: where it is, what its bytes are, and where there is room to work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from segmentation.intake.files.encoding import FileBytes


@dataclass(frozen=True)
class Source:
    """A file to read. `folder` is private and swept afterwards; `sheet` is what is wanted of a workbook."""

    path: Path
    facts: FileBytes
    folder: Path
    sheet: str | None = None
