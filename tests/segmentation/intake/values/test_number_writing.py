"""How a column's numbers are written: by all values together, and said where they leave it open."""

import duckdb
import pytest

from segmentation.intake.values.column_evidence import gather_all
from segmentation.intake.values.number_separators import agree_on_separators
from segmentation.intake.values.number_writing import NumberReading


def readings(*columns: list[str]) -> list[NumberReading | None]:
    cursor = duckdb.connect()
    rows = max(map(len, columns))
    fields = ", ".join(f"c{place} VARCHAR" for place in range(len(columns)))
    cursor.execute(f"CREATE TABLE t (line BIGINT, {fields})")
    for line in range(rows):
        cells = [column[line % len(column)] for column in columns]
        cursor.execute(f"INSERT INTO t VALUES (?{', ?' * len(columns)})", [line, *cells])
    measured = agree_on_separators(cursor, "t", gather_all(cursor, "t", len(columns)))
    return [values.numbers for values in measured]


def formats(*columns: list[str]) -> list[str | None]:
    return [found.value_format if found else None for found in readings(*columns)]


@pytest.mark.parametrize(
    ("written", "value_format"),
    [
        (["150.000", "1.250.000"], "decimal_comma"),
        (["150,000", "1,250,000"], "decimal_point"),
        (["1,00,000", "12,34,567.50"], "decimal_point"),
        (["150.000", "990"], "decimal_comma"),
        (["150.000", "12.5"], ""),
        (["1'250.50", "99.00"], "decimal_point"),
        (["1\u202f250,50", "99,00"], "decimal_comma"),
        (["$12.50", "€1.234,50", "$7.25", "€3,50"], "decimal_either"),
        (["Rp150.000", "Rp275.000"], "decimal_comma"),
        (["¥1,200", "¥3,400"], "decimal_point"),
        (["KWD 1.250", "KWD 2.125"], "decimal_point"),
        (["12.50-", "7.25"], "decimal_point"),
        (["−12.50", "7.25"], "decimal_point"),
        (["12,5 %", "7 %"], "percent_decimal_comma"),
        (["１２．５０", "７．２５"], "digits:ff10 decimal_point"),
        (["١٢٫٥٠", "٧٫٢٥"], "digits:0660 decimal_point"),
        (["१२", "३४"], "digits:0966 decimal_point"),
    ],
)
def test_the_whole_column_says_how_its_numbers_are_written(written: list[str], value_format: str) -> None:
    assert formats(written) == [value_format]


@pytest.mark.parametrize(
    "written",
    [
        ["RM12.50", "RM7.00"],
        ["Rp 150000", "Rp 20000"],
        ["US $5.00", "US $7.25"],
        ["12 lei", "7 lei"],
        ["100 грн", "250 грн"],
        ["120000đ", "80000 đ"],
        ["SAR 12", "SAR 15"],
        ["৳120", "৳80"],
        ["12,50 Zorkmid", "7,00 Zorkmid"],
        ["Zm12.50", "Zm7.00"],
        ["5 kg", "12 kg"],
        ["12.50 incl. VAT", "7.00 incl. VAT"],
        ["$12", "€15", "£8"],
    ],
)
def test_any_mark_that_all_values_share_stands_around_numbers(written: list[str]) -> None:
    assert formats(written) != [None]


@pytest.mark.parametrize(
    "written",
    [
        ["C001", "C002", "C017"],
        ["B-1", "B-2", "B-17"],
        ["#1001", "#1002"],
        ["Store 5", "Store 12"],
        ["9:05", "17:30"],
        ["12 XL 20", "3 mars 4"],
        ["R1001", "R1002"],
        ["2023-01-05", "2023-01-06"],
        ["S", "M", "L 5"],
        ["1st", "2nd", "3rd", "4th"],
        ["EUR-1001", "EUR-1002"],
        ["shopper58.1265", "shopper9342.1342"],
        ["comp164.16", "comp7.102"],
        ["ab3.1415", "ab12.7071"],
    ],
)
def test_codes_times_and_words_beside_numbers_are_no_numbers(written: list[str]) -> None:
    assert formats(written) == [None]


def test_a_column_that_leaves_it_open_names_both_readings() -> None:
    [found] = readings(["1.234", "2.718", "3.141"])
    assert found == NumberReading("", ("decimal_comma",), False)
    [found] = readings(["150.000", "275.000", "99.000"])
    assert found == NumberReading("decimal_comma", ("decimal_point",), False)
    many = [f"{n // 1000}.{n % 1000:03}" for n in range(1_010, 90_000, 1_370)]
    assert readings(many) == [NumberReading("decimal_comma", ("decimal_point",), False)]
    [found] = readings(["1,234", "22,500"])
    assert found == NumberReading("decimal_point", ("decimal_comma",), False)


def test_other_columns_of_the_file_settle_it() -> None:
    assert formats(["1.234", "2.718"], ["12,50", "7,25"]) == ["decimal_comma", "decimal_comma"]
    assert formats(["2,000", "1,000"], ["12,50", "7,25"]) == ["decimal_comma", "decimal_comma"]
    [found, _] = readings(["1.234", "2.718"], ["12.50", "7.25"])
    assert found == NumberReading("", (), True)
    [doubtful, _] = readings(["150.000", "275.000"], ["4.5", "3.0"])
    assert doubtful and doubtful.others == ("decimal_point",)


def test_one_value_in_a_large_column_settles_it() -> None:
    values = [f"{100 + i % 900}.{i % 1000:03}" for i in range(20_000)]
    cursor = duckdb.connect()
    cursor.execute("CREATE TABLE t AS SELECT unnest(?::VARCHAR[]) AS c0, 1 AS line", [[*values, "1.250.000"]])
    assert gather_all(cursor, "t", 1)[0].number_format == "decimal_comma"


def test_the_marks_of_a_column_are_kept() -> None:
    [found] = readings(["$12.00", "$3.50", "€15.00", "£8.25"])
    assert found and set(found.marks) == {"$", "€", "£"}


def test_the_rarer_side_of_an_account_is_below_zero() -> None:
    back = ["1,250.50 CR", "12.75CR"]
    for written, value_format in (
        ([*("3,000.25", "7.50", "120.00"), *back], "minus:CR decimal_point"),
        ([*("3,000.25 DR", "7.50 DR", "120.00 DR"), *back], "minus:CR decimal_point"),
        (["8.00 cr", "7.50 CR", "1.00", "9.10 CR", "2.25 CR"], "decimal_point"),
    ):
        assert formats(written) == [value_format]
