"""Customers with ways of their own are told from customers whom chance alone makes what they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from segmentation.features.own_ways import own_ways
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.features.vote import Basis, Vote


def table_of(orders: np.ndarray, evening: Vote, group: Group = Group.BEHAVIOUR) -> FeatureTable:
    features = (
        Feature("frequency", "", "", Group.BEHAVIOUR, Unit.COUNT),
        Feature("evening_share", "", "", group, Unit.SHARE),
    )
    values = pd.DataFrame({"frequency": orders, "evening_share": 0.5})
    votes = {"frequency": Vote(1.0, Basis.LEADS), "evening_share": evening}
    ids = np.arange(len(orders)).astype(str).astype(object)
    return FeatureTable(ids, values, features, (), None, None, votes=votes)


CHANCE = np.maximum(np.random.default_rng(0).poisson(5.0, 400), 1).astype(np.float64)
NO_HABIT = Vote(0.05, Basis.LASTS, 0.1, 300)


def test_chance_alone_is_nobodys_way() -> None:
    found = own_ways(table_of(CHANCE, NO_HABIT))
    assert found is not None
    assert (found.any, found.habit) == (False, 0.1)
    assert found.orders == pytest.approx(1, abs=0.2)


def test_a_habit_or_a_number_of_orders_is_enough() -> None:
    for orders, habit in ((CHANCE, Vote(0.5, Basis.LASTS, 0.5, 300)), (CHANCE**2, NO_HABIT)):
        found = own_ways(table_of(orders, habit))
        assert found is not None
        assert found.any


@pytest.mark.parametrize(
    "table",
    [
        table_of(CHANCE, Vote(0.3, Basis.UNMEASURED)),
        table_of(CHANCE, NO_HABIT, Group.BROWSING),
        table_of(CHANCE[:99], NO_HABIT),
        table_of(CHANCE - CHANCE.min(), NO_HABIT),
    ],
    ids=["a column that cannot be measured", "browsing", "few customers", "some never ordered"],
)
def test_of_what_cannot_be_measured_nothing_is_told(table: FeatureTable) -> None:
    assert own_ways(table) is None
