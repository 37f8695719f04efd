"""Excel and LibreOffice workbooks: the sheet that holds the table, and the row that holds its header."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from segmentation.errors import EmptyFileError, OptionError, SegmentationError, UnreadableFileError
from segmentation.intake.files.dialect import clean_names, is_data
from segmentation.intake.files.encoding import REMEDY
from segmentation.intake.files.raw_table import MAX_COLUMNS, Loaded, RawTable
from segmentation.intake.files.text_records import Fault, Reject, Row
from segmentation.jobs import Progress
from segmentation.stages import Stage

MAX_UNPACKED = 4 << 30
MAX_CELLS = 50_000_000
BLOCK = 4 << 20
HEADER_SHARE = 0.6
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
    rows = table_sheet.rows
    counts = [_filled(row) for row in rows]
    enough = HEADER_SHARE * median(count for count in counts if count)
    at = next(i for i, count in enumerate(counts) if count >= enough)
    used = [i for i in range(len(rows[at])) if any(row[i] for row in rows[at:])]
    header = [rows[at][i] for i in used]
    body = [[row[i] for i in used] for row in rows[at + 1 :]]
    without_header = is_data(header, body)
    names = tuple(f"column {i + 1}" for i in used) if without_header else clean_names(header)
    table = RawTable(cursor, upload_id, len(names))
    table.insert(Reject(i + 1, Fault.BEFORE_HEADER, ", ".join(filter(None, rows[i])))
                 for i in range(at) if counts[i])  # fmt: skip
    if without_header:
        table.insert([Row(at + 1, header)])
    table.insert(Row(at + 2 + i, cells) for i, cells in enumerate(body) if any(cells))
    table.set_repeated_headers_aside(() if without_header else header)
    filled = tuple(candidate.name for candidate in sheets if candidate.size)
    return Loaded(names, table_sheet.name, table.rows, table.rejected, filled)


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
                on_progress(Stage.READING_WORKBOOK, position, len(chosen))
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                sheets.append(Sheet(name, list(_as_texts(rows))))
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
