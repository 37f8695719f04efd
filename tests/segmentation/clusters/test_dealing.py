"""Columns dealt anew: every variable keeps its values, and groups in several of them are gone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.clusters.dealing import (
    Chance,
    Dealt,
    accounted_for,
    beside_dealt,
    can_be_dealt,
    deal_columns,
)
from segmentation.clusters.space import build_space
from segmentation.clusters.weights import Weights
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
        chance = beside_dealt(space.matrix, deal_columns(space, seed=1), 2, 0, Dealt.COLUMNS)
        assert chance.beyond == groups


def test_a_segment_for_every_two_alike_accounts_for_all() -> None:
    matrix = np.repeat(np.eye(3, dtype=np.float32), 2, axis=0)
    assert accounted_for(matrix, 3, seed=0) == pytest.approx(1)
    assert accounted_for(matrix, 1, seed=0) == pytest.approx(0, abs=1e-6)
    assert accounted_for(np.array([[0.0], [1.0], [4.0], [5.0]], dtype=np.float32), 2, 0) == pytest.approx(
        16 / 17
    )


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_chance_reaches_is_never_beyond_chance(own: float, dealt: float) -> None:
    assert Chance(4, own, dealt, Dealt.ORDERS).beyond == (1 - own < 0.9 * (1 - dealt))
    assert not Chance(4, min(own, dealt), dealt, Dealt.ORDERS).beyond
