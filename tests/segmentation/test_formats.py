from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import formats
from segmentation.features.table import Unit


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (1234.4, "GBP", "£1,234"),
        (12.5, "BRL", "R$ 12.50"),
        (-12.5, "GBP", "−£12.50"),
        (0, "EUR", "€0"),
        (99.5, "JPY", "¥100"),
        (1960, "SEK", "SEK 1,960"),
        (1960, "kes", "KES 1,960"),
        (99.5, "KRW", "₩100"),
        (1234.4, None, "1,234"),
        (1234.4, "???", "1,234"),
        (-0.001, "USD", "$0.00"),
        (float("nan"), "USD", "–"),
    ],
)
def test_money(value: float, currency: str | None, text: str) -> None:
    assert formats.money(value, currency) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.8, "1,234,568"),
        (21.44, "21.4"),
        (3, "3"),
        (2.5, "2.5"),
        (0.0812, "0.0812"),
        (-4.0, "−4"),
        (-0.00001, "0"),
        (None, "–"),
        (float("inf"), "–"),
    ],
)
def test_number(value: float | None, text: str) -> None:
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (21.2, Unit.DAYS, "21 days"),
        (1.04, Unit.DAYS, "1 day"),
        (2.5, Unit.DAYS, "2.5 days"),
        (0, Unit.DAYS, "0 days"),
        (1234, Unit.MONEY, "£1,234"),
        (0.1234, Unit.SHARE, "12.3%"),
        (4.25, Unit.RATING, "4.2"),
        (13.5, Unit.HOUR, "13:30"),
        (23.9999, Unit.HOUR, "00:00"),
        (3.0, Unit.COUNT, "3"),
        (1970.4, Unit.YEAR, "1970"),
        (float("nan"), Unit.DAYS, "–"),
        (1.0, "a unit of tomorrow", "1"),
    ],
)
def test_of_unit(value: float, unit: str, text: str) -> None:
    assert formats.of_unit(value, unit, "GBP") == text


def test_date_and_times() -> None:
    assert formats.date(datetime(2011, 12, 9, 8, 26)) == "9 Dec 2011"
    assert formats.date(None) == "–"
    assert formats.times(2.34) == "2.3×"
    assert formats.times(14.4) == "14×"


@given(st.floats(), st.sampled_from([*Unit]))
def test_every_number_can_be_written(value: float, unit: Unit) -> None:
    assert formats.of_unit(value, unit, "USD")


def test_headers_that_are_already_there_take_a_number() -> None:
    assert formats.distinct(["Age", "VIP", "VIP", "VIP (2)"], taken=["Age"]) == [
        "Age (2)",
        "VIP",
        "VIP (2)",
        "VIP (2) (2)",
    ]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1234.5678, "money", "£1,234.5678"),
        (-3.0, "money", "−£3"),
        (0.355, "share", "35.5%"),
        (1.0, "days", "1 day"),
        (1e-7, "number", "0.0000001"),
        (100000.0, "count", "100,000"),
        (1970.5, "year", "1970.5"),
    ],
)
def test_exactly_keeps_every_digit(value: float, unit: str, said: str) -> None:
    assert formats.exactly(value, unit, "GBP") == said


def test_names_that_hold_commas_are_told_apart() -> None:
    assert formats.quoted("12 PENCILS,  SMALL TUBE, RED", "Mug") == "“12 PENCILS, SMALL TUBE, RED”, “Mug”"
    assert formats.quoted() == ""


def test_a_header_of_a_page_is_cut() -> None:
    assert formats.shortened("Age") == "Age"
    assert formats.shortened("h" * 10_000) == "h" * 59 + "…"


def test_to_the_cent() -> None:
    assert formats.to_the_cent(1204.5, "GBP") == "£1,204.50"
    assert formats.to_the_cent(-9, "EUR") == "−€9.00"
    assert formats.to_the_cent(1200, "JPY") == "¥1,200"
    assert formats.to_the_cent(None) == "–"


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3), st.floats(0, 1e9))
def test_money_of_a_known_currency_is_never_a_bare_number(code: str, value: float) -> None:
    assert not formats.money(value, code)[0].isdigit()


def test_a_header_names_the_currency_of_amounts_only() -> None:
    assert formats.in_currency("Net spend", Unit.MONEY, "eur") == "Net spend (EUR)"
    assert formats.in_currency("Net spend", Unit.MONEY) == "Net spend"
    assert formats.in_currency("Orders", Unit.COUNT, "EUR") == "Orders"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (26.4, "26 seconds"),
        (59.7, "1 minute"),
        (62, "1 minute"),
        (95, "2 minutes"),
        (3599, "1 hour"),
        (5400, "1.5 hours"),
    ],
)
def test_durations_are_said_as_people_do(seconds: float, words: str) -> None:
    assert formats.duration(seconds) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (28, "28 days"), (400, "13 months"), (731, "2 years"), (912, "2.5 years")],
)
def test_a_stretch_of_time_is_said_in_the_unit_people_take(days: float, words: str) -> None:
    assert formats.stretch(days) == words


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.012, "+1.2"), (-0.0304, "−3.0"), (0.0004, "0.0"), (-0.0004, "0.0"), (1.0, "+100.0")],
)
def test_points(difference: float, text: str) -> None:
    assert formats.points(difference) == text


def test_points_with_their_interval() -> None:
    assert formats.points_between(0.012, 0.003, 0.021) == "+1.2 points, 0.3 to 2.1"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (21.2, "days", "21"),
        (1, "days", "1"),
        (2.5, "days", "2.5"),
        (None, "days", "–"),
        (0.214, "share", "21.4%"),
    ],
)
def test_days_stand_bare_where_their_head_says_that_they_are(
    value: float | None, unit: str, text: str
) -> None:
    assert formats.bare(value, unit) == text


def test_a_head_says_once_that_it_counts_days() -> None:
    assert formats.in_days("Active span", "days") == "Active span, days"
    assert formats.in_days("Days since last order", "days") == "Days since last order"
    assert formats.in_days("Net spend", "money") == "Net spend"
