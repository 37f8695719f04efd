import numpy as np
import pandas as pd
import pytest

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.theme_facts import measure_themes

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
    assert facts.strongholds == (0,)


@pytest.mark.parametrize("spend", [None, [0.0] * 4])
def test_without_money_there_is_no_share_of_revenue(spend: list[float] | None) -> None:
    values = {"theme_0": [1.0, 1.0, 1.0, 1.0], **({"monetary": spend} if spend else {})}
    [facts] = measure_themes(table(**values), np.array([0, 0, 1, 1]), 2)
    assert facts.revenue is None
    assert facts.strongholds == ()
