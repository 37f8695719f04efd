"""Effects together: as meta-analysis has them, and how often something is found where nothing is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.effects.shrinkage import between_variance, differ_from_rest, shrink

EIGHT_SCHOOLS = (np.array([28.0, 8, -3, 7, -1, 1, 18, 12]), np.array([15.0, 10, 16, 11, 9, 11, 10, 18]) ** 2)


def test_the_variance_between_as_statsmodels_has_it() -> None:
    effects = np.array([0.012, 0.031, -0.004, 0.05])
    errors = np.array([0.006, 0.008, 0.005, 0.012])
    assert between_variance(effects, errors**2) == pytest.approx(0.00037526162, rel=1e-7)


def test_eight_schools_become_one() -> None:
    effects, variances = EIGHT_SCHOOLS
    assert between_variance(effects, variances) == 0
    common = float(np.average(effects, weights=1 / variances))
    assert common == pytest.approx(7.685616725)
    assert shrink(effects, variances, common) == pytest.approx([common] * 8)
    assert not differ_from_rest(effects, variances).any()


def test_two_effects_by_hand() -> None:
    """Variances of 1 and Q = 8: between = (8 - 1) / (2 - 1) = 7, so 7/8 of each is its own."""
    shrunk = shrink(np.array([0.0, 4.0]), np.array([1.0, 1.0]), 2.0)
    assert shrunk == pytest.approx([0.25, 3.75])


def test_the_one_that_differs_is_named() -> None:
    effects, variances = np.array([0.01, 0.012, 0.008, 0.09]), np.full(4, 0.01**2)
    assert differ_from_rest(effects, variances).tolist() == [False, False, False, True]


def test_of_two_that_differ_both_do() -> None:
    assert differ_from_rest(np.array([0.0, 1.0]), np.full(2, 0.01)).tolist() == [True, True]
    assert differ_from_rest(np.array([0.0, 0.2]), np.full(2, 0.01)).tolist() == [False, False]


def test_where_none_differs_hardly_ever_one_is_named() -> None:
    rng = np.random.default_rng(0)
    named = [differ_from_rest(rng.normal(0.01, 0.02, 6), np.full(6, 0.02**2)).any() for _ in range(2_000)]
    assert np.mean(named) < 0.06


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.floats(0.01, 1)), min_size=1, max_size=8),
    st.floats(-1, 1),
)
def test_each_lands_between_itself_and_the_common_one(
    given_effects: list[tuple[float, float]], common: float
) -> None:
    effects, variances = (np.array(one) for one in zip(*given_effects, strict=True))
    shrunk = shrink(effects, variances, common)
    assert (shrunk >= np.minimum(effects, common) - 1e-12).all()
    assert (shrunk <= np.maximum(effects, common) + 1e-12).all()
