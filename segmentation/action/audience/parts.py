"""The files of one audience, written row by row, each no larger than its platform takes."""

from __future__ import annotations

import io
from pathlib import Path

from segmentation.action.audience.platforms import PLATFORMS, Layout, Platform, headers
from segmentation.action.files.private import private
from segmentation.action.files.safe_csv import BYTE_ORDER_MARK, line, without_formula


class Parts:
    """The files of one audience, each begun anew where it would grow beyond what the platform takes."""

    def __init__(self, folder: Path, stem: str, platform: Platform, layout: Layout) -> None:
        self.paths: list[Path] = []
        self._folder, self._stem = folder, stem
        self._header = headers(platform, layout)
        self._rules = PLATFORMS[platform]
        self._bytes = 0
        self._stream: io.BufferedWriter | None = None

    def __enter__(self) -> Parts:
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.close()
        if len(self.paths) > 1:
            first = self._folder / f"{self._stem}-part-1.csv"
            self.paths[0] = self.paths[0].replace(first)

    def write(self, cells: list[str]) -> None:
        """Add a row."""
        row = self._line(cells)
        if self._rules.largest and self._bytes + len(row) > self._rules.largest:
            self._begin()
        self._put(row)

    def _begin(self) -> None:
        if self._stream:
            self._stream.close()
        number = len(self.paths) + 1
        path = self._folder / (f"{self._stem}.csv" if number == 1 else f"{self._stem}-part-{number}.csv")
        self.paths.append(path)
        self._stream, self._bytes = private(path).open("wb"), 0
        self._put((BYTE_ORDER_MARK if self._rules.opened else b"") + self._line(self._header))

    def _line(self, cells: list[str]) -> bytes:
        """Write a row: as it is for a program, safe from running for a spreadsheet."""
        return line([without_formula(cell) for cell in cells] if self._rules.opened else cells)

    def _put(self, row: bytes) -> None:
        assert self._stream is not None  # noqa: S101 - opened by __enter__
        self._stream.write(row)
        self._bytes += len(row)
