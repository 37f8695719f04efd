"""The dip statistic by hand, its invariances, and its p-value on humps that are there or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.dip import P_VALUES, QUANTILES, dip_p_value, dip_statistic


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], 1 / 8),  # evenly spaced: only the steps of the distribution itself, 1 / (2n)
        ([7, 7, 7], 0),  # one value
        ([0, 0, 0, 1], 1 / 8),  # jumps are allowed at the hump: only the lone 1 is off, by half its share
        ([0, 0, 1, 1], 1 / 4),  # the most there can be: two halves at two points
        ([0, 1, 3, 5, 6], 0.14),  # majorant (1, 2) to (6, 5) is 4.4 at 5, 1.4 above the 3 before: 1.4 / 10
    ],
)
def test_dip_by_hand(values: list[float], expected: float) -> None:
    assert dip_statistic(np.array(values)) == pytest.approx(expected)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_order_scale_shift_and_direction_do_not_matter(values: list[int], random: object) -> None:
    plain = dip_statistic(np.array(values))
    moved = np.array(values[::-1]) * -2.0 + 3
    assert dip_statistic(moved) == pytest.approx(plain)
    assert 0 <= plain <= 0.25


def test_two_humps_are_told_from_one() -> None:
    rng = np.random.default_rng(1)
    two = np.concatenate([rng.normal(0, 1, 300), rng.normal(5, 1, 300)])
    assert dip_p_value(two) == pytest.approx(0.001)
    assert dip_p_value(rng.normal(0, 1, 600)) > 0.5
    assert dip_p_value(np.exp(rng.normal(0, 1, 600))) > 0.5


def test_the_p_value_holds_its_promise_on_uniform_samples() -> None:
    rng = np.random.default_rng(2)
    for size in (37, 700):  # between the tabulated sizes
        below = np.mean([dip_p_value(rng.random(size)) < 0.1 for _ in range(600)])
        assert below == pytest.approx(0.1, abs=0.035)


def test_few_or_equal_values_say_nothing() -> None:
    assert dip_p_value(np.array([0.0, 0.0, 9.0, 9.0])) == 1
    assert dip_p_value(np.zeros(100)) == 1


def test_table_rises_with_the_sample_and_as_p_falls() -> None:
    table = np.array(list(QUANTILES.values()))
    assert table.shape[1] == len(P_VALUES)
    assert (np.diff(table, axis=1) >= 0).all()
    assert (np.diff(table[:, 2:], axis=0) > 0).all()
