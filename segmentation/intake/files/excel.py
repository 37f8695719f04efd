"""Excel and LibreOffice workbooks: the sheet that holds the table, and the row that holds its header."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from segmentation.errors import EmptyFileError, OptionError, SegmentationError, UnreadableFileError
from segmentation.intake.files.dialect import clean_names, is_data
from segmentation.intake.files.encoding import REMEDY
from segmentation.intake.files.header_rows import is_second_row, join_rows
from segmentation.intake.files.raw_table import MAX_COLUMNS, Loaded, RawTable
from segmentation.intake.files.text_records import Reject, Row
from segmentation.jobs import Progress

MAX_UNPACKED = 4 << 30
MAX_CELLS = 50_000_000
BLOCK = 4 << 20
HEADER_SHARE = 0.6
JOINED = " + "
TITLE_SHARE = 0.7
_PLACE = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True)
class Sheet:
    """One sheet as text: all rows from the first on, of one width."""

    name: str
    rows: list[list[str]]

    @property
    def size(self) -> float:
        """Cells of a table of typical width: a sheet of notes is long but narrow."""
        counts = [count for row in self.rows if (count := _filled(row))]
        return median(counts) * len(counts) if counts else 0


def load_excel(
    cursor: duckdb.DuckDBPyConnection, path: Path, upload_id: str, on_progress: Progress, sheet: str | None
) -> Loaded:
    """Fill the raw table from one sheet of a workbook; `line` is the row's number there.

    :param sheet: its name, by default the one with the largest table.
    :raises OptionError: if there is no sheet of this name.
    :raises UnreadableFileError: if the workbook is damaged or locked.
    """
    sheets = read_sheets(path, on_progress, sheet)
    table_sheet = max(sheets, key=lambda candidate: candidate.size)
    if not table_sheet.size:
        raise EmptyFileError("every sheet of the workbook is empty.", "Export it again with its rows.")
    laid_out = lay_out(table_sheet)
    alike = [laid_out if one is table_sheet else _alike(one, laid_out) for one in sheets]
    table = RawTable(cursor, upload_id, len(laid_out.names))
    line = 0
    for one in filter(None, alike):
        table.insert(Reject(line + number, "stands before the header", text) for number, text in one.before)
        table.insert(Row(line + number, cells) for number, cells in one.rows)
        line += one.length
    table.set_repeated_headers_aside(laid_out.header)
    filled = tuple(candidate.name for candidate in sheets if candidate.size)
    read = JOINED.join(one.name for one in alike if one)
    return Loaded(laid_out.names, read, table.rows, table.rejected, filled)


@dataclass(frozen=True)
class Layout:
    """A sheet as a table: names of columns, the header as it stands, rows and notes with their numbers."""

    name: str
    names: tuple[str, ...]
    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    before: list[tuple[int, str]]
    length: int


def lay_out(sheet: Sheet) -> Layout:
    """Find the header of a sheet, of one row or two, and the columns that hold anything."""
    rows = sheet.rows
    counts = [_filled(row) for row in rows]
    enough = HEADER_SHARE * median(count for count in counts if count)
    at = next(i for i, count in enumerate(counts) if count >= enough)
    used = [i for i in range(len(rows[at])) if any(row[i] for row in rows[at:])]
    header, *body = ([row[i] for i in used] for row in rows[at:])
    before = [(i + 1, ", ".join(filter(None, rows[i]))) for i in range(at) if counts[i]]
    if is_data(header, body):
        names, header, first = tuple(f"column {i + 1}" for i in used), [], at
        body = [[row[i] for i in used] for row in rows[at:]]
    elif len(body) > 1 and is_second_row(header, body[0], body[1:]):
        names, header, first = clean_names(join_rows(header, body[0])), body[0], at + 2
        body = body[1:]
    else:
        names, first = clean_names(header), at + 1
    numbered = [(first + 1 + i, cells) for i, cells in enumerate(body) if any(cells)]
    return Layout(sheet.name, names, tuple(header), numbered, before, len(rows))


def _alike(sheet: Sheet, main: Layout) -> Layout | None:
    """Return the layout of a sheet that holds more rows of the same table (a sheet for each month)."""
    if not sheet.size or not main.header:
        return None
    found = lay_out(sheet)
    return found if found.names == main.names else None


def fill_merged(rows: list[list[str]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write what stands in merged cells into each of them, but for titles as wide as the sheet."""
    width = max(map(len, rows), default=0)
    for (top, left), (bottom, right) in ranges:
        if right - left + 1 > TITLE_SHARE * width:
            continue
        text = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [text] * len(row[left : right + 1])


def read_sheets(path: Path, on_progress: Progress, only: str | None = None) -> list[Sheet]:
    """Read the visible sheets of a workbook, or the one that is asked for."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _refuse_bomb(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            names = [
                found.name
                for found in book.sheets_metadata
                if found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible
            ]
            if only is not None and only not in book.sheet_names:
                listed = ", ".join(book.sheet_names)
                raise OptionError(f"there is no sheet “{only}”.", f"There are: {listed}.")
            chosen = [only] if only is not None else names
            sheets = []
            for position, name in enumerate(chosen):
                on_progress("Reading the workbook", position, len(chosen))
                found = book.get_sheet_by_name(name)
                rows = list(_as_texts(found.to_python(skip_empty_area=False)))
                fill_merged(rows, found.merged_cell_ranges or ())
                sheets.append(Sheet(name, rows))
    except SegmentationError:
        raise
    except BaseException as error:  # the reader's own panics are no Exception
        if not _is_of_the_reader(error):
            raise
        raise UnreadableFileError(
            f"the workbook is damaged or locked ({str(error)[:200]}).", REMEDY
        ) from error
    if not sheets:
        raise EmptyFileError("there is no visible sheet in the workbook.", REMEDY)
    return sheets


def _is_of_the_reader(error: BaseException) -> bool:
    from python_calamine import CalamineError

    return isinstance(error, (CalamineError, OSError, ValueError)) or type(error).__name__ == "PanicException"


def _refuse_bomb(path: Path) -> None:
    """Refuse what would fill the memory: the reader lays out every cell up to the last one."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        size = sum(info.file_size for info in archive.infolist())
        if size > MAX_UNPACKED:
            raise UnreadableFileError(f"the workbook unpacks to {size >> 20:,} MB.", REMEDY)
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/") and _count_cells(archive, info) > MAX_CELLS:
                raise UnreadableFileError(f"a sheet spans more than {MAX_CELLS:,} cells.", REMEDY)


def _count_cells(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    last_row = last_column = 0
    rest = b""
    with archive.open(info) as file:
        while block := file.read(BLOCK):
            places = set(_PLACE.findall(rest + block))
            last_row = max([last_row, *(int(row) for _, row in places)])
            last_column = max([last_column, *(_column_number(letters) for letters, _ in places)])
            rest = block[-30:]
    return last_row * last_column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _filled(row: list[str]) -> int:
    return sum(map(bool, row))


def _as_texts(rows: list[list[Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield [cell.strip() if isinstance(cell, str) else as_text(cell) for cell in row[:MAX_COLUMNS]]


def as_text(cell: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """Write a cell as a person sees it: whole numbers without `.0`, days without a time of midnight."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
