"""Intervals stretched until they hold as often as they should."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from segmentation.algorithms.conformal import groups_of, learn_stretch, stretch
from segmentation.algorithms.forecast import COVER, Forecast


def around(expected: np.ndarray, low: float, high: float) -> Forecast:
    """Return intervals of these shares of what is expected."""
    return Forecast(expected, expected * low, expected * high)


def held(found: Forecast, came: np.ndarray) -> float:
    """Return the share that lies within."""
    return float(np.mean((came >= found.low - 1e-9) & (came <= found.high + 1e-9)))


@pytest.mark.parametrize(("low", "high"), [(0.9, 1.1), (0.1, 5.0), (0.0, 1.2)])
def test_intervals_too_narrow_or_too_wide_come_to_hold_what_they_should(low: float, high: float) -> None:
    rng = np.random.default_rng(1)
    expected = rng.uniform(1, 50, 20_000)
    past, future = (expected * rng.gamma(2.0, 0.5, len(expected)) for _ in range(2))
    found = around(expected, low, high)
    assert not 0.7 <= held(found, future) <= 0.9
    assert held(stretch(found, learn_stretch(found, past)), future) == pytest.approx(COVER, abs=0.015)


def test_each_group_has_a_factor_of_its_own() -> None:
    rng = np.random.default_rng(2)
    expected = np.repeat([1.0, 100.0], 500)
    came = expected * np.where(expected > 1, rng.uniform(0.98, 1.02, 1000), rng.uniform(0.5, 1.5, 1000))
    factors = learn_stretch(around(expected, 0.9, 1.1), came)
    assert len(factors) == 10
    assert factors[2] == pytest.approx(4.0, abs=0.2)
    assert factors[7] == pytest.approx(0.16, abs=0.02)


def test_equal_expectations_are_of_one_group() -> None:
    assert groups_of(np.array([5.0, 1.0, 1.0, 1.0, 9.0, 7.0]), 3).tolist() == [1, 0, 0, 0, 2, 2]


def test_nothing_is_within_where_nothing_mostly_comes() -> None:
    expected = np.full(1000, 0.1)
    came = np.where(np.arange(1000) % 20 == 0, 2.0, 0.0)
    found = stretch(around(expected, 0, 1), learn_stretch(around(expected, 0, 1), came))
    assert held(found, came) == 0.95


@given(
    expected=arrays(float, 150, elements=st.floats(0, 1e6)),
    came=arrays(float, 150, elements=st.floats(0, 1e6)),
    low=st.floats(0, 1),
    high=st.floats(1, 9),
)
def test_intervals_hold_what_is_expected_and_enough_of_what_taught_them(
    expected: np.ndarray, came: np.ndarray, low: float, high: float
) -> None:
    found = around(expected + 1, low, high)
    after = stretch(found, learn_stretch(found, came))
    assert (after.low <= after.expected + 1e-6).all()
    assert (after.high >= after.expected - 1e-6).all()
    assert (after.low >= 0).all()
    wide = Forecast(after.expected, after.low - 1e-3, after.high + 1e-3)
    assert held(wide, came) >= COVER
