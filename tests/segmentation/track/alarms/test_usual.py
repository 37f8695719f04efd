"""What is usual, by the shop's own earlier months."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.track.alarms.usual import usual


def test_three_deviations_above_the_average_are_out_of_the_ordinary() -> None:
    known = usual([0.01, 0.02, 0.01, 0.02, 0.01, 0.02])
    assert known.bar == pytest.approx(0.015 + 3 * 0.005477, abs=1e-4)
    assert known.is_exceeded(0.05)
    assert not known.is_exceeded(0.025)


def test_a_month_like_christmas_a_year_before_is_not() -> None:
    known = usual([0.01] * 6, season=[0.02, 0.09])
    assert known.season
    assert not usual([0.01] * 6).season
    assert not known.is_exceeded(0.09)


def test_few_months_tell_nothing() -> None:
    known = usual([0.01] * 5)
    assert (known.months, known.bar) == (5, None)
    assert not known.is_known
    assert not known.is_exceeded(0.9)


@given(st.lists(st.floats(0, 1), min_size=6, max_size=6), st.lists(st.floats(0, 1), max_size=3))
def test_no_month_that_the_bar_was_learned_of_exceeds_it(lately: list[float], season: list[float]) -> None:
    known = usual(lately, season)
    assert not any(known.is_exceeded(figure) for figure in (*lately, *season))
