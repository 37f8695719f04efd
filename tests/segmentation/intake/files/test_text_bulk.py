"""The quick reader and the careful one give the same rows, line numbers and rejects."""

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.errors import UnreadableFileError
from segmentation.intake.files import text_bulk as bulk
from segmentation.intake.files.dialect import Dialect
from segmentation.intake.files.encoding import examine
from segmentation.intake.files.pieces import REJECTS, Pieces
from segmentation.intake.files.source import SourceFile
from segmentation.intake.files.text import load_text
from segmentation.intake.files.text_bulk import (
    BulkReader,
    LineBreaks,
    find_record_end,
    read_chunks,
    split_pieces,
)
from segmentation.intake.files.text_records import Reject, Row, read_records
from segmentation.intake.uploads.load import load_file
from segmentation.intake.values.cast import BLANKS, MISSING
from segmentation.jobs import silent
from segmentation.workspace import Workspace

DIALECT = Dialect(",", -1, ("x", "y"))


def load(text: bytes) -> tuple[list[Row], list[tuple[int, str]], bool]:
    """Return rows and rejects as the bulk reader finds them, and whether the text went through at once."""
    handed: list[pa.Table] = []
    pieces = Pieces(handed.append, len(text))
    pieces.begin(2)
    reader = BulkReader(pieces, DIALECT)
    clean = reader._load_clean(text, 1, LineBreaks.of(text))
    if not clean:
        reader.load(text, 1)
    return *sorted_out(handed), clean


def sorted_out(handed: list[pa.Table]) -> tuple[list[Row], list[tuple[int, str]]]:
    """Return the rows, and line and reason of the rejects, of all tables that were handed on."""
    rows = [row for table in handed if table.schema != REJECTS for row in table.to_pylist()]
    found = [reject for table in handed if table.schema == REJECTS for reject in table.to_pylist()]
    return (
        sorted((Row(row.pop("line"), list(row.values())) for row in rows), key=lambda row: row.line),
        sorted((reject["line"], reject["reason"]) for reject in found),
    )


def tidied(row: Row) -> Row:
    """Trim the cells, and put None for what is missing."""
    cells = [cell.strip(BLANKS) for cell in row.cells]
    return Row(row.line, [None if cell.lower() in MISSING else cell for cell in cells])  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (b'1,\n"",2\n3,"a ""q"", b"\n', True),
        (b"1,a\r\n2,b\r\n", True),
        (b"1,a\n2,b", True),
        (b'1,"a\nb"\n2,c\n', False),
        (b"1,a\n\n2,b\n", False),
        (b"1,a\n2\n3,b,c\n4,d\n", False),
        (b'1, "a"\n2,"b" \n', True),
        (b'1,"a"b\n2,c"d"\n', True),
        (b'1,"a""\n', False),
        (b"1,\x00\n", False),
        ("1,\u3000nUll\t\n2, N/A\n".encode(), True),
        (b"1,a\r\n2,b\n", False),
        (b"1,caf\xe9\n2,b\n", False),
        (b'1,"a\n2,b\n', False),
        (b"1,a\r2,b\r", False),
    ],
)
def test_clean_text_goes_at_once_and_other_text_carefully(text: bytes, clean: bool) -> None:
    rows, found, at_once = load(text)
    assert at_once is clean
    expected = list(read_records(io.StringIO(text.decode("utf-8", "surrogateescape"), newline=""), DIALECT))
    assert rows == [tidied(record) for record in expected if isinstance(record, Row)]
    assert found == [(record.line, record.reason) for record in expected if isinstance(record, Reject)]


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet='naN,,""\n\n\r \\é-\xa0', max_size=30))
def test_both_readers_agree_on_any_text(text: str) -> None:
    expected = list(read_records(io.StringIO(text, newline=""), DIALECT))
    rows, found, _ = load(text.encode())
    assert rows == [tidied(record) for record in expected if isinstance(record, Row)]
    assert found == [(record.line, record.reason) for record in expected if isinstance(record, Reject)]


@given(
    st.lists(st.tuples(*[st.text(alphabet='ab,"\n', max_size=5)] * 2), min_size=1, max_size=20),
    st.integers(1, 50),
)
def test_pieces_end_where_records_end(table: list[tuple[str, str]], size: int) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    text = file.getvalue().encode()
    for pieces in (list(split_pieces(text, size)), list(read_chunks(io.BytesIO(text), size))):
        assert b"".join(pieces) == text
    whole = [row for piece in split_pieces(text, 200) for row in csv.reader(io.StringIO(piece.decode()))]
    assert whole == [list(row) for row in table]


def test_a_line_break_in_quotes_ends_no_record() -> None:
    assert find_record_end(b'1,a\n2,"b\nc', 0, 10) == 4
    assert find_record_end(b'"a\nb', 0, 4) == 3


def test_a_file_without_line_breaks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX_RECORD", 100)
    with pytest.raises(UnreadableFileError, match="a line of more than"):
        list(read_chunks(io.BytesIO(b"x" * 1000), 10))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "gb18030"])
def test_line_numbers_hold_over_chunks_in_every_encoding(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("segmentation.intake.files.text.read_chunks", lambda file: read_chunks(file, 64))
    drink = "好喝的咖啡" if encoding == "gb18030" else "café crème"
    lines = ["customer_id,drink", *(f"{i},{drink}" for i in range(100))]
    lines[50] = "oops"
    lines[70] = "customer_id,drink"
    path = tmp_path / "drinks.csv"
    path.write_text("\n".join(lines), encoding=encoding)
    handed: list[pa.Table] = []
    facts = examine(path)
    load_text(SourceFile(path, facts, tmp_path), Pieces(handed.append, facts.size), silent)
    rows, found = sorted_out(handed)
    assert found == [(51, "cells:1:2"), (71, "repeated_header")]
    assert rows == [Row(i + 2, [str(i), drink]) for i in range(100) if i not in (49, 69)]


def test_a_file_of_several_pieces_arrives_whole(workspace: Workspace, tmp_path: Path) -> None:
    text = "".join(f"c{i},{i % 90}\n" for i in range(2_000_000))
    (tmp_path / "long.csv").write_text(f"customer_id,age\n{text}")
    upload = load_file(workspace, tmp_path / "long.csv")
    with workspace.cursor() as cursor:
        [found] = cursor.execute(
            "SELECT count(*), count(DISTINCT line), count(*) FILTER (c0 = 'c' || (line - 2)),"
            f" sum(c1::INT) FROM {upload.raw_table}"
        ).fetchall()
    assert found == (2_000_000, 2_000_000, 2_000_000, sum(i % 90 for i in range(2_000_000)))
