"""The vectors of texts that were read before, in files beside the workspace: two for each encoder.

One holds the hashes of the texts, the other a row of numbers for each. Vectors are added before their hashes,
so that a crash leaves at most rows without a hash, which the next writing cuts off.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from segmentation.text.encoders.protocol import Encoder
from segmentation.workspace import Workspace
from segmentation.workspace.faults import explained

_ROWS_AT_ONCE = 1_024
_HASH, _NUMBER = np.dtype("<u8"), np.dtype("<f4")
_NOBODY = 0
"""Stands where a text was forgotten; the one text in 2^64 that has this hash is read anew each time."""


@dataclass(frozen=True)
class _Files:
    """The two files of an encoder: `hashes` uint64 (rows,), `vectors` float32 (rows, dimensions)."""

    hashes: Path
    vectors: Path
    dimensions: int

    @property
    def row_bytes(self) -> int:
        return self.dimensions * _NUMBER.itemsize

    @property
    def rows(self) -> int:
        """How many rows are whole."""
        return min(_size(self.hashes) // _HASH.itemsize, _size(self.vectors) // self.row_bytes)

    def read_hashes(self) -> np.ndarray:
        """Return the hashes of the whole rows."""
        return np.fromfile(self.hashes, _HASH, self.rows) if self.rows else np.empty(0, _HASH)

    def cut(self) -> None:
        """Cut off what a crash has left half written, hashes first: none may come to name another's row."""
        rows = self.rows
        _shorten(self.hashes, rows * _HASH.itemsize)
        _shorten(self.vectors, rows * self.row_bytes)


def read_vectors(workspace: Workspace, encoder: Encoder, hashes: np.ndarray, into: np.ndarray) -> np.ndarray:
    """Fill the rows of `into` (m, dimensions) whose texts were read before; return which they are, bool (m,).

    :param hashes: uint64 hash of each text.
    """
    with workspace.storing, explained(workspace.vectors):
        files = _files_of(workspace, encoder)
        stored = files.read_hashes()
        places = _find(stored, hashes)
        known = np.flatnonzero(places >= 0)
        if len(known):
            kept = np.memmap(files.vectors, _NUMBER, "r", shape=(len(stored), files.dimensions))
            known = known[np.argsort(places[known])]  # a disk gives most when read from front to back
            for start in range(0, len(known), _ROWS_AT_ONCE):
                rows = known[start : start + _ROWS_AT_ONCE]
                into[rows] = kept[places[rows]]
    return np.asarray(places >= 0)


def add_vectors(workspace: Workspace, encoder: Encoder, hashes: np.ndarray, vectors: np.ndarray) -> None:
    """Keep the vectors (m, dimensions) of these texts, where the workspace keeps any.

    :raises WorkspaceError: if the disk is full or may not be written to.
    """
    if not workspace.keeps_vectors:
        return
    named = hashes != _NOBODY
    with workspace.storing, explained(workspace.vectors):
        workspace.vectors.mkdir(mode=0o700, exist_ok=True)
        files = _files_of(workspace, encoder)
        files.cut()
        _append(files.vectors, vectors[named].astype(_NUMBER), lasting=True)
        _append(files.hashes, hashes[named].astype(_HASH), lasting=False)


def forget_other_versions(workspace: Workspace, encoder: Encoder) -> None:
    """Delete what encoders of this name with another key have stored, for those that are fitted anew."""
    workspace.delete_vectors(f"{_digest(encoder.name)}-*", but=_stem(encoder))


def keep_texts(workspace: Workspace, hashes: np.ndarray) -> int:
    """Overwrite the vectors of all but these texts, by their hashes; return how many were overwritten."""
    found = 0
    with workspace.storing, explained(workspace.vectors):
        for files in _all_files(workspace):
            files.cut()
            stored = files.read_hashes()
            gone = _rows_beside(stored, hashes)
            if len(stored):
                _blank(files.hashes, gone, _HASH.itemsize)
                # Those forgotten before, too: a crash may have come between the two writings.
                _blank(files.vectors, [*gone, *np.flatnonzero(stored == _NOBODY)], files.row_bytes)
            found += len(gone)
    return found


def holds_others(workspace: Workspace, hashes: np.ndarray) -> bool:
    """Whether a vector of any text but these is kept."""
    with workspace.storing:
        return any(len(_rows_beside(files.read_hashes(), hashes)) for files in _all_files(workspace))


def _files_of(workspace: Workspace, encoder: Encoder) -> _Files:
    path = workspace.vectors / _stem(encoder)
    return _Files(path.with_suffix(".hashes"), path.with_suffix(".vectors"), encoder.dimensions)


def _all_files(workspace: Workspace) -> Iterator[_Files]:
    for path in sorted(workspace.vectors.glob("*.vectors")):
        yield _Files(path.with_suffix(".hashes"), path, int(path.stem.rpartition("-")[2]))


def _stem(encoder: Encoder) -> str:
    return f"{_digest(encoder.name)}-{_digest(encoder.key)}-{encoder.dimensions}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _find(stored: np.ndarray, hashes: np.ndarray) -> np.ndarray:
    """Return the first row of each hash, -1 where there is none."""
    if not len(stored):
        return np.full(len(hashes), -1)
    order = np.argsort(stored, kind="stable")
    ordered = stored[order]
    at = np.minimum(np.searchsorted(ordered, hashes), len(stored) - 1)
    return np.where((ordered[at] == hashes) & (hashes != _NOBODY), order[at], -1)


def _rows_beside(stored: np.ndarray, hashes: np.ndarray) -> np.ndarray:
    """Return every row that has none of these hashes."""
    return np.flatnonzero(~np.isin(stored, hashes) & (stored != _NOBODY))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _shorten(path: Path, size: int) -> None:
    if _size(path) > size:
        os.truncate(path, size)


def _append(path: Path, values: np.ndarray, lasting: bool) -> None:
    path.touch(mode=0o600)
    with path.open("ab") as file:
        file.write(values.tobytes())
        if lasting:
            _reach_disk(file)


def _blank(path: Path, rows: Iterable[int], row_bytes: int) -> None:
    """Write zeros over these rows."""
    with path.open("r+b") as file:
        for row in rows:
            file.seek(row * row_bytes)
            file.write(bytes(row_bytes))
        _reach_disk(file)


def _reach_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
