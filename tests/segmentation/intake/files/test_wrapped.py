"""Formulas around cells, lines whole in quotation marks, and headers of two rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.files.dialect import sniff
from segmentation.intake.files.header_rows import join_rows
from segmentation.intake.files.wrapped import are_lines_wrapped, without_formulas, without_line_quotes
from segmentation.intake.uploads.corrections import preview
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (b'="00012","=""7""",x\n', b'"00012","7",x\n'),
        (b'="1,234.50";="7"\r\n', b'"1,234.50";"7"\r\n'),
        (b'a,"<a href=""x"">",b\n', b'a,"<a href=""x"">",b\n'),
        (b'x="1",y\n', b'x="1",y\n'),
        (b'=""\n', b'""\n'),
    ],
)
def test_cells_written_as_formulas(written: bytes, plain: bytes) -> None:
    assert without_formulas(written) == plain


def test_lines_whole_in_quotation_marks() -> None:
    lines = ["order,name,total\n", '"1,""Cup, blue"",5"\n', '"2,Mug,7"\n', "3,Rug,9\n"]
    assert are_lines_wrapped(lines)
    assert (
        without_line_quotes("".join(lines).encode())
        == b'order,name,total\n1,"Cup, blue",5\n2,Mug,7\n3,Rug,9\n'
    )


@pytest.mark.parametrize(
    "lines",
    [
        ['"a","b"\n', '"1","2"\n', '"3","4"\n'],
        ["review\n", '"good, cheap, fast"\n', '"fine"\n', '"a, b"\n', '"not bad, but, well, late"\n'],
    ],
)
def test_quoted_cells_are_no_wrapped_lines(lines: list[str]) -> None:
    assert not are_lines_wrapped(lines)


def test_wrapped_lines_are_read_as_a_table(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f'"{i};""Cup; no {i}"";=""00{i}"""\n' for i in range(1, 9))
    (tmp_path / "a.csv").write_text('"id;name;code"\n' + rows)
    upload = load_file(workspace, tmp_path / "a.csv")
    assert preview(workspace, upload.upload_id, 1).to_dict("records") == [
        {"id": "1", "name": "Cup; no 1", "code": "001"}
    ]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (
            ["Order", "", "Money", ""],
            ["no", "date", "net", "tax"],
            ["Order no", "Order date", "Money net", "Money tax"],
        ),
        (["Order", "Weight"], ["", "kg"], ["Order", "Weight kg"]),
        (["Order", "Date"], ["Order", "日期"], ["Order", "Date 日期"]),
    ],
)
def test_both_rows_of_a_header_name_a_column(first: list[str], second: list[str], names: list[str]) -> None:
    assert join_rows(first, second) == names


def test_a_header_of_two_rows() -> None:
    rows = [f"B{i},2024-01-{i:02},c{i},{i}.50\n" for i in range(1, 9)]
    found = sniff(["Order,,Buyer,Money\n", "No,Date,Code,Paid\n", *rows])
    assert (found.names, found.header_at) == (("Order No", "Order Date", "Buyer Code", "Money Paid"), 1)
    units = sniff(["order,date,price,weight\n", "text,yyyy-mm-dd,EUR,kg\n", *(r for r in rows)])
    assert units.names == ("order text", "date yyyy-mm-dd", "price EUR", "weight kg")


def test_the_upper_row_of_a_header_is_no_reject(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"B{i},2024-01-{i:02},{i}.50\n" for i in range(1, 9))
    (tmp_path / "a.csv").write_text("A note\n\nOrder,,Money\nNo,Date,Paid\n" + rows)
    upload = load_file(workspace, tmp_path / "a.csv")
    assert (upload.rows, upload.rejected) == (8, 1)


def test_a_first_row_without_some_numbers_is_no_header() -> None:
    rows = [f"B{i},{i},{i}.50\n" for i in range(1, 9)]
    assert sniff(["order,quantity,price\n", "B0,,n/a\n", *rows]).header_at == 0
    assert sniff(["order,quantity,price\n", "B0,none,0.50\n", *rows]).header_at == 0
