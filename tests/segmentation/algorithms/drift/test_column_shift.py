"""Columns that moved: how far, by what chance, and what of it the mix of groups makes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.drift.column_shift import column_shifts, holm

ONE_GROUP = np.zeros(2_000, dtype=int)


def normal(seed: int, *means: float) -> np.ndarray:
    return np.random.default_rng(seed).normal(means, 1.0, (2_000, len(means)))


def test_a_column_that_moved_half_a_deviation_is_news_and_the_others_are_not() -> None:
    moved, stayed = column_shifts(normal(0, 0, 0), normal(1, 0.5, 0), ONE_GROUP, ONE_GROUP)
    assert moved.is_news
    assert moved.mean == pytest.approx(0.5, abs=0.07)
    assert moved.moved == pytest.approx(0.5, abs=0.07)
    assert not stayed.is_news


def test_a_tenth_of_a_deviation_is_no_news_however_sure() -> None:
    [small] = column_shifts(normal(0, 0), normal(1, 0.12), ONE_GROUP, ONE_GROUP)
    assert small.p < 0.01
    assert not small.is_news


def test_a_wider_spread_is_news_though_the_average_stays() -> None:
    [wider] = column_shifts(normal(0, 0), 2.5 * normal(1, 0), ONE_GROUP, ONE_GROUP)
    assert abs(wider.mean) < 0.1
    assert wider.is_news


def test_what_other_shares_of_the_groups_make_is_the_mixs_own_news() -> None:
    before, after = np.arange(2_000) % 10 < 3, np.arange(2_000) % 10 < 5
    old, new = (normal(at, 0) + 4 * group[:, None] for at, group in enumerate((before, after)))
    [shift] = column_shifts(old, new, before.astype(int), after.astype(int))
    assert shift.mean > 0.3
    assert shift.by_mix == pytest.approx(shift.mean, abs=0.07)
    assert not shift.is_news


def test_gaps_are_left_out_and_a_column_without_values_did_not_move() -> None:
    before, after = normal(0, 0, 0), normal(1, 0.5, 0)
    before[::2, 0] = np.nan
    after[:, 1] = np.nan
    moved, empty = column_shifts(before, after, ONE_GROUP, ONE_GROUP)
    assert moved.is_news
    assert not empty.is_news


def test_everybody_of_one_value_and_then_of_another_moved() -> None:
    same = np.ones((2_000, 1))
    assert not column_shifts(same, same, ONE_GROUP, ONE_GROUP)[0].is_news
    assert column_shifts(same, 2 * same, ONE_GROUP, ONE_GROUP)[0].is_news


def test_the_textbook_steps_of_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_held_together_no_p_value_is_smaller_and_their_order_stays(p_values: list[float]) -> None:
    together = holm(p_values)
    assert all(one <= other <= 1 for one, other in zip(p_values, together, strict=True))
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(np.array(together)[order]) >= 0).all()
