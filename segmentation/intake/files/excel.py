"""Excel and LibreOffice workbooks: the sheet that holds the table, and the row that holds its header."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any

from segmentation.errors import EmptyFileError, OptionError
from segmentation.intake.files.dialect import clean_names, is_data
from segmentation.intake.files.encoding import REMEDY
from segmentation.intake.files.header_rows import are_groups_above, is_second_row, join_rows
from segmentation.intake.files.limits import Growth
from segmentation.intake.files.pieces import Loaded, Pieces
from segmentation.intake.files.sheet_layouts import JOINED, SheetLayout, one_table
from segmentation.intake.files.source import SourceFile
from segmentation.intake.files.text_records import MAX_CONTENT, Fault, Reject, Row
from segmentation.jobs import Progress
from segmentation.stages import Stage

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

HEADER_SHARE = 0.6
TITLE_SHARE = 0.7
LOOKED_AT = 50
TOLD_EVERY = 10_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first on, and how many cells of each are filled."""

    name: str
    content: CalamineSheet
    counts: list[int]

    @property
    def usual(self) -> float:
        """How many cells a row has that has any; 0 where none has."""
        filled = list(filter(None, self.counts))
        return median(filled) if filled else 0

    @property
    def size(self) -> float:
        """Cells of a table of typical width: a sheet of notes is long but narrow."""
        return self.usual * sum(map(bool, self.counts))

    def rows(self, start: int = 0) -> Iterator[list[str]]:
        """Yield rows as texts; a row without cells where one of them cannot be read."""
        rows = islice(_with_merged(self.content), start, None)
        return ([cell.strip() if isinstance(cell, str) else as_text(cell) for cell in row] for row in rows)


def load_excel(source: SourceFile, pieces: Pieces, on_progress: Progress) -> Loaded:
    """Hand on the rows of one table of a workbook, be it on several sheets; `line` is the row's number there.

    :raises OptionError: if there is no sheet of the name that is asked for.
    :raises EmptyFileError: if there is nothing in it.
    """
    from python_calamine import CalamineWorkbook

    _refuse_bomb(source)
    with CalamineWorkbook.from_path(str(source.path)) as book:
        largest, layouts = _lay_out_all(book, source.sheet, on_progress)
        main, parts = one_table(layouts)
        pieces.begin(len(main.names), main.header)
        line = 0
        for name, columns in parts.items():
            one = largest if name == largest.name else _count(name, book.get_sheet_by_name(name))
            pieces.insert(_records(one, layouts[name], columns, line, on_progress))
            line += len(one.counts)
        read, filled = JOINED.join(parts), tuple(layouts)
        return Loaded(main.names, read, filled if read in filled else (read, *filled))


def _refuse_bomb(source: SourceFile) -> None:
    if zipfile.is_zipfile(source.path):
        with zipfile.ZipFile(source.path) as archive:
            Growth(source.facts.size).add(sum(info.file_size for info in archive.infolist()))


def _lay_out_all(
    book: CalamineWorkbook, only: str | None, on_progress: Progress
) -> tuple[Sheet, dict[str, SheetLayout]]:
    """Return the largest of the visible sheets, or of those asked for, and the layouts of all with cells."""
    names = _asked_for(book, only)
    largest: Sheet | None = None
    layouts = {}
    for position, name in enumerate(names):
        on_progress(Stage.READING_WORKBOOK, position, len(names))
        sheet = _count(name, book.get_sheet_by_name(name))
        if sheet.size:
            layouts[name] = _lay_out(sheet)
        if largest is None or sheet.size > largest.size:
            largest = sheet
    if largest is None or not largest.size:
        raise EmptyFileError("every sheet of the workbook is empty.", "Export it again with its rows.")
    return largest, layouts


def _asked_for(book: CalamineWorkbook, only: str | None) -> list[str]:
    """Return the names of the visible sheets, of the one asked for, or of several that are one table."""
    visible = _visible_sheets(book)
    if only is None and not visible:
        raise EmptyFileError("there is no visible sheet in the workbook.", REMEDY)
    if only is None:
        return visible
    several = [only] if only in book.sheet_names else only.split(JOINED)
    if not {*several} <= {*book.sheet_names}:
        listed = ", ".join(book.sheet_names)
        raise OptionError(f"there is no sheet “{only}”.", f"There are: {listed}.")
    return several


