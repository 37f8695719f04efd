"""Days without a year: of which one they are by what stands above the table, or in the file's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role, Upload
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

Write = Callable[..., Upload]

HEADER = "Račun;Datum;Kupec;Znesek"


@pytest.fixture
def load(workspace: Workspace, tmp_path: Path) -> Write:
    """Give a function that writes lines into a file and loads it."""

    def write(first: str, rows: list[str], name: str = "file.csv") -> Upload:
        (tmp_path / name).write_text("\n".join([first, *rows]) + "\n", encoding="utf-8")
        return load_file(workspace, tmp_path / name)

    return write


def bills(written: str, months: range = range(1, 13)) -> list[str]:
    """Return five bills of each month, their days written in this way."""
    return [
        f"{900 + at};{written.format(day=1 + at % 28, month=month)};K{10 + at % 13};{20 + at * 37 % 89},50"
        for at, month in enumerate(month for month in months for _ in range(5))
    ]


def span(upload: Upload) -> tuple[date | None, date | None]:
    """Return the first and the last day by the likelier answer of the question about them."""
    (doubt,) = [one for one in upload.doubts if one.code == "dates:Datum"]
    first, last = doubt.options[0].first, doubt.options[0].last
    return first.date() if first else None, last.date() if last else None


def days(workspace: Workspace) -> tuple[date, date]:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return cursor.execute(
            "SELECT min(ordered_at)::DATE, max(ordered_at)::DATE FROM shop.lines"
        ).fetchall()[0]


@pytest.mark.parametrize("written", ["{day:02}{month:02}", "{day}.{month}.", "{day:02}/{month:02}"])
def test_a_period_above_the_table_tells_the_year(load: Write, workspace: Workspace, written: str) -> None:
    upload = load("Izpis od 1.1.2023 do 31.12.2023", [HEADER, *bills(written)])
    assert next(c.role for c in upload.columns if c.name == "Datum") is Role.TIMESTAMP
    assert not upload.doubts
    assert days(workspace) == (date(2023, 1, 1), date(2023, 12, 28))


def test_the_name_of_the_file_tells_the_year(load: Write, workspace: Workspace) -> None:
    load(HEADER, bills("{day:02}{month:02}"), "racuni_2022.csv")
    assert days(workspace) == (date(2022, 1, 1), date(2022, 12, 28))


def test_a_business_year_goes_on_behind_new_year(load: Write, workspace: Workspace) -> None:
    rows = [*bills("{day:02}{month:02}", range(7, 13)), *bills("{day:02}{month:02}", range(1, 7))]
    load("Izpis od 1.7.2023 do 30.6.2024", [HEADER, *rows])
    first, last = days(workspace)
    assert (first.year, first.month, last.year, last.month) == (2023, 7, 2024, 6)


def test_where_nothing_tells_the_year_it_is_asked(load: Write) -> None:
    upload = load(HEADER, bills("{day:02}{month:02}"))
    today = datetime.now(UTC).date()
    year = today.year if today >= date(today.year, 12, 28) else today.year - 1
    assert span(upload) == (date(year, 1, 1), date(year, 12, 28))
    (doubt,) = [one for one in upload.doubts if one.code == "dates:Datum"]
    assert [option.first.year for option in doubt.options if option.first] == [year, year - 1, year - 2]


def test_numbers_that_are_no_days_are_none(load: Write) -> None:
    rows = [f"{900 + at},{1001 + at * 37 % 1900},K{10 + at % 13},{20 + at * 37 % 89}.50" for at in range(60)]
    upload = load("Bill,Points,Customer,Total", rows)
    assert next(c.role for c in upload.columns if c.name == "Points") is Role.NUMERIC
