"""How a text file is laid out: its delimiter, its header, and what stands before the header."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.header_rows import LONGEST_NUMBER, is_number, is_second_row, join_rows
from segmentation.intake.files.wrapped import DELIMITERS

SAMPLE_RECORDS = 1000
WHITESPACE = "whitespace"
NO_DELIMITER = ""
MAX_PREAMBLE = 10
NOTE_SHARE = 0.34
MAX_CELL = 8 << 20
MAX_COLUMNS = 5000
QUOTE_TEXTS = "Texts that hold the delimiter or line breaks must stand in quotation marks. Export it again."

_NO_TEXT = re.compile("[\ud800-\udfff\ufeff\x00]")
_YEAR = re.compile(r"(19|20)\d\d")
_UNUSED = "\x1f"


@dataclass(frozen=True)
class Dialect:
    """The layout of a text file: `header_at` counts the records before the header; -1 where there is none.

    `names` are the header's cells made unique, `header` the cells as they stand (none if there is none), of
    `header_rows` the last. `wrapped` is whether lines stand whole in quotation marks.
    """

    delimiter: str
    header_at: int
    names: tuple[str, ...]
    header: tuple[str, ...] = ()
    header_rows: int = 1
    wrapped: bool = False


def split_records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Split lines into records of cells; quoted cells may span lines, except in whitespace-aligned text.

    :raises csv.Error: where a quoted cell does not end within 8 MB.
    """
    csv.field_size_limit(MAX_CELL)
    if delimiter == WHITESPACE:
        return (line.split() for line in lines)
    return csv.reader(lines, delimiter=delimiter or _UNUSED)


def sniff(lines: list[str]) -> Dialect:
    """Find the layout from the first lines of a file.

    :raises EmptyFileError: if no line holds anything.
    :raises UnreadableFileError: if the rows do not line up under any delimiter.
    """
    if not any(line.strip() for line in lines):
        raise EmptyFileError(
            "the file holds only blank lines.", "Export it again and check that it holds rows."
        )
    layouts = [layout for delimiter in DELIMITERS if (layout := _try_delimiter(lines, delimiter))]
    if layouts:
        best = max(layouts, key=lambda layout: (round(layout.share, 2), layout.width))
        return _with_header(best.records, best.delimiter, best.width)
    if _is_aligned(lines):
        records = _sample(lines, WHITESPACE)
        return _with_header(records, WHITESPACE, len(records[0]))
    _refuse_ragged(lines)
    return _with_header(_sample(lines, NO_DELIMITER), NO_DELIMITER, 1)


@dataclass(frozen=True)
class _Layout:
    delimiter: str
    records: list[list[str]]
    width: int
    share: float


