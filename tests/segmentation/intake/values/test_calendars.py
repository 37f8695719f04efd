"""Dates by other reckonings than day, month and common year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest

from segmentation.intake.values.calendars import CALENDARS, calendar_of
from segmentation.intake.values.cast import timestamp
from segmentation.intake.values.column_evidence import gather_all
from segmentation.intake.values.dates import DateReading


def read(written: list[str]) -> tuple[DateReading | None, list[datetime | None]]:
    cursor = duckdb.connect()
    cursor.execute("CREATE TABLE t (line BIGINT, c0 VARCHAR)")
    cursor.executemany("INSERT INTO t VALUES (?, ?)", list(enumerate(written)))
    found = gather_all(cursor, "t", 1)[0].dates
    sql = timestamp("c0", found.value_format) if found else "NULL"
    return found, [at for (at,) in cursor.execute(f"SELECT {sql} FROM t ORDER BY line").fetchall()]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (["1402/10/13", "1403/02/31", "1403/12/30"], ["2024-01-03", "2024-05-20", "2025-03-20"]),
        (["31/02/1403 09:00", "01/01/1404 23:59"], ["2024-05-20", "2025-03-21"]),
        (["۱۴۰۳/۰۲/۳۱", "۱۴۰۳/۰۳/۰۱"], ["2024-05-20", "2024-05-21"]),
        (["13 دی 1402", "31 اردیبهشت 1403"], ["2024-01-03", "2024-05-20"]),
        (["01/09/1445 هـ", "30/01/1446 هـ"], ["2024-03-11", "2024-08-06"]),
        (["113年3月5日", "112年12月31日"], ["2024-03-05", "2023-12-31"]),
        (["1445-09-01", "1446-01-30"], ["2024-03-11", "2024-08-06"]),
        (["令和6年3月5日", "平成31年4月30日", "令和元年5月1日"], ["2024-03-05", "2019-04-30", "2019-05-01"]),
        (["R6.03.05", "H31.04.30"], ["2024-03-05", "2019-04-30"]),
        (["113/03/05", "112/12/31"], ["2024-03-05", "2023-12-31"]),
        (["民國113年3月5日", "民國112年12月31日"], ["2024-03-05", "2023-12-31"]),
        (["3/1/2567", "29/2/2567"], ["2024-01-03", "2024-02-29"]),
        (["03/01/67", "29/02/67"], ["2024-01-03", "2024-02-29"]),
        (["3 ม.ค. 67", "29 ก.พ. 67"], ["2024-01-03", "2024-02-29"]),
        (["2024-W01-3", "2024-W52-7"], ["2024-01-03", "2024-12-29"]),
        (["3.IV.2024", "12 xii 2024"], ["2024-04-03", "2024-12-12"]),
    ],
)
def test_days_are_those_of_the_common_calendar(written: list[str], days: list[str]) -> None:
    found, moments = read(written)
    assert found is not None and found.share == 1.0
    assert [str(at)[:10] for at in moments] == days


def test_what_is_written_by_another_calendar_is_said() -> None:
    found, _ = read(["1402/10/13", "1403/02/31"])
    assert found is not None and found.words == "days of the Persian calendar"


@pytest.mark.parametrize(
    "written",
    [
        ["05/12/24", "28/11/23"],
        ["1.5.24", "30.4.24"],
        ["12/05/44", "03/02/61", "01/09/69"],  # birthdays of many years
        ["2024-01-03", "2023-12-31"],
        ["14:02:2024", "15:03:2024"],
        ["2024-001", "2024-002"],  # numbers of invoices
        ["C1445", "C1446"],
        [],
    ],
)
def test_the_common_calendar_is_left_alone(written: list[str]) -> None:
    assert calendar_of(written) == ""


def test_short_years_are_buddhist_only_where_they_lie_ahead() -> None:
    this_year = datetime.now(UTC).year
    buddhist = [
        date(this_year, month, 5).strftime(f"%d/%m/{(this_year + 543) % 100:02}") for month in (1, 2, 3)
    ]
    assert calendar_of(buddhist) == "buddhist_short"
    assert calendar_of([date(this_year, month, 5).strftime("%d/%m/%y") for month in (1, 2, 3)]) == ""


@pytest.mark.parametrize("calendar", CALENDARS)
def test_what_is_no_date_is_missing(calendar: str) -> None:
    written = timestamp("v", f"{calendar} %Y-%m-%d")
    cells = "(VALUES ('nothing'), (''), (NULL)) AS t(v)"
    assert duckdb.connect().execute(f"SELECT {written} FROM {cells}").fetchall() == [(None,)] * 3


def test_a_column_of_both_orders_is_no_sure_reading() -> None:
    days = [date(2024, 1 + at % 12, 1 + (at * 7) % 28) for at in range(120)]
    mixed = [day.strftime("%d/%m/%Y" if at < 80 else "%m/%d/%Y") for at, day in enumerate(days)]
    found, _ = read(mixed)
    assert found is not None and not found.certain and found.others


def test_years_that_are_of_no_known_calendar_are_no_dates() -> None:
    found, _ = read([f"578{n % 2 + 4}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(60)])
    assert found is None
