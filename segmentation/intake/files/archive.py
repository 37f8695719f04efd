"""Gzip and ZIP archives of tables, unpacked into the private staging folder within limits."""

from __future__ import annotations

import gzip
import shutil
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.limits import Growth
from segmentation.jobs import Progress

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
BLOCK = 4 << 20
MAX_UNPACKED = 50 << 30
MAX_TABLES = 100
SPARE_DISK = 1 << 30
UNPACK = "Unpack it yourself and upload the tables."


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most this many bytes, none at the end."""


@dataclass(frozen=True)
class Member:
    """One table of an archive: its name, for people only, and where its bytes are."""

    name: str
    path: Path


def is_workbook(path: Path) -> bool:
    """Whether a ZIP archive is a spreadsheet of Excel or LibreOffice."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def may_be_packed(path: Path) -> bool:
    """Whether a file begins as archives do; a spreadsheet is a ZIP archive, too."""
    with path.open("rb") as file:
        return file.read(4).startswith((GZIP, ZIP))


def unpack(path: Path, file_name: str, folder: Path, on_progress: Progress) -> list[Member]:
    """Return the tables of a file: itself, or those of the archive that it is, which are then in `folder`.

    :raises UnreadableFileError: if the archive is locked, or unpacks to far more than it should.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(GZIP):
        return _unpack_gzip(path, file_name, folder, on_progress)
    if head == ZIP and not is_workbook(path):
        return _unpack_zip(path, folder, on_progress)
    return [Member(file_name, path)]


def _unpack_gzip(path: Path, file_name: str, folder: Path, on_progress: Progress) -> list[Member]:
    name = file_name[:-3] if file_name.lower().endswith(".gz") else file_name
    limits = _Limits(path.stat().st_size, folder)
    with path.open("rb") as packed, gzip.open(packed) as file:
        copy = _copy(file, folder, limits, lambda: on_progress("Unpacking", packed.tell(), limits.packed))
    return [Member(name, copy)]


def _unpack_zip(path: Path, folder: Path, on_progress: Progress) -> list[Member]:
    limits = _Limits(path.stat().st_size, folder)
    members = []
    with zipfile.ZipFile(path) as archive:
        tables = [info for info in archive.infolist() if _is_table(info)]
        if not tables:
            raise EmptyFileError("there is no table in the archive.", UNPACK)
        if len(tables) > MAX_TABLES:
            raise UnreadableFileError(f"the archive holds {len(tables):,} files.", UNPACK)
        for position, info in enumerate(tables, start=1):
            if info.flag_bits & 1:
                raise UnreadableFileError("the archive is locked with a password.", UNPACK)
            with archive.open(info) as file:
                copy = _copy(file, folder, limits, lambda: on_progress("Unpacking", 0, len(tables)))
            members.append(Member(Path(info.filename.replace("\\", "/")).name, copy))
            on_progress("Unpacking", position, len(tables))
    return members


def _is_table(info: zipfile.ZipInfo) -> bool:
    """Leave out folders and what operating systems add."""
    parts = info.filename.replace("\\", "/").split("/")
    return bool(parts[-1]) and not parts[-1].startswith(".") and parts[0] != "__MACOSX"


class _Limits:
    """Counts unpacked bytes and refuses a bomb before it fills the disk."""

    def __init__(self, packed: int, folder: Path) -> None:
        self.packed = packed
        self._growth = Growth(packed)
        self._done = 0
        self._room = min(MAX_UNPACKED, shutil.disk_usage(folder).free - SPARE_DISK)

    def add(self, size: int) -> None:
        self._done += size
        self._growth.add(size)
        if self._done > self._room:
            raise UnreadableFileError(
                f"it unpacks to more than the {max(0, self._room) >> 20:,} MB that there is room for.",
                "Free some space on the disk, then try again.",
            )


def _copy(file: Readable, folder: Path, limits: _Limits, on_block: Callable[[], None]) -> Path:
    path = folder / uuid.uuid4().hex
    with path.open("wb") as copy:
        while block := file.read(BLOCK):
            limits.add(len(block))
            copy.write(block)
            on_block()
    return path
