"""CSVs that a spreadsheet shows as meant and never runs: the one writer of all that people open."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA_SIGNS = "-=+@\t\r\n＝＋－＠"
"""Cells that begin so are run by spreadsheets (OWASP, CSV injection), but numbers and phones are not."""

_RUNS = f"^[{FORMULA_SIGNS}]"
_HARMLESS = r"(-[0-9]+([.,][0-9]+)?|\+[0-9]{7,15})"


class CsvWriter:
    """Writes a table to a stream, part by part, as UTF-8.

    :param marked: begin with a byte order mark, so that Excel shows every script; programs want none.
    """

    def __init__(self, stream: BinaryIO, headers: Sequence[str], marked: bool = True) -> None:
        self._stream = stream
        stream.write((BYTE_ORDER_MARK if marked else b"") + line([without_formula(one) for one in headers]))

    def write(self, columns: Sequence[pa.Array | pa.ChunkedArray]) -> None:
        """Add rows, given by their columns."""
        safe = [without_formulas(column) if _is_text(column.type) else column for column in columns]
        arrow_csv.write_csv(
            pa.table(safe, names=[str(position) for position in range(len(safe))]),
            self._stream,
            arrow_csv.WriteOptions(include_header=False, quoting_style="needed"),
        )

    def write_row(self, cells: Sequence[str]) -> None:
        """Add one row."""
        self._stream.write(line([without_formula(cell) for cell in cells]))


def told_in(frame: pd.DataFrame, currency: str | None, in_margin: bool = False) -> pd.DataFrame:
    """Add to a table of amounts the column `currency`, where it is known, and `money` where it is margin."""
    told = frame.assign(currency=currency) if currency else frame
    return told.assign(money="margin") if in_margin else told


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write any frame, without its index."""
    return columns_csv(arrays_of(frame))


def arrays_of(frame: pd.DataFrame) -> dict[str, pa.Array]:
    """Return the columns of a frame by their headers."""
    return {str(header): pa.array(frame[header], from_pandas=True) for header in frame.columns}


def columns_csv(columns: Mapping[str, pa.Array]) -> bytes:
    """Write columns of the same length by their headers."""
    stream = io.BytesIO()
    CsvWriter(stream, list(columns)).write(list(columns.values()))
    return stream.getvalue()


def line(cells: Sequence[str]) -> bytes:
    """Write one line as it is, quoted where needed: for programs, which take no apostrophes."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def without_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run."""
    runs = re.match(_RUNS, text) and not re.fullmatch(_HARMLESS, text, re.ASCII)
    return f"'{text}" if runs else text


def without_formulas(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Do the same for every text of a column."""
    runs = pc.and_(
        pc.match_substring_regex(texts, _RUNS),
        pc.invert(pc.match_substring_regex(texts, f"^{_HARMLESS}$")),
    )
    if not pc.any(runs).as_py():
        return texts
    apostrophe, nothing = pa.scalar("'", texts.type), pa.scalar("", texts.type)
    return pc.if_else(runs, pc.binary_join_element_wise(apostrophe, texts, nothing), texts)


def _is_text(type_: pa.DataType) -> bool:
    return pa.types.is_string(type_) or pa.types.is_large_string(type_)
