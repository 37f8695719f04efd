"""How much columns say about an outcome: planted, and nothing where there is only chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.relevance import FLOOR, MOST, guided_shares, relevance


def test_what_foretells_counts_and_what_does_not_is_nothing() -> None:
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(2_000, 6))
    outcome = 2 * columns[:, 1] + columns[:, 4] ** 2 + rng.normal(size=2_000)
    found = relevance(columns, outcome, 0)
    assert np.flatnonzero(found).tolist() == [1, 4]
    assert found[1] == pytest.approx(4 / 7, abs=0.06)
    assert 0.15 < found[4] < 2 / 7  # tenths flatten what happens in the tails


def test_chance_is_hardly_ever_taken_for_relevance() -> None:
    rng = np.random.default_rng(2)
    taken = sum(relevance(rng.normal(size=(200, 8)), rng.normal(size=200), seed).any() for seed in range(60))
    assert taken <= 9


def test_a_column_that_is_the_same_for_all_says_nothing() -> None:
    outcome = np.arange(100.0)
    assert relevance(np.zeros((100, 2)), outcome, 0).tolist() == [0, 0]
    assert relevance(outcome[:, None], np.ones(100), 0).tolist() == [0]


def test_shares_follow_relevance_down_to_a_floor_and_up_to_a_limit() -> None:
    shares = guided_shares(np.full(10, 0.1), np.array([0.2, 0.1, 0.1, 0.1, 0.1] + [0.0] * 5))
    assert shares[0] / shares[1] == pytest.approx((1 + FLOOR) / (0.5 + FLOOR))
    assert shares[0] / shares[9] == pytest.approx((1 + FLOOR) / FLOOR)
    alone = guided_shares(np.full(10, 0.1), np.eye(10)[0])
    assert alone[0] == pytest.approx(MOST)
    assert alone[1:] == pytest.approx(np.full(9, 0.6 / 9))


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1)), min_size=1, max_size=20),
    st.floats(0.001, 1),
)
def test_the_whole_stays_the_same(columns: list[tuple[float, float]], best: float) -> None:
    base, relevant = np.array(columns).T
    relevant[0] = best
    shares = guided_shares(base, relevant)
    assert shares.sum() == pytest.approx(base.sum())
    assert (shares > 0).all()
    assert (shares <= max(MOST, 2 / len(base)) * base.sum() * (1 + 1e-6)).all()
