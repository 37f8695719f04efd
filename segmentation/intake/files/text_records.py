"""From lines of text to rows of the header's width, and rejects that say why they are none."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from segmentation.intake.files.dialect import WHITESPACE, Dialect, split_records
from segmentation.intake.files.encoding import BROKEN

MAX_CONTENT = 2000
MANY_LINES = 5
ALIKE = 0.9
LOOKED_AT = 200
SWALLOWED = "a quotation mark is opened and would take the {count:,} rows after it for one text"


@dataclass(frozen=True)
class Reject:
    """A record that is no row: the line where it starts, the reason, and its text (shortened)."""

    line: int
    reason: str
    content: str


@dataclass(frozen=True)
class Row:
    """A record with as many cells as the header has names, and the line where it starts."""

    line: int
    cells: list[str]


class _Lines:
    """Feeds lines to the record splitter, remembers those of the present record, and can give them back."""

    def __init__(self, lines: Iterable[str], first_line: int) -> None:
        self._source = iter(lines)
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.next_line = first_line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._source)
        self.taken.append(line)
        self.next_line += 1
        return line

    def start_record(self) -> int:
        """Forget the lines taken so far and return the number of the line that comes next."""
        self.taken = []
        return self.next_line

    def give_back_all_but_first(self) -> None:
        """Put the lines of a broken record back, so that one stray quotation mark costs one line only."""
        self._returned.extendleft(reversed(self.taken[1:]))
        self.next_line -= len(self.taken) - 1
        del self.taken[1:]


def read_records(lines: Iterable[str], dialect: Dialect, first_line: int = 1) -> Iterator[Row | Reject]:
    """Yield every record after the header as a row or a reject; blank lines are neither.

    :param first_line: the number of the first of the lines in its file.
    """
    source = _Lines(lines, first_line)
    records = split_records(source, dialect.delimiter)
    width = len(dialect.names)
    seen = -1
    while True:
        line = source.start_record()
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error:
            source.give_back_all_but_first()
            yield _reject(line, "a quotation mark is opened and never closed", source.taken)
            continue
        if not cells:
            continue
        seen += 1
        if seen <= dialect.header_at:
            if seen <= dialect.header_at - dialect.header_rows:
                yield _reject(line, "stands before the header", source.taken)
            continue
        yield _to_row(line, cells, width, source, dialect)


def _to_row(line: int, cells: list[str], width: int, source: _Lines, dialect: Dialect) -> Row | Reject:
    if len(source.taken) > 2 and _swallows_rows(source.taken, dialect):
        reason = SWALLOWED.format(count=len(source.taken) - 1)
        source.give_back_all_but_first()
        return _reject(line, reason, source.taken)
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        if len(source.taken) > 1 and dialect.delimiter != WHITESPACE:
            source.give_back_all_but_first()
        return _reject(line, f"{len(cells)} cells where the header has {width}", source.taken)
    if any(not text.isascii() and BROKEN.search(text) for text in source.taken):
        return _reject(line, "bytes that are not text in the file's encoding", source.taken)
    return Row(line, cells)


def _swallows_rows(taken: list[str], dialect: Dialect) -> bool:
    """Whether nearly all lines within a quoted cell are rows of the table, which no text looks like.

    A few lines, or rows of two cells, must begin as the record does: with a code of the same shape.
    """
    begun, within = _cells(taken[0], dialect), [_cells(text, dialect) for text in taken[1:-1][:LOOKED_AT]]
    width = len(dialect.names)
    if width < 2 or sum(len(cells) == width for cells in within) < ALIKE * len(within):
        return False
    if width > 2 and len(taken) > MANY_LINES:
        return True
    shape = _shape(begun)
    alike = sum(_shape(cells) == shape for cells in within)
    return alike >= ALIKE * len(within) and any(sign in shape for sign in "0@")


def _cells(text: str, dialect: Dialect) -> list[str]:
    return next(split_records(iter([text]), dialect.delimiter), [])


def _shape(cells: list[str]) -> str:
    """Write the first cell with one 0 for each number and one a for each word."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", cells[0] if cells else ""))


def _reject(line: int, reason: str, taken: list[str]) -> Reject:
    content = "".join(taken).rstrip("\r\n")[:MAX_CONTENT]
    return Reject(line, reason, BROKEN.sub("�", content))


def read_head(lines: Iterable[str], dialect: Dialect) -> tuple[int, list[Reject]]:
    """Return how many lines there are up to the header's end, and what stands before the header."""
    source = _Lines(lines, 1)
    records = split_records(source, dialect.delimiter)
    before: list[Reject] = []
    seen = -1
    while seen < dialect.header_at:
        line = source.start_record()
        try:
            cells = next(records)
        except (StopIteration, csv.Error):
            break
        seen += bool(cells)
        if cells and seen <= dialect.header_at - dialect.header_rows:
            before.append(_reject(line, "stands before the header", source.taken))
    return source.next_line - 1, before
