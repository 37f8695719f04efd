"""The database's reader and the careful one give the same rows, line numbers and rejects."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.errors import UnreadableFileError
from segmentation.intake.files import text_bulk as bulk
from segmentation.intake.files.dialect import Dialect
from segmentation.intake.files.raw_table import RawTable
from segmentation.intake.files.text_bulk import (
    BulkReader,
    LineBreaks,
    find_record_end,
    read_chunks,
    split_pieces,
)
from segmentation.intake.files.text_records import Reject, Row, read_records
from segmentation.intake.uploads.corrections import preview, rejects
from segmentation.intake.uploads.load import load_file
from segmentation.intake.values.cast import BLANKS, MISSING
from segmentation.workspace import Workspace

DIALECT = Dialect(",", -1, ("x", "y"))


def load(workspace: Workspace, text: bytes) -> tuple[list[Row], list[tuple[int, str]], bool]:
    """Return rows and rejects as the bulk reader finds them, and whether the text went through at once."""
    with workspace.cursor() as cursor:
        cursor.execute("BEGIN")
        table = RawTable(cursor, "test", 2)
        reader = BulkReader(cursor, table, DIALECT, workspace.staging)
        clean = reader._load_clean(text, 1, LineBreaks.of(text))
        if not clean:
            reader.load(text, 1)
        rows = cursor.execute(f"FROM {table.quoted} ORDER BY line").fetchall()
        found = cursor.execute("SELECT line, reason FROM rejects ORDER BY line").fetchall()
        cursor.execute("ROLLBACK")
    assert (table.rows, table.rejected) == (len(rows), len(found))
    return [Row(line, list(cells)) for line, *cells in rows], found, clean


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
        (b'1, "a"\n2,"b" \n', False),
        (b"1,a\r\n2,b\n", False),
        (b"1,caf\xe9\n2,b\n", False),
        (b'1,"a\n2,b\n', False),
        (b"1,a\r2,b\r", False),
    ],
)
def test_clean_text_goes_at_once_and_other_text_carefully(
    workspace: Workspace, text: bytes, clean: bool
) -> None:
    rows, found, at_once = load(workspace, text)
    assert at_once is clean
    expected = list(read_records(io.StringIO(text.decode("utf-8", "surrogateescape"), newline=""), DIALECT))
    assert rows == [tidied(record) for record in expected if isinstance(record, Row)]
    assert found == [(record.line, record.reason) for record in expected if isinstance(record, Reject)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet='ab,,""\n\n\r \\é', max_size=30))
def test_both_readers_agree_on_any_text(workspace: Workspace, text: str) -> None:
    expected = list(read_records(io.StringIO(text, newline=""), DIALECT))
    rows, found, _ = load(workspace, text.encode())
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
    workspace: Workspace, tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("segmentation.intake.files.text.read_chunks", lambda file: read_chunks(file, 64))
    drink = "好喝的咖啡" if encoding == "gb18030" else "café crème"
    lines = ["customer_id,drink", *(f"{i},{drink}" for i in range(100))]
    lines[50] = "oops"
    lines[70] = "customer_id,drink"
    (tmp_path / "drinks.csv").write_text("\n".join(lines), encoding=encoding)
    upload = load_file(workspace, tmp_path / "drinks.csv")
    assert (upload.rows, upload.rejected) == (98, 2)
    assert rejects(workspace, upload.upload_id)["line"].tolist() == [51, 71]
    assert preview(workspace, upload.upload_id, 98).to_dict("records")[-1] == {
        "customer_id": "99",
        "drink": drink,
    }
