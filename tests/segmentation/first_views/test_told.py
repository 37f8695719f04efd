"""What is told of a feature table says of each feature what is typical, and how customers spread."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.first_views.told import FeatureSpread, ToldFeatures, told_of
from segmentation.workspace.facts import converter


def table() -> FeatureTable:
    """Give the orders, the one known age and the town of four customers."""
    features = (
        Feature("orders", "Orders", "", Group.BEHAVIOUR, Unit.COUNT),
        Feature("age", "Age", "", Group.PROFILE, Unit.NUMBER),
        Feature("town=Ulm", "Town: Ulm", "", Group.PROFILE, Unit.SHARE, value="Ulm"),
        Feature("empty", "Empty", "", Group.BEHAVIOUR, Unit.COUNT),
    )
    nothing = [np.nan] * 4
    values = pd.DataFrame(
        {"orders": [1.0, 2, 3, 6], "age": [np.nan, 40, np.nan, np.nan], "town=Ulm": [1.0, 0, 0, 0]}
    ).assign(empty=nothing)
    return FeatureTable(np.array(list("abcd"), dtype=object), values, features, (), None, "EUR")


def test_typical_is_the_median_and_of_a_flag_its_share() -> None:
    told = told_of(table())
    assert told.customers == 4
    assert [one.typical for one in told.spreads] == [2.5, 40.0, 0.25, None]
    assert [sum(one.bars) for one in told.spreads] == [4, 1, 0, 0]
    assert told.spreads[3] == FeatureSpread(None, ())


def test_columns_that_may_be_outcomes_are_told() -> None:
    assert [(one.name, one.yes_or_no) for one in told_of(table()).outcomes] == [
        ("age", False),
        ("town=Ulm", True),
    ]


def test_it_is_kept_as_it_is() -> None:
    told, facts = told_of(table()), converter()
    assert facts.structure(facts.unstructure(told), ToldFeatures) == told
