import csv
import io

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.action.files.safe_csv import (
    FORMULA_SIGNS,
    CsvWriter,
    to_csv_bytes,
    without_formula,
    without_formulas,
)


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_any_frame_of_a_screen_can_be_written() -> None:
    frame = pd.DataFrame({"Customer": ["@a", "b"], "Since": pd.to_datetime(["2020-01-01", None]), "On": True})
    rows = read(to_csv_bytes(frame))
    assert rows[0] == ["Customer", "Since", "On"]
    assert rows[1][0] == "'@a"
    assert rows[2] == ["b", "", "true"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("\nx", "'\nx"),
        ("＝1", "'＝1"),
        ("-5", "-5"),
        ("-5,5", "-5,5"),
        ("-5\n", "'-5\n"),
        ("-٣", "'-٣"),
        ("+442079460018", "+442079460018"),
        ("+1+1", "'+1+1"),
        ("+4420794600189999", "'+4420794600189999"),
        ("a=1", "a=1"),
    ],
)
def test_only_what_a_spreadsheet_runs_gets_an_apostrophe(text: str, written: str) -> None:
    assert without_formula(text) == written


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from(FORMULA_SIGNS + "0٣5.,a\n"), max_size=5), max_size=5))
def test_a_text_and_a_column_of_texts_are_guarded_alike(texts: list[str]) -> None:
    column = without_formulas(pa.array(texts, pa.string()))
    assert column.to_pylist() == [without_formula(text) for text in texts]


def test_rows_and_parts_make_one_file() -> None:
    stream = io.BytesIO()
    written = CsvWriter(stream, ["id", "=n"], marked=False)
    written.write([pa.array(["a", "@b"]), pa.array([1, 2])])
    written.write_row(["-c", 'said "x"'])
    assert stream.getvalue().startswith(b"id,'=n\n")
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode())))
    assert rows[1:] == [["a", "1"], ["'@b", "2"], ["'-c", 'said "x"']]