def _sample(lines: list[str], delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in islice(split_records(iter(lines), delimiter), SAMPLE_RECORDS):
            if record:
                records.append(record)
    except csv.Error:
        pass
    return records


def _try_delimiter(lines: list[str], delimiter: str) -> _Layout | None:
    """Return the layout under this delimiter if most rows have the width of a header."""
    records = _sample(lines, delimiter)
    widths = Counter(map(len, records))
    if not widths:
        return None
    width = max(widths, key=lambda w: (widths[w], w))
    share = widths[width] / len(records)
    if len(records[0]) > 1 and share >= 0.5 and width > 1:
        first_fits = abs(len(records[0]) - width) <= 1
        return _Layout(delimiter, records, width, share if first_fits else share - 0.2)
    preamble = next((i for i, record in enumerate(records) if len(record) == width), 0)
    if width >= 3 and share >= 0.8 and preamble <= MAX_PREAMBLE and _begins_with_header(records[preamble:]):
        return _Layout(delimiter, records, width, share - 0.2)
    return None


def _begins_with_header(records: list[list[str]]) -> bool:
    if _looks_like_header(records[0]) or len(records) < 3:
        return _looks_like_header(records[0])
    return _looks_like_header(records[1]) and is_second_row(records[0], records[1], records[2:])


def _looks_like_header(cells: list[str]) -> bool:
    """Whether cells are names, of which the first may be missing above what heads groups of rows."""
    first, *others = (cell.strip() for cell in cells)
    texts = [first, *others] if first else others
    fit = all(text and len(text) <= LONGEST_NUMBER and not is_number(text) for text in texts)
    return fit and len(texts) > 1 and len(set(texts)) == len(texts)


def _is_aligned(lines: list[str]) -> bool:
    """Tell columns aligned by blanks from sentences: every row the same width, some column all numbers."""
    rows = [line.split() for line in lines[:SAMPLE_RECORDS] if line.strip()]
    width = len(rows[0])
    if width < 2 or len(rows) < 2 or sum(len(row) == width for row in rows) < 0.98 * len(rows):
        return False
    body = [row for row in rows[1:] if len(row) == width]
    numeric = [sum(is_number(row[i]) for row in body) for i in range(width)]
    return max(numeric) >= 0.9 * len(body)


def _refuse_ragged(lines: list[str]) -> None:
    """Refuse a file whose header has several columns while its rows have all sorts of widths."""
    for delimiter in DELIMITERS:
        records = _sample(lines, delimiter)
        if records and len(records[0]) > 2 and len(records) > 2:
            widths = sorted({len(record) for record in records[1:]})
            raise UnreadableFileError(
                f"the header has {len(records[0])} columns, but the rows have {widths[0]} to {widths[-1]}.",
                QUOTE_TEXTS,
            )


def _with_header(records: list[list[str]], delimiter: str, width: int) -> Dialect:
    refuse_too_wide(width)
    at = _find_header(records, width)
    header = records[at]
    body = records[at + 1 :]
    if len(header) == width + 1 and not header[-1].strip():
        header = header[:-1]
    if is_data(header, body):
        return Dialect(delimiter, -1, tuple(f"column {i + 1}" for i in range(width)))
    if len(body) > 1 and is_second_row(header, body[0][: len(header)], body[1:]):
        second = body[0][: len(header)]
        return Dialect(delimiter, at + 1, clean_names(join_rows(header, second)), tuple(second), 2)
    return Dialect(delimiter, at, clean_names(header), tuple(header))


def _find_header(records: list[list[str]], width: int) -> int:
    """Return the place of the first record of the table's width that is more than a note above the table."""
    fitting = [i for i, record in enumerate(records[: MAX_PREAMBLE + 1]) if abs(len(record) - width) <= 1]
    notes = 0
    for i in fitting:
        filled = sum(bool(cell.strip()) for cell in records[i])
        if len(records[i]) >= 3 and 0 < filled <= NOTE_SHARE * len(records[i]):
            notes += 1
        elif filled or not notes:
            return i
    return fitting[0] if fitting else 0


def is_data(header: list[str], body: list[list[str]]) -> bool:
    """Tell a first row of data from a header: half of its cells are numbers or dates, as below it."""
    cells = [cell.strip() for cell in header]
    numeric = [i for i, cell in enumerate(cells) if is_number(cell) and not _YEAR.fullmatch(cell)]
    if not numeric or len(numeric) < 0.5 * len(cells) or not body:
        return False
    below = [row[i].strip() for row in body[:50] if len(row) == len(header) for i in numeric]
    return sum(map(is_number, below)) >= 0.8 * max(1, len(below))


def refuse_too_wide(width: int) -> None:
    """Refuse what is no table of a shop before anything is done for each of its columns.

    :raises UnreadableFileError: if there are more columns than can be read.
    """
    if width > MAX_COLUMNS:
        raise UnreadableFileError(f"there are {width:,} columns.", f"At most {MAX_COLUMNS:,} can be read.")


def clean_names(header: list[str]) -> tuple[str, ...]:
    """Name every column: blanks trimmed, empty ones by position, repeated ones numbered.

    :raises UnreadableFileError: if there are more columns than can be read.
    """
    refuse_too_wide(len(header))
    names: dict[str, None] = {}
    seen: Counter[str] = Counter()
    for position, cell in enumerate(header, start=1):
        unique = name = " ".join(_NO_TEXT.sub("", cell).split()) or f"column {position}"
        while unique in names:
            seen[name] += 1
            unique = f"{name} ({seen[name] + 1})"
        names[unique] = None
    return tuple(names)
