"""Year, month and day in columns of their own are one date."""

from __future__ import annotations

import calendar
from pathlib import Path

import pytest

from segmentation.intake.roles import Role, Upload
from segmentation.intake.typed_reading import make_source
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


def load(workspace: Workspace, folder: Path, header: str, rows: list[str]) -> Upload:
    (folder / "orders.csv").write_text("\n".join([header, *rows]) + "\n")
    return load_file(workspace, folder / "orders.csv")


def moments(workspace: Workspace, upload: Upload) -> list[str]:
    with workspace.cursor() as cursor:
        source = make_source(cursor, upload, alone=True)
        rows = cursor.execute(f"SELECT moment::VARCHAR FROM {source.typed_view} ORDER BY line").fetchall()
    return [moment for (moment,) in rows]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Year,Month,Day", "2023,{m},{d}", "2023-{m:02}-{d:02} 00:00:00"),
        ("Tag,Monat,Jahr", "{d},{m},2023", "2023-{m:02}-{d:02} 00:00:00"),
        ("ปี,เดือน,วัน", "2023,{m},{d}", "2023-{m:02}-{d:02} 00:00:00"),
        ("year,month,day,hour", "2023,{m},{d},{h}", "2023-{m:02}-{d:02} {h:02}:00:00"),
        ("year,month,day", "2023,{name},{d}", "2023-{m:02}-{d:02} 00:00:00"),
    ],
)
def test_parts_of_a_date_are_one_moment(
    workspace: Workspace, tmp_path: Path, header: str, row: str, expected: str
) -> None:
    months = list(calendar.month_abbr)[1:]
    parts = [{"m": 1 + i % 12, "d": 1 + i % 28, "h": i % 24, "name": months[i % 12]} for i in range(60)]
    rows = [f"T{i},C{i % 12:03},{row.format(**part)},{5 + i}.5" for i, part in enumerate(parts)]
    upload = load(workspace, tmp_path, f"Order ID,Customer ID,{header},Amount", rows)
    assert moments(workspace, upload) == [expected.format(**part) for part in parts]


def test_a_day_that_is_none_is_missing(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"T{i},C{i % 12:03},2023,{1 + i % 12},{1 + i % 31},{5 + i}.5" for i in range(60)]
    upload = load(workspace, tmp_path, "Order ID,Customer ID,Year,Month,Day,Amount", rows)
    found = moments(workspace, upload)
    assert found[0] == "2023-01-01 00:00:00"
    assert found.count(None) == sum(  # type: ignore[arg-type]
        (1 + i % 31) > (28 if i % 12 == 1 else 30 if i % 12 in (3, 5, 8, 10) else 31) for i in range(60)
    )


def test_a_year_beside_dates_stays_what_it_is(workspace: Workspace, tmp_path: Path) -> None:
    rows = [f"T{i},C{i % 12:03},2023-02-{1 + i % 28:02},2023,2,{1 + i % 28},{5 + i}.5" for i in range(60)]
    upload = load(workspace, tmp_path, "Order ID,Customer ID,Date,Year,Month,Day,Amount", rows)
    assert [column.name for column in upload.columns if column.role is Role.TIMESTAMP] == ["Date"]
