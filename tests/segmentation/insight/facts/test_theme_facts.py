import numpy as np
import pandas as pd
import pytest

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.theme_facts import ThemeFacts, has_much, measure_themes

MONEY = Feature("monetary", "Spend", "", Group.BEHAVIOUR, Unit.MONEY)
THEME = Feature("theme_0", "Theme: dress", "", Group.TEXT, Unit.SHARE)


def table(**values: list[float]) -> FeatureTable:
    features = tuple(one for one in (MONEY, THEME) if one.name in values)
    ids = np.array(list("abcd"), dtype=object)
    return FeatureTable(ids, pd.DataFrame(values), features, (), None, None)


def test_shares_are_of_customers_of_revenue_and_of_the_texts_of_those_who_have_any() -> None:
    found = table(monetary=[100.0, 300.0, 50.0, 50.0], theme_0=[1.0, 0.5, 0.0, np.nan])
    [facts] = measure_themes(found, np.array([0, 0, 1, 1]), 3)
    assert (facts.customers, facts.revenue, facts.part) == (0.5, 0.5, 0.5)
    np.testing.assert_array_equal(facts.inside, [0.75, 0.0, np.nan])
    assert facts.strongholds == ()  # two customers beside one tell nothing


@pytest.mark.parametrize(
    ("inside", "others", "customers", "much"),
    [
        (0.10, 0.02, 400, True),
        (0.008, 0.004, 400_000, False),  # no chance, but nobody would notice
        (0.30, 0.28, 400_000, False),
        (0.10, 0.02, 20, False),  # noticed, but may be chance
    ],
)
def test_much_of_a_theme_is_a_difference_that_is_noticed_and_no_chance(
    inside: float, others: float, customers: int, much: bool
) -> None:
    labels = np.arange(customers) % 2
    shares = np.zeros(customers)
    for segment, share in ((0, inside), (1, others)):
        members = np.flatnonzero(labels == segment)
        shares[members[: round(share * len(members))]] = 1.0
    assert has_much(shares, labels, 3).tolist() == [much, False, False]
    assert facts_of(shares, labels).strongholds == ((0,) if much else ())


def facts_of(shares: np.ndarray, labels: np.ndarray) -> ThemeFacts:
    """Measure one theme for customers in two segments."""
    ids = np.arange(len(shares)).astype(str).astype(object)
    [facts] = measure_themes(
        FeatureTable(ids, pd.DataFrame({"theme_0": shares}), (THEME,), (), None, None), labels, 2
    )
    return facts


@pytest.mark.parametrize("spend", [None, [0.0] * 4])
def test_without_money_there_is_no_share_of_revenue(spend: list[float] | None) -> None:
    values = {"theme_0": [1.0, 1.0, 1.0, 1.0], **({"monetary": spend} if spend else {})}
    [facts] = measure_themes(table(**values), np.array([0, 0, 1, 1]), 2)
    assert facts.revenue is None
    assert facts.strongholds == ()
