"""Columns dealt anew: every variable keeps its values, and groups in several of them are gone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.clusters.dealing import can_be_dealt, deal_columns, much_tighter, says_segments
from segmentation.clusters.space import Weights, build_space
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from tests.segmentation.pipeline.planted_tables import as_table


def test_levels_of_a_column_stay_together_and_all_values_stay() -> None:
    rng = np.random.default_rng(0)
    words = np.array(["card", "cash", "coin"])[rng.integers(0, 3, 60)]
    space = build_space(as_table({"age": rng.normal(size=60), "pay": words}), None, Weights())
    dealt = deal_columns(space, seed=1)
    kept, found = (np.unique(one[:, 1:], axis=0) for one in (space.matrix, dealt))
    np.testing.assert_array_equal(kept, found)
    np.testing.assert_array_equal(np.sort(dealt[:, 0]), np.sort(space.matrix[:, 0]))
    assert not np.array_equal(dealt, space.matrix)


def test_a_single_variable_cannot_be_dealt() -> None:
    age = Feature("age", "age", "", Group.PROFILE, Unit.NUMBER)
    ids = np.array(["a", "b", "c"], dtype=object)
    table = FeatureTable(ids, pd.DataFrame({"age": [1.0, 2.0, 3.0]}), (age,), (), None, None)
    assert not can_be_dealt(build_space(table, None, Weights()))


def test_two_columns_of_two_humps_are_told_from_two_groups() -> None:
    rng = np.random.default_rng(0)
    side = rng.integers(0, 2, (2, 600))
    apart = {f"n{place}": 6.0 * one + rng.normal(size=600) for place, one in enumerate(side)}
    together = {f"n{place}": 6.0 * side[0] + rng.normal(size=600) for place in range(2)}
    for columns, groups in ((apart, False), (together, True)):
        space = build_space(as_table(columns), None, Weights())
        dealt = deal_columns(space, seed=1)
        assert says_segments(dealt, range(2, 6), seed=0)
        assert much_tighter(space.matrix, dealt, 2, seed=0) == groups
