"""Gzip and ZIP archives of tables, unpacked into the private staging folder within limits."""

from __future__ import annotations

import gzip
import shutil
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.jobs import Progress
from segmentation.stages import Stage

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
BLOCK = 4 << 20
MAX_UNPACKED = 50 << 30
MAX_RATIO = 200
FREE_OF_RATIO = 100 << 20
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


@contextmanager
def unpacked(
    path: Path, file_name: str, staging: Path, on_progress: Progress
) -> Iterator[tuple[Member, ...]]:
    """Give the tables of a file: itself, or those of the archive that it is; gone at the end.

    :raises UnreadableFileError: if the archive is damaged, locked, or unpacks to far more than it should.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if not head.startswith(GZIP) and (head != ZIP or is_workbook(path)):
        yield (Member(file_name, path),)
        return
    folder = staging / uuid.uuid4().hex
    folder.mkdir(mode=0o700)
    try:
        unpack = _unpack_gzip if head.startswith(GZIP) else _unpack_zip
        yield tuple(unpack(path, file_name, folder, on_progress))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack_gzip(path: Path, file_name: str, folder: Path, on_progress: Progress) -> list[Member]:
    name = file_name[:-3] if file_name.lower().endswith(".gz") else file_name
    limits = _Limits(path.stat().st_size, folder)
    with _said_plainly(), path.open("rb") as packed, gzip.open(packed) as file:
        copy = _copy(file, folder, limits, lambda: on_progress(Stage.UNPACKING, packed.tell(), limits.packed))
    return [Member(name, copy)]


def _unpack_zip(path: Path, file_name: str, folder: Path, on_progress: Progress) -> list[Member]:
    limits = _Limits(path.stat().st_size, folder)
    members = []
    with _said_plainly(), zipfile.ZipFile(path) as archive:
        tables = [info for info in archive.infolist() if _is_table(info)]
        if not tables:
            raise EmptyFileError("there is no table in the archive.", UNPACK)
        if len(tables) > MAX_TABLES:
            raise UnreadableFileError(f"the archive holds {len(tables):,} files.", UNPACK)
        for position, info in enumerate(tables, start=1):
            if info.flag_bits & 1:
                raise UnreadableFileError("the archive is locked with a password.", UNPACK)
            with archive.open(info) as file:
                copy = _copy(file, folder, limits, lambda: on_progress(Stage.UNPACKING, 0, len(tables)))
            members.append(Member(Path(info.filename.replace("\\", "/")).name, copy))
            on_progress(Stage.UNPACKING, position, len(tables))
    return members


def _is_table(info: zipfile.ZipInfo) -> bool:
    """Leave out folders and what operating systems add."""
    parts = info.filename.replace("\\", "/").split("/")
    return bool(parts[-1]) and not parts[-1].startswith(".") and parts[0] != "__MACOSX"


class _Limits:
    """Counts unpacked bytes and refuses a bomb before it fills the disk."""

    def __init__(self, packed: int, folder: Path) -> None:
        self.packed = packed
        self._done = 0
        self._room = min(MAX_UNPACKED, shutil.disk_usage(folder).free - SPARE_DISK)

    def add(self, size: int) -> None:
        self._done += size
        if self._done > max(FREE_OF_RATIO, MAX_RATIO * self.packed):
            raise UnreadableFileError(
                f"it unpacks to more than {MAX_RATIO} times its size, as harmful archives do.", UNPACK
            )
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


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UnreadableFileError(f"the archive is damaged ({error}).", UNPACK) from error
