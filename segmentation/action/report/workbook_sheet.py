"""One sheet of the workbook: headings, numbers in their format, columns as wide as what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from segmentation.action.report.workbook_columns import KINDS, Written, number_format
from segmentation.action.report.workbook_words import HEADINGS, NO, YES

NARROWEST, WIDEST = 9, 80
LINE, GAP = 15, 3
"""Points from one line of text to the next, and below the last one."""
SIDES: dict[bool, dict[str, object]] = {
    False: {"align": "left", "indent": 1, "valign": "top"},
    True: {"align": "right", "valign": "top"},
}
"""Where texts stand, and where numbers do: whether it is at the right."""
HEADING: dict[str, object] = {
    "bold": True,
    "text_wrap": True,
    "valign": "bottom",
    "bg_color": "#F3F5F7",
    "bottom": 1,
}


@dataclass(frozen=True)
class TableSheet:
    """A table; `by_row` says how the numbers of each row are written, where not its columns say it.

    In one that `is_read`, and not compared, numbers stand at the left as texts do.
    """

    frame: pd.DataFrame
    by_row: Sequence[Written] = ()
    is_read: bool = False


def write_sheet(book: xlsxwriter.Workbook, name: str, sheet: TableSheet, currency: str | None) -> None:
    """Add a sheet with its heading frozen; numbers as numbers, texts as texts whatever they begin with."""
    added, frame = book.add_worksheet(name), sheet.frame
    texts = {at_right: book.add_format({"text_wrap": True, **side}) for at_right, side in SIDES.items()}
    numbers = {
        one: book.add_format({"num_format": number_format(one, currency), **SIDES[not sheet.is_read]})
        for one in Written
    }
    added.freeze_panes(1, 2 if "segment_name" in frame else 1)
    added.set_landscape()
    added.fit_to_pages(1, 0)
    added.repeat_rows(0)
    columns = [_Column.of(str(header), frame.iloc[:, at].tolist()) for at, header in enumerate(frame)]
    headings = {at_right: book.add_format({**side, **HEADING}) for at_right, side in SIDES.items()}
    added.set_row(0, _height([column.lines(column.title) for column in columns]))
    for place, column in enumerate(columns):
        at_right = column.is_of_numbers and not sheet.is_read
        added.write_string(0, place, column.title, headings[at_right])
        added.set_column(place, place, column.width)
    for row in range(len(frame)):
        added.set_row(row + 1, _height([column.lines(column.values[row]) for column in columns]))
        for place, column in enumerate(columns):
            written = sheet.by_row[row] if sheet.by_row else KINDS.get(column.header, Written.COUNT)
            text = texts[column.is_of_numbers and not sheet.is_read]
            _write(added, (row + 1, place), column.values[row], text, numbers[written])


@dataclass(frozen=True)
class _Column:
    """A column: its header in the table and for people, what is in it, and its width in characters."""

    header: str
    title: str
    values: Sequence[object]
    width: int

    @classmethod
    def of(cls, header: str, values: Sequence[object]) -> _Column:
        """Make it as wide as its longest text, and as half of its heading, which is wrapped between words."""
        title = HEADINGS.get(header, header)
        word = max(map(len, title.split()), default=0)
        longest = max((len(value) for value in values if isinstance(value, str)), default=0)
        width = min(max(longest + 3, len(title) // 2 + 4, word + 3, NARROWEST), WIDEST)
        return cls(header, title, values, width)

    @property
    def is_of_numbers(self) -> bool:
        """Whether most of what stands in it is no text."""
        return 2 * sum(isinstance(value, str) for value in self.values) < len(self.values)

    def lines(self, value: object) -> int:
        """Count the lines that a text takes in it."""
        return len(wrap(value, self.width - 1)) if isinstance(value, str) else 1


def _height(lines: Sequence[int]) -> int:
    """Return how high a row is, in points: not every program finds that out by itself."""
    return LINE * max(1, *lines) + GAP


def _write(sheet: Worksheet, place: tuple[int, int], value: object, text: Format, number: Format) -> None:
    if value is None or value != value:
        return
    if isinstance(value, bool):
        sheet.write_string(*place, YES if value else NO, text)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, number)
    else:
        sheet.write_string(*place, str(value), text)
