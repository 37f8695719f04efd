"""How the dates of a column are written: all shapes and all values together."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.intake.values import date_checks
from segmentation.intake.values.cast import timestamp
from segmentation.intake.values.column_evidence import gather_all
from segmentation.intake.values.dates import DateReading, agree_on_order, day_and_month_swapped, order_of


def table_of(*columns: list[str]) -> duckdb.DuckDBPyConnection:
    cursor = duckdb.connect()
    fields = ", ".join(f"c{place} VARCHAR" for place in range(len(columns)))
    cursor.execute(f"CREATE TABLE t (line BIGINT, {fields})")
    rows = [[line, *cells] for line, cells in enumerate(zip(*columns, strict=True))]
    cursor.executemany(f"INSERT INTO t VALUES (?{', ?' * len(columns)})", rows)
    return cursor


def read(written: list[str]) -> tuple[DateReading | None, list[datetime | None]]:
    cursor = table_of(written)
    found = gather_all(cursor, "t", 1)[0].dates
    if found is None:
        return None, []
    rows = cursor.execute(f"SELECT {timestamp('c0', found.value_format)} FROM t ORDER BY line").fetchall()
    return found, [moment for (moment,) in rows]


def test_all_rows_are_asked_where_many_leave_day_and_month_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_checks, "MANY_ROWS", 100)
    open_ = [f"{1 + i % 12:02}/{1 + i % 11:02}/2024" for i in range(1000)]
    found, _ = read([*open_, "31/01/2024"])
    assert found is not None and found.certain
    assert order_of(found.value_format) == "dmy"


def test_many_rows_decide_where_they_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_checks, "MANY_ROWS", 100)
    asked: list[str] = []
    plain = date_checks.shares_of
    monkeypatch.setattr(date_checks, "shares_of", lambda *of: asked.append(of[2]) or plain(*of))
    found, _ = read([f"{1 + i % 28:02}/{1 + i % 12:02}/2024" for i in range(1000)])
    assert found is not None and order_of(found.value_format) == "dmy"
    assert asked == ["hash(line) % 11 = 0"]


DAY = datetime(2014, 2, 28)
HALF_PAST = datetime(2014, 2, 28, 15, 30)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("02 28, 2014", DAY),
        ("Feb 28th 2014", DAY),
        ("February 28, 2014", DAY),
        ("28. Februar 2014", DAY),
        ("28. 2. 2014", DAY),
        ("2014. 2. 28.", DAY),
        ("2014. 02. 28", DAY),
        ("2014年2月28日", DAY),
        ("２０１４／０２／２８", DAY),
        ("٢٨/٠٢/٢٠١٤", DAY),
        ("28/02/2557", DAY),
        ("28 กุมภาพันธ์ 2557", DAY),
        ("20140228", DAY),
        ("28-Feb-14", DAY),
        ("28/Feb/2014", DAY),
        ("28.02.14", DAY),
        ("2/28/14", DAY),
        ("Fri, 28 Feb 2014 15:30:00 GMT", HALF_PAST),
        ("28/02/2014 15:30", HALF_PAST),
        ("28.02.2014, 15:30 Uhr", HALF_PAST),
        ("28.2.2014 klo 15.30", HALF_PAST),
        ("28.02.2014 15.30", HALF_PAST),
        ("28/02/2014 à 15h30", HALF_PAST),
        ("15:30 28/02/2014", HALF_PAST),
        ("15:30:00, 28/02/2014", HALF_PAST),
        ("20140228153000", HALF_PAST),
        ("20140228T1530", HALF_PAST),
        ("2014/2/28 下午3:30", HALF_PAST),
        ("2014-02-28 오후 3:30", HALF_PAST),
        ("2/28/2014 3:30 PM", HALF_PAST),
        ("2/28/2014 3:30 p.m.", HALF_PAST),
        ("28/02/2014 3:30 م", HALF_PAST),
        ("Feb 28, 2014 3:30:00 PM PST", HALF_PAST),
        ("2014-02-28T15:30:00+09:00", HALF_PAST),
        ("2014-02-28 15:30:00 +0900", HALF_PAST),
        ("2014-02-28 15:30:00-05", HALF_PAST),
        ("2014-02-28T15:30:00.000Z", HALF_PAST),
        ("2014-02-28T15:30:00.0000000", HALF_PAST),
        ("1393601400", HALF_PAST),
        ("1393601400000", HALF_PAST),
        ("1393601400000000", HALF_PAST),
        ("1393601400.000", HALF_PAST),
    ],
)
def test_a_date_as_people_and_machines_write_it(written: str, moment: datetime) -> None:
    assert read([written] * 4)[1] == [moment] * 4


def test_the_time_of_the_shop_is_kept_and_its_zone_beside_it() -> None:
    found, moments = read(["2024-01-06 08:30:00 +0900", "2024-07-06 08:45:00 +0900"])
    assert found and (found.zone, moments[0]) == ("+0900", datetime(2024, 1, 6, 8, 30))
    found, _ = read(["2024-01-06T08:30:00Z"] * 3)
    assert found and found.zone == "UTC"
    found, _ = read(["2024-01-06 08:30:00"] * 3)
    assert found and found.zone == ""


def dates(n: int = 60, seed: int = 1, highest_day: int = 28) -> list[date]:
    rng = random.Random(seed)
    return [
        date(2023 + rng.randrange(2), 1 + rng.randrange(12), 1 + rng.randrange(highest_day)) for _ in range(n)
    ]


@pytest.mark.parametrize("order", ["%d{0}%m{0}%Y", "%m{0}%d{0}%Y"])
def test_all_shapes_of_a_column_have_one_order(order: str) -> None:
    days = dates()
    written = [day.strftime(order.format("/-."[i % 3])) for i, day in enumerate(days)]
    found, moments = read(written)
    assert found and found.certain
    assert [moment and moment.date() for moment in moments] == days


def test_years_of_two_and_of_four_digits() -> None:
    days = dates()
    written = [day.strftime(("%d/%m/%y", "%d/%m/%Y")[i % 2]) for i, day in enumerate(days)]
    assert [moment and moment.date() for moment in read(written)[1]] == days


@pytest.mark.parametrize("pattern", ["%y-%m-%d", "%y/%m/%d", "%y.%m.%d"])
def test_years_of_two_digits_may_come_first(pattern: str) -> None:
    days = dates()
    assert [moment and moment.date() for moment in read([day.strftime(pattern) for day in days])[1]] == days


@pytest.mark.parametrize("text", ["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"])
def test_what_a_spreadsheet_exchanged_is_put_right(text: str) -> None:
    days = dates()
    written = [
        f"{day.year}-{day.day:02}-{day.month:02}" if day.day <= 12 else day.strftime(text) for day in days
    ]
    found, moments = read(written)
    assert found and found.swapped and found.certain
    assert [moment and moment.date() for moment in moments] == days


def test_real_dates_beside_texts_stay_where_days_above_12_are_among_them() -> None:
    days = dates()
    written = [day.strftime(("%Y-%m-%d", "%d/%m/%Y")[i % 2]) for i, day in enumerate(days)]
    found, moments = read(written)
    assert found and not found.swapped
    assert [moment and moment.date() for moment in moments] == days


def test_what_went_through_a_csv_of_another_country_is_day_first_throughout() -> None:
    days = dates()
    written = [f"{d.day}/{d.month}/{d.year}" if d.day <= 12 else d.strftime("%d-%m-%Y") for d in days]
    assert [moment and moment.date() for moment in read(written)[1]] == days


def test_rows_in_the_order_of_time_say_which_is_the_month() -> None:
    days = [date(2024, 1 + i // 12, 1 + i % 12) for i in range(72)]
    found, moments = read([day.strftime("%d/%m/%Y") for day in days])
    assert found and found.certain
    assert [moment and moment.date() for moment in moments] == days


def test_days_and_months_that_could_be_either_are_both_named() -> None:
    found, _ = read([day.strftime("%m/%d/%Y") for day in dates(highest_day=12)])
    assert found and not found.certain
    assert {found.value_format, *found.others} == {"%d/%m/%Y", "%m/%d/%Y"}


def test_other_dates_of_the_file_say_which_is_the_month() -> None:
    doubtful = [day.strftime("%d/%m/%Y") for day in dates(highest_day=12)]
    sure = [day.strftime("%d.%m.%Y") for day in dates()]
    cursor = table_of(doubtful, sure)
    found = [values.dates for values in gather_all(cursor, "t", 2)]
    assert [one and (one.value_format, one.certain) for one in found] == [
        ("%d/%m/%Y", True),
        ("%d.%m.%Y", True),
    ]


def test_two_sure_orders_in_a_file_settle_nothing() -> None:
    open_ = DateReading("%d/%m/%Y", 1.0, False, ("%m/%d/%Y",))
    sure = [DateReading("%d/%m/%Y", 1.0, True), DateReading("%m/%d/%Y", 1.0, True)]
    assert agree_on_order([open_, *sure])[0] == open_


@pytest.mark.parametrize(
    "written",
    [
        ["1.2.3", "1.2.4"],
        ["12.50", "13.75"],
        ["0612 34 56 78", "0687 65 43 21"],
        ["C-12 3", "C-14 5"],
        ["4.5.6.7"] * 2,
    ],
)
def test_other_numbers_are_no_dates(written: list[str]) -> None:
    assert read(written)[0] is None


def test_the_format_with_day_and_month_the_other_way_round() -> None:
    assert day_and_month_swapped("%d/%m/%Y %H:%M") == "%m/%d/%Y %H:%M"
    assert day_and_month_swapped("%Y-%m-%d") == ""
    assert day_and_month_swapped("%Y-%m-%d | %d/%m/%Y") == "%Y-%m-%d | %m/%d/%Y"
    assert (order_of("%Y-%m-%d | %d/%m/%Y"), order_of("digits:0660 %m/%d/%y")) == ("dmy", "mdy")


SEPARATORS = st.sampled_from(["/", "-", ".", ". ", " "])


@settings(max_examples=30, deadline=None)
@given(
    st.permutations("dmY"),
    SEPARATORS,
    st.sampled_from(["", " %H:%M", " %I:%M %p", "T%H:%M:%S"]),
    st.integers(0, 99),
)
def test_any_order_with_days_above_12_is_found(
    order: list[str], separator: str, time: str, seed: int
) -> None:
    if order[1] == "Y":
        return
    pattern = separator.join(f"%{letter}" for letter in order) + time
    start = datetime(2023, 1, 1) + timedelta(days=seed)
    moments = [start + timedelta(days=17 * i, hours=7 * i, minutes=13 * i) for i in range(40)]
    found = read([moment.strftime(pattern) for moment in moments])[1]
    assert found == [datetime.strptime(moment.strftime(pattern), pattern) for moment in moments]
