"""The files that hold what one encoder made of texts: a hash, a checksum and a row of numbers for each text.

They lie side by side and are read by position. Numbers are added before checksums, and these before
hashes, so that a crash leaves at most rows without a hash, which the next writing cuts off; and a row
counts only while its checksum, made of the encoder's name, the hash and the numbers, is right.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

ROWS_AT_ONCE = 1_024
NOBODY = 0
"""Stands where a text was forgotten; the one text in 2^64 that has this hash is read anew each time."""
_HASH, _NUMBER = np.dtype("<u8"), np.dtype("<f4")
_STEM = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}-([1-9][0-9]*)\Z")
_FACTOR = 0x9E3779B97F4A7C15
"""Odd, so that a change of any one number changes the sum (arithmetic modulo 2^64)."""


@dataclass(frozen=True)
class VectorFiles:
    """The files of an encoder: `hashes` and `sums` uint64 (rows,), `vectors` float32 (rows, dimensions)."""

    hashes: Path
    dimensions: int

    @classmethod
    def at(cls, path: Path) -> VectorFiles | None:
        """Return the files to which this one belongs; None for one that is not ours."""
        named = _STEM.match(path.stem)
        return cls(path.with_suffix(".hashes"), int(named[1])) if named and path.is_file() else None

    @property
    def sums(self) -> Path:
        """The file of checksums."""
        return self.hashes.with_suffix(".sums")

    @property
    def vectors(self) -> Path:
        """The file of numbers."""
        return self.hashes.with_suffix(".vectors")

    @property
    def rows(self) -> int:
        """How many rows are whole."""
        return min(_size(path) // row_bytes for path, row_bytes in self._parts)

    def read_hashes(self) -> np.ndarray:
        """Return the hashes of the whole rows."""
        return np.fromfile(self.hashes, _HASH, self.rows) if self.rows else np.empty(0, _HASH)

    def read(self, places: np.ndarray, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows (m, dimensions) at these places, and which are as written for these hashes."""
        rows = self.rows
        kept = np.memmap(self.vectors, _NUMBER, "r", shape=(rows, self.dimensions))
        sums = np.memmap(self.sums, _HASH, "r", shape=(rows,))
        found = np.asarray(kept[places])
        return found, self._sum(hashes, found) == sums[places]

    def add(self, hashes: np.ndarray, vectors: np.ndarray) -> None:
        """Write rows behind those that are whole."""
        self.cut()
        vectors = vectors.astype(_NUMBER)
        _append(self.vectors, vectors, lasting=True)
        _append(self.sums, self._sum(hashes, vectors), lasting=False)
        _append(self.hashes, hashes.astype(_HASH), lasting=False)

    def cut(self) -> None:
        """Cut off what is not whole, hashes first: none may come to name another's row."""
        rows = self.rows
        for path, row_bytes in self._parts:
            if _size(path) > rows * row_bytes:
                os.truncate(path, rows * row_bytes)

    def blank(self, rows: Iterable[int]) -> None:
        """Write zeros over these rows."""
        rows = list(rows)
        for path, row_bytes in self._parts:
            with path.open("r+b") as file:
                for row in rows:
                    file.seek(row * row_bytes)
                    file.write(bytes(row_bytes))
                _reach_disk(file)

    def damaged(self, stored: np.ndarray) -> np.ndarray:
        """Return every row that is not what was written for its hash."""
        found = [np.empty(0, np.int64)]
        for start in range(0, len(stored), ROWS_AT_ONCE):
            places = np.arange(start, min(start + ROWS_AT_ONCE, len(stored)))
            _, whole = self.read(places, stored[places])
            found.append(places[~whole])
        return np.concatenate(found)

    @property
    def _parts(self) -> tuple[tuple[Path, int], ...]:
        number = self.dimensions * _NUMBER.itemsize
        return (self.hashes, _HASH.itemsize), (self.sums, _HASH.itemsize), (self.vectors, number)

    def _sum(self, hashes: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """Return a checksum uint64 (m,) for each row."""
        word = np.dtype("<u4") if self.dimensions % 2 else np.dtype("<u8")
        words = np.ascontiguousarray(vectors, _NUMBER).view(word).astype(np.uint64, copy=False)
        powers = np.cumprod(np.full(words.shape[1] + 1, _FACTOR, np.uint64))
        named = np.uint64(int(self.hashes.stem[17:33], 16))  # the part that tells the encoder's key
        return np.asarray(named + hashes.astype(np.uint64) * powers[0] + words @ powers[1:])


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _append(path: Path, values: np.ndarray, lasting: bool) -> None:
    path.touch(mode=0o600)
    with path.open("ab") as file:
        file.write(values.tobytes())
        if lasting:
            _reach_disk(file)


def _reach_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