def _visible_sheets(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        found.name
        for found in book.sheets_metadata
        if found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible
    ]


def _count(name: str, content: CalamineSheet) -> Sheet:
    uncounted = Sheet(name, content, [])
    return Sheet(name, content, [sum(map(bool, cells)) for cells in uncounted.rows()])


def _lay_out(sheet: Sheet) -> SheetLayout:
    """Find the header of a sheet, of one row or two, and the columns that hold anything."""
    at = next(i for i, count in enumerate(sheet.counts) if count >= HEADER_SHARE * sheet.usual)
    used = _used_columns(sheet.rows(at))
    header, *below = ([row[i] for i in used] for row in islice(sheet.rows(at), LOOKED_AT) if row)
    if is_data(header, below):
        return SheetLayout(sheet.size, at, 0, used, tuple(f"column {i + 1}" for i in used), ())
    above = next(iter(sheet.rows(at - 1)), []) if at else []
    groups = [above[i] if i < len(above) else "" for i in used]
    if are_groups_above(groups, header, below):
        return SheetLayout(sheet.size, at - 1, 2, used, clean_names(join_rows(groups, header)), tuple(header))
    if len(below) > 1 and is_second_row(header, below[0], below[1:]):
        return SheetLayout(sheet.size, at, 2, used, clean_names(join_rows(header, below[0])), tuple(below[0]))
    return SheetLayout(sheet.size, at, 1, used, clean_names(header), tuple(header))


def _used_columns(rows: Iterator[list[str]]) -> list[int]:
    """Return the columns in which some row holds something."""
    used: set[int] = set()
    empty: set[int] | None = None
    for row in rows:
        if row and empty is None:
            empty = set(range(len(row)))
        if row and empty:
            found = {i for i in empty if row[i]}
            used |= found
            empty -= found
        if empty is not None and not empty:
            break
    return sorted(used)


def _records(
    sheet: Sheet, layout: SheetLayout, columns: Sequence[int | None], line: int, on_progress: Progress
) -> Iterator[Row | Reject]:
    """Yield the rows below the header, and what stands before it as rejects; lines count on from `line`.

    :param columns: the sheet's column of each of the table's, None where it has none.
    """
    for i, row in enumerate(sheet.rows()):
        if i % TOLD_EVERY == 0:
            on_progress(Stage.READING_FILE, i, len(sheet.counts))
        if not row:
            yield Reject(line + i + 1, Fault.BEYOND_CALENDAR, "")
        elif i >= layout.at + layout.header_rows:
            cells = ["" if column is None else row[column] for column in columns]
            if any(cells):
                yield Row(line + i + 1, cells)
        elif i < layout.at and sheet.counts[i]:
            yield Reject(line + i + 1, Fault.BEFORE_HEADER, ", ".join(filter(None, row))[:MAX_CONTENT])


def _with_merged(content: CalamineSheet) -> Iterator[list[Any]]:
    """Yield rows with what stands in merged cells in each of them, but for titles as wide as the sheet."""
    width = content.total_width
    merged = [
        (top, left, bottom, right)
        for (top, left), (bottom, right) in content.merged_cell_ranges or ()
        if right - left + 1 <= TITLE_SHARE * width
    ]
    waiting = sorted(merged, reverse=True)
    active: list[tuple[int, int, Any]] = []
    for i, row in enumerate(_readable(content)):
        active = [one for one in active if one[0] >= i]
        while waiting and waiting[-1][0] <= i:
            top, left, bottom, right = waiting.pop()
            if top == i and left < len(row):
                active.append((bottom, left, [row[left]] * (right + 1 - left)))
        for _, left, texts in active if row else ():
            row[left : left + len(texts)] = texts[: len(row) - left]
        yield row


def _readable(content: CalamineSheet) -> Iterator[list[Any]]:
    """Yield rows; an empty one where a number is written as a time beyond all calendars."""
    rows = content.iter_rows()
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except (OverflowError, ValueError):
            yield []


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
