"""Workbooks: merged cells, headers of two rows, and a sheet for each month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import preview
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.sheets import choose_sheet, sheets_of
from segmentation.workspace import Workspace

HEADER = ["Order", "Customer", "Date", "Total"]


def month(number: int, rows: int = 5) -> list[list[object]]:
    return [[f"B{number}{i}", f"C{i}", date(2024, number, 1 + i), 10.5 + i] for i in range(rows)]


def save(path: Path, sheets: dict[str, list[list[object]]], merged: tuple[str, ...] = ()) -> Path:
    """Write a workbook; the merged ranges, such as `A2:A4`, are of the first sheet."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for at, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                sheet.write_row(y, 0, row)
            for area in merged if at == 0 else ():
                first = area.split(":")[0]
                sheet.merge_range(area, rows[int(first[1:]) - 1][ord(first[0]) - 65])
    return path


def read(workspace: Workspace, path: Path) -> list[dict[str, str]]:
    return preview(workspace, load_file(workspace, path).upload_id, 100).to_dict("records")


def test_a_sheet_for_each_month_is_one_table(workspace: Workspace, tmp_path: Path) -> None:
    sheets = {name: [HEADER, *month(at)] for at, name in enumerate(("Jan", "Feb", "March"), start=1)}
    path = save(tmp_path / "year.xlsx", sheets | {"Notes": [["as exported"]]})
    upload = load_file(workspace, path)
    assert (upload.rows, upload.rejected, upload.delimiter) == (15, 0, "Jan + Feb + March")
    orders = [row["Order"] for row in read(workspace, path)]
    assert orders == [f"B{at}{i}" for at in (1, 2, 3) for i in range(5)]


def test_a_sheet_of_another_table_stays_apart(workspace: Workspace, tmp_path: Path) -> None:
    people = [["Customer", "City"], *([f"C{i}", "Bern"] for i in range(3))]
    upload = load_file(
        workspace, save(tmp_path / "a.xlsx", {"Orders": [HEADER, *month(1)], "People": people})
    )
    assert (upload.rows, upload.delimiter) == (5, "Orders")


def test_an_overview_larger_than_each_month_stays_apart(workspace: Workspace, tmp_path: Path) -> None:
    months = {f"M{at}": [HEADER, *month(at)] for at in range(1, 13)}
    overview = [["Customer", "Orders", "Worth"], *([f"C{i}", i, 10.5 * i] for i in range(40))]
    path = save(tmp_path / "year.xlsx", {"Overview": overview} | months)
    upload = load_file(workspace, path)
    assert (upload.rows, upload.delimiter) == (60, " + ".join(months))
    assert sheets_of(workspace, upload.upload_id) == (upload.delimiter, "Overview", *months)
    other = choose_sheet(workspace, upload.upload_id, "Overview")
    assert choose_sheet(workspace, other.upload_id, upload.delimiter).rows == 60
    assert build_shop(workspace).notes == ("year.xlsx: the sheet “Overview” is another table and not read.",)


def test_a_month_with_other_columns_beside_the_same_is_read(workspace: Workspace, tmp_path: Path) -> None:
    noted = [[*HEADER, "Note"], *([*row, "x"] for row in month(2))]
    turned = [["Total", "DATE", "Order", "Customer"], *([row[3], row[2], row[0], row[1]] for row in month(3))]
    path = save(tmp_path / "year.xlsx", {"Jan": [HEADER, *month(1, 9)], "Feb": noted, "March": turned})
    rows = read(workspace, path)
    assert [row["Order"] for row in rows[9:]] == [f"B{at}{i}" for at in (2, 3) for i in range(5)]
    assert [row["Total"] for row in rows[9:]] == [f"{10.5 + i:.15g}" for _ in (2, 3) for i in range(5)]


def test_merged_cells_stand_in_each_of_their_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["All orders", "", "", ""], HEADER, *month(1)]
    for at in (3, 4):
        rows[at][1] = ""
    path = save(tmp_path / "a.xlsx", {"Orders": rows}, ("A1:D1", "B3:B5"))
    assert [row["Customer"] for row in read(workspace, path)] == ["C0", "C0", "C0", "C3", "C4"]


def test_groups_above_the_header_are_part_of_its_names(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Order", "", "", "Money"], ["no", "customer", "date", "paid"], *month(1)]
    path = save(tmp_path / "a.xlsx", {"Orders": rows}, ("A1:B1",))
    upload = load_file(workspace, path)
    assert [column.name for column in upload.columns] == [
        "Order no",
        "Order customer",
        "Order date",
        "Money paid",
    ]
    assert (upload.rows, upload.rejected) == (5, 0)


def test_names_that_repeat_are_told_apart_by_the_groups_above(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Sales of 2024"], [], ["Order", "", "Customer", "", "Paid"], ["No", "Date", "No", "Name", "Sum"]]
    rows += [[f"B{n}", date(2024, 1, 1 + n), 7000 + n, f"Ann {n}", 10.5 + n] for n in range(9)]
    upload = load_file(workspace, save(tmp_path / "a.xlsx", {"Orders": rows}))
    assert [column.name for column in upload.columns] == [
        "Order No",
        "Order Date",
        "Customer No",
        "Customer Name",
        "Paid Sum",
    ]
    assert (upload.rows, upload.rejected) == (9, 1)


def test_a_title_above_is_no_group_of_names(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["", "Sales", "of 2024", "", ""], ["No", "Date", "No", "Name", "Sum"]]
    rows += [[f"B{n}", date(2024, 1, 1 + n), 7000 + n, f"Ann {n}", 10.5 + n] for n in range(9)]
    upload = load_file(workspace, save(tmp_path / "a.xlsx", {"Orders": rows}))
    assert [column.name for column in upload.columns] == ["No", "Date", "No (2)", "Name", "Sum"]
