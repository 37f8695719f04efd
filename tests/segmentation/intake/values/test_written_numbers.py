"""Numbers as shops write them, and what is left for a cast."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake.values.cast import DECIMAL_COMMA, DECIMAL_EITHER, DECIMAL_POINT, money, number


def read(cell: str, value_format: str) -> Decimal | None:
    query = f"SELECT {money('c', value_format)} FROM (SELECT ?::VARCHAR AS c)"
    return duckdb.execute(query, [cell]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("RM10.90", "10.90"),
        ("US $1,234.50", "1234.50"),
        ("Rs.500", "500"),
        ("Rs. 1,00,000.50", "100000.50"),
        ("S/. 12.5", "12.5"),
        ("B/.12.00", "12"),
        ("$.50", "0.50"),
        ("د.إ.‏ 12.50", "12.50"),
        ("12.50 руб.", "12.50"),
        ("12.50 (incl. VAT)", "12.50"),
        ("1'234.50 CHF", "1234.50"),
        ("1\u202f234.5 €", "1234.5"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("$(7.25)", "-7.25"),
        ("(€12.50)", "-12.50"),
        ("5.00-", "-5"),
        ("5.00 €-", "-5"),
        ("−12.50", "-12.50"),
        ("–12.50 kr.", "-12.50"),
        ("12.- CHF", "12"),
        ("12:-", "12"),
        ("+5.5", "5.5"),
        ("12.5 %", "12.5"),
        ("1.5E+3", "1500"),
        ("EUR 12", "12"),
        ("free", None),
        ("-", None),
    ],
)
def test_a_number_with_a_decimal_point(cell: str, value: str | None) -> None:
    assert read(cell, DECIMAL_POINT) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.234,50 lei", "1234.50"),
        ("12,- kr", "12"),
        ("Rp1.250.000", "1250000"),
        ("7,25-", "-7.25"),
        (",5", "0.5"),
    ],
)
def test_a_number_with_a_decimal_comma(cell: str, value: str) -> None:
    assert read(cell, DECIMAL_COMMA) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("$1,234.50", "1234.5"),
        ("1.234,50 €", "1234.5"),
        ("€12,5", "12.5"),
        ("$12.5", "12.5"),
        ("$1,234", "1234"),
    ],
)
def test_where_both_habits_are_in_one_column_each_value_says_its_own(cell: str, value: str) -> None:
    assert read(cell, DECIMAL_EITHER) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "value_format", "value"),
    [
        ("１，２３４．５０円", "digits:ff10 decimal_point", "1234.50"),
        ("١٬٢٣٤٫٥٠ ر.س", "digits:0660 decimal_point", "1234.50"),
        ("−१२३", "digits:0966 decimal_point", "-123"),
    ],
)
def test_digits_of_other_scripts(cell: str, value_format: str, value: str) -> None:
    assert read(cell, value_format) == Decimal(value)


@given(
    st.decimals(-10_000_000, 10_000_000, places=2),
    st.sampled_from(["", "$", "US$ ", "Rp", "zł ", "د.إ. ", "€\xa0"]),
    st.sampled_from(["", " €", " lei", " kr.", "%", "\u202fgrn"]),
    st.sampled_from(["-{}", "({})", "{}-", "−{}"]),
)
def test_whatever_stands_around_a_number_it_is_read_as_it_was_written(
    value: Decimal, before: str, after: str, negative: str
) -> None:
    text = before + f"{abs(value):,.2f}" + after
    assert read(negative.format(text) if value < 0 else text, DECIMAL_POINT) == value


def test_infinite_is_missing() -> None:
    query = f"SELECT {number('c', '')} FROM (SELECT 'inf' AS c)"
    assert duckdb.execute(query).fetchall() == [(None,)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,250.50 CR", "-1250.5"),
        ("12.75cr", "-12.75"),
        ("12.75 DR", "12.75"),
        ("3.50", "3.5"),
        ("-3 CR", "-3"),
    ],
)
def test_letters_behind_a_number_may_be_its_minus(cell: str, value: str) -> None:
    assert read(cell, "minus:CR decimal_point") == Decimal(value)
