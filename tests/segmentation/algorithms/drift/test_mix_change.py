"""Shares of groups: against scipy, and at their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from segmentation.algorithms.drift.mix_change import mix_change

Counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=8)


@given(Counts)
def test_it_is_the_chi_square_of_homogeneity(pairs: list[tuple[int, int]]) -> None:
    table = np.array([pair for pair in pairs if sum(pair)]).T.reshape(2, -1)
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return
    before, after = np.array(pairs).T
    expected = chi2_contingency(table, correction=False)
    assert mix_change(before, after).p == pytest.approx(expected.pvalue, abs=1e-9)


@given(Counts)
def test_what_some_groups_win_others_lose(pairs: list[tuple[int, int]]) -> None:
    before, after = np.array(pairs).T
    assert mix_change(before, after).points.sum() == pytest.approx(0.0, abs=1e-9)


def test_ten_points_of_many_are_news_and_two_are_not() -> None:
    before = np.array([3_000, 7_000])
    assert mix_change(before, np.array([4_000, 6_000])).is_news
    two = mix_change(before, np.array([3_200, 6_800]))
    assert two.p < 0.01
    assert two.largest == pytest.approx(0.02)
    assert not two.is_news


def test_ten_points_of_a_few_may_be_chance() -> None:
    assert not mix_change(np.array([15, 35]), np.array([20, 30])).is_news


def test_nobody_on_one_side_is_no_change() -> None:
    assert not mix_change(np.array([0, 0]), np.array([5, 5])).is_news
