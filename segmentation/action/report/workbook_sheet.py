"""One sheet of the workbook: headings, numbers in their format, columns as wide as what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from segmentation.action.report.workbook_columns import KINDS, Written, number_format
from segmentation.action.report.workbook_words import HEADINGS

NARROWEST, WIDEST = 9, 60
HEADING_HEIGHT = 48
HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F3F5F7", "bottom": 1}


@dataclass(frozen=True)
class TableSheet:
    """A table; `by_row` says how the numbers of each row are written, where not its columns say it."""

    frame: pd.DataFrame
    by_row: Sequence[Written] = ()


def write_sheet(book: xlsxwriter.Workbook, name: str, sheet: TableSheet, currency: str | None) -> None:
    """Add a sheet with its heading frozen; numbers as numbers, texts as texts whatever they begin with."""
    added, frame = book.add_worksheet(name), sheet.frame
    text = book.add_format({"text_wrap": True, "valign": "top"})
    numbers = {
        one: book.add_format({"num_format": number_format(one, currency), "valign": "top"}) for one in Written
    }
    heading = book.add_format(HEADING)
    added.set_row(0, HEADING_HEIGHT)
    added.freeze_panes(1, 2 if "segment_name" in frame else 1)
    added.set_landscape()
    added.fit_to_pages(1, 0)
    added.repeat_rows(0)
    for column, header in enumerate(map(str, frame.columns)):
        values = frame.iloc[:, column].tolist()
        added.write_string(0, column, HEADINGS.get(header, header), heading)
        added.set_column(column, column, _width(HEADINGS.get(header, header), values))
        for row, value in enumerate(values):
            written = sheet.by_row[row] if sheet.by_row else KINDS.get(header, Written.COUNT)
            _write(added, (row + 1, column), value, text, numbers[written])


def _write(sheet: Worksheet, place: tuple[int, int], value: object, text: Format, number: Format) -> None:
    if value is None or value != value:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, text)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, number)
    else:
        sheet.write_string(*place, str(value), text)


def _width(heading: str, values: Sequence[object]) -> int:
    """Return how wide a column is: as its longest text, and as half of its heading, which is wrapped."""
    longest = max((len(str(value)) for value in values if isinstance(value, str)), default=0)
    return min(max(longest + 2, len(heading) // 2 + 4, NARROWEST), WIDEST)
