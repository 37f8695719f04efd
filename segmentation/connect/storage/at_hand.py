"""Stored files brought to this machine for as long as they are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

import pyarrow as pa

from segmentation.connect.storage.stored import Stored
from segmentation.connect.storage.words import (
    CHANGING_TABLE,
    CHECK_ADDRESS,
    CHECK_KEYS,
    EXPORT_AS_PARQUET,
    NAME_A_FILE,
)
from segmentation.errors import SourceError
from segmentation.intake.files.apart.reading import join_apart
from segmentation.intake.files.parquet_parts import TablePart
from segmentation.jobs import Progress
from segmentation.stages import Stage
from segmentation.workspace.beside import private_folder
from segmentation.workspace.faults import explained

if TYPE_CHECKING:
    from pyarrow import fs

PIECE = 8 << 20
LONGEST = 300
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
SECRETS = (
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    *("AZURE_STORAGE_KEY", "AZURE_CLIENT_SECRET"),
)
Answer = TypeVar("Answer")


@contextmanager
def at_hand(source: Path | Stored, staging: Path, on_progress: Progress) -> Iterator[Path]:
    """Give a file on this machine; of a stored one a copy in the staging folder, gone at the end.

    A stored folder is taken for one table in Parquet files, its folders (“year=2024”) for columns.

    :raises SourceError: if there is nothing of that name, or the storage does not give it.
    """
    if isinstance(source, Path):
        yield source
        return
    with private_folder(staging) as folder:
        yield _copied(source, folder, on_progress)


def _copied(source: Stored, folder: Path, on_progress: Progress) -> Path:
    from pyarrow.fs import FileSystem  # it loads the ways to three clouds

    storage, path = _asked(source, lambda: FileSystem.from_uri(source.uri))
    found = _asked(source, lambda: storage.get_file_info(path))
    if found.is_file:
        copy = folder / (source.name.encode(errors="replace").decode() or "file")
        _copy(source, storage, found, copy, on_progress)
        return copy
    parts = _parts(source, storage, path)
    for place, (info, _) in enumerate(parts):
        _copy(source, storage, info, folder / f"{place}.part", on_progress)
    whole = folder / f"{source.name}.parquet"
    join_apart(
        [TablePart(folder / f"{i}.part", said) for i, (_, said) in enumerate(parts)], whole, on_progress
    )
    return whole


def _parts(
    source: Stored, storage: fs.FileSystem, path: str
) -> Sequence[tuple[fs.FileInfo, dict[str, str | None]]]:
    """List the Parquet files of a folder, by name, with what their folders say of their rows."""
    from pyarrow.fs import FileSelector

    everything = FileSelector(path, recursive=True, allow_not_found=True)
    infos = _asked(source, lambda: storage.get_file_info(everything))
    below = {info.path: PurePosixPath(info.path).relative_to(PurePosixPath(path)) for info in infos}
    if any(one.parts[0] == "_delta_log" or one.name.endswith(".metadata.json") for one in below.values()):
        raise SourceError(CHANGING_TABLE.format(source=source), EXPORT_AS_PARQUET)
    files = [
        info
        for info in sorted(infos, key=lambda info: info.path)
        if info.is_file and info.path.lower().endswith((".parquet", ".pq"))
        if not any(part.startswith(("_", ".")) for part in below[info.path].parts)
    ]
    if not files:
        raise SourceError(
            f"there is no file {source}, and no Parquet file in a folder of that name.", NAME_A_FILE
        )
    return [(info, _said(below[info.path])) for info in files]


def _said(path: PurePosixPath) -> dict[str, str | None]:
    pairs = (part.partition("=") for part in path.parts[:-1] if "=" in part)
    return {name: None if value == NO_VALUE else unquote(value) for name, _, value in pairs}


def _copy(
    source: Stored, storage: fs.FileSystem, info: fs.FileInfo, copy: Path, on_progress: Progress
) -> None:
    step, done = f"{Stage.FETCHING_FILE}: {info.base_name}", 0
    with (
        _asked(source, lambda: storage.open_input_stream(info.path, compression=None)) as stream,
        copy.open("wb") as file,
    ):
        while piece := _asked(source, lambda: stream.read(PIECE)):
            with explained(copy):
                file.write(piece)
            done += len(piece)
            on_progress(step, done, info.size)


def _asked(source: Stored, ask: Callable[[], Answer]) -> Answer:
    """Ask the storage; what it says that is wrong is told in a line, without keys."""
    try:
        return ask()
    except (OSError, pa.ArrowException, NotImplementedError) as error:
        why = (str(error).splitlines() or [""])[0].replace(source.uri, str(source))
        for secret in filter(None, map(os.environ.get, SECRETS)):
            why = why.replace(secret, "…")
        refused = any(sign in why for sign in ("ACCESS_DENIED", "INVALID_ACCESS", "SIGNATURE", "credential"))
        remedy = CHECK_KEYS if refused else CHECK_ADDRESS
        raise SourceError(f"{source} was not given: {why[:LONGEST].rstrip('. ')}.", remedy) from None
