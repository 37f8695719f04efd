"""Headers of a marketer's own table are read as words, with units and what they count."""

import pytest

from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.feature_words.wording import bounded_clause, entry_of, value_of


@pytest.mark.parametrize(
    ("header", "high", "low", "value"),
    [
        ("Annual Income (k$)", "High annual income", "low annual income", "7 k$"),
        ("Spending Score (1-100)", "High spending score", "low spending score", "7 of 100"),
        ("MntFishProducts", "High fish products amount", "low fish products amount", "7"),
        ("NumWebPurchases", "Many web purchases", "few web purchases", "7"),
        ("ONEOFF_PURCHASES", "High oneoff purchases", "low oneoff purchases", "7"),
        ("Age", "Older", "younger", "7"),
        ("NPS", "High NPS", "low NPS", "7"),
        ("lifetime_value (EUR)", "High lifetime value", "low lifetime value", "7 EUR"),
        ("visits count", "Many visits", "few visits", "7"),
        ("(%)", "High this column", "low this column", "7 %"),
    ],
)
def test_headers_become_words(header: str, high: str, low: str, value: str) -> None:
    feature = Feature(f"profile.{header}", header, "", Group.PROFILE, Unit.NUMBER)
    entry = entry_of(feature)
    assert (entry.high.adjective, entry.low.noun) == (high, low)
    assert value_of(feature, 7.0) == value


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("NumWebPurchases", "have {value} web purchases"),
        ("Age", "are {value} years old"),
        ("Annual Income (k$)", "have annual income of {value}"),
    ],
)
def test_rules_speak_of_columns_as_names_do(header: str, said: str) -> None:
    feature = Feature(f"profile.{header}", header, "", Group.PROFILE, Unit.NUMBER)
    assert bounded_clause(feature, True) == said


def test_a_year_is_the_year_of_something() -> None:
    feature = Feature("profile.Year_Birth", "Year_Birth", "", Group.PROFILE, Unit.YEAR)
    assert entry_of(feature).high.adjective == "Later year of birth"
    assert entry_of(feature).low.clause == "have year of birth {value}"


def test_nobody_places_half_an_order() -> None:
    orders = Feature("frequency", "Orders", "", Group.BEHAVIOUR, Unit.COUNT)
    assert [value_of(orders, value) for value in (15.5, 1.5, 1204.5, 3.0, 2.4)] == [
        "15 to 16",
        "1 to 2",
        "1,204 to 1,205",
        "3",
        "2.4",
    ]
