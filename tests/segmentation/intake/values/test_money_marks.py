"""Currencies by their marks: of each cell, and what a mark stands for."""

from __future__ import annotations

import duckdb
import pytest

from segmentation.intake.values.currencies import code_of, code_or_mark, decimals_of, is_currency
from segmentation.intake.values.money_marks import currencies_in, currency_of_cell, tells_apart


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("$", "USD"),
        ("US$", "USD"),
        ("NT$", "TWD"),
        ("A$", "AUD"),
        ("€", "EUR"),
        ("RM", "MYR"),
        ("Rp", "IDR"),
        ("lei", "RON"),
        ("грн", "UAH"),
        ("đ", "VND"),
        ("SAR", "SAR"),
        ("egp", "EGP"),
        ("৳", "BDT"),
        ("zł", "PLN"),
        ("złotych", "PLN"),
        ("S/", "PEN"),
        ("د.إ.", "AED"),
        ("ر.س", "SAR"),
        ("Ksh", "KES"),
        ("₺", "TRY"),
        ("kr", None),
        ("kg", None),
        ("C", None),
    ],
)
def test_what_a_mark_stands_for(mark: str, code: str | None) -> None:
    assert code_of(mark) == code


def test_a_mark_of_several_currencies_is_money_and_stands_for_itself() -> None:
    assert is_currency("kr") and is_currency("pesos") and is_currency("¥")
    assert not is_currency("kg") and not is_currency("Store")
    assert (code_or_mark("kr"), code_or_mark("€inclVAT")) == ("KR", "EUR")


def test_decimals_of_a_currency() -> None:
    assert [decimals_of(mark) for mark in ("Rp", "₫", "₩", "€", "KWD", "kr")] == [0, 0, 0, 2, 3, None]


def marked(cells: list[str | None]) -> tuple[dict[str, str], list[str | None]]:
    cursor = duckdb.connect()
    cursor.execute("CREATE TABLE t AS SELECT unnest(?::VARCHAR[]) AS c0", [cells])
    found = currencies_in(cursor, "t", "c0")
    if not found:
        return found, []
    rows = cursor.execute(f"SELECT {currency_of_cell('c0', found)} FROM t").fetchall()
    return found, [code for (code,) in rows]


def test_each_cell_says_its_currency() -> None:
    cells = ["$12.00", "€15,00", "-3.50 USD", "¥2000", "7.00", None, "Zm 5.00"]
    assert marked(cells)[1] == ["USD", "EUR", "USD", "¥", None, None, None]


def test_an_unknown_mark_that_most_cells_share_is_a_currency_too() -> None:
    assert marked(["Zm5.00", "Zm7.00", "$3.00"])[1] == ["ZM", "ZM", "USD"]


def test_plain_numbers_and_units_have_no_currency() -> None:
    assert marked(["12.50", "-7", "1,234.50"])[0] == {}


def test_one_sign_that_many_countries_use_does_not_say_the_currency() -> None:
    assert not tells_apart(marked(["$5.00", "$7.00"])[0])
    assert tells_apart(marked(["RM5.00", "RM7.00"])[0])
    assert tells_apart(marked(["$5.00", "€7.00"])[0])
