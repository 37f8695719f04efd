"""Rankings and their measures, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from segmentation.algorithms.ranking import bootstrap_ends, hit_rate, hits_of, ndcg, top_places


def test_the_best_come_first_equals_in_order_and_no_candidate_is_minus_one() -> None:
    scores = np.array([[0.1, 0.9, 0.9, -np.inf], [-np.inf, -np.inf, 2.0, -np.inf]])
    places, values = top_places(scores, 3)
    assert places.tolist() == [[1, 2, 0], [2, -1, -1]]
    assert values[0].tolist() == [0.9, 0.9, 0.1]
    assert top_places(scores, 9)[0].shape == (2, 4)


def test_hit_rate_and_ndcg_by_hand() -> None:
    truth = sp.csr_matrix(np.array([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 1, 0]]))
    hits = hits_of(np.array([[0, 1, 2], [1, 2, 3], [2, -1, -1]]), truth)
    assert hits.tolist() == [[False, True, False], [False] * 3, [True, False, False]]
    assert hit_rate(hits) == pytest.approx(2 / 3)
    first = (1 / np.log2(3)) / (1 + 1 / np.log2(3))
    assert ndcg(hits, np.array([2, 1, 1])) == pytest.approx((first + 0 + 1) / 3)
    assert np.isnan(hit_rate(hits[:0]))
    assert np.isnan(ndcg(hits[:0], np.array([], int)))


@given(st.lists(st.booleans(), min_size=1, max_size=10))
def test_ndcg_is_a_share_and_whole_where_all_hits_lead(row: list[bool]) -> None:
    hits, wanted = np.array([row]), np.array([max(1, sum(row))])
    found = ndcg(hits, wanted)
    assert 0 <= found <= 1
    assert ndcg(np.sort(hits)[:, ::-1], wanted) >= found
    assert (ndcg(np.sort(hits)[:, ::-1], wanted) == pytest.approx(1)) == any(row)


def test_the_bootstrap_is_as_wide_as_drawing_by_hand() -> None:
    rng = np.random.default_rng(3)
    values = np.stack([rng.random(300) < 0.3, rng.random(300) < 0.9], axis=1).astype(float)
    ends = bootstrap_ends(values, 0)
    drawn = np.array([values[rng.integers(0, 300, 300)].mean(axis=0) for _ in range(2000)])
    for column, (low, high) in enumerate(ends):
        by_hand = np.percentile(drawn[:, column], (2.5, 97.5))
        np.testing.assert_allclose((low, high), by_hand, atol=0.01)
    assert np.isnan(bootstrap_ends(np.zeros((0, 2)), 0)).all()


@given(scores=arrays(np.float32, (6, 12), elements=st.sampled_from([-np.inf, 0.0, 1.0, 2.5])))
def test_of_equal_scores_the_lower_columns_are_taken(scores: np.ndarray) -> None:
    places, values = top_places(scores.copy(), 5)
    wanted = np.argsort(-scores, axis=1, kind="stable")[:, :5]
    best = np.take_along_axis(scores, wanted, axis=1)
    np.testing.assert_array_equal(values, best)
    np.testing.assert_array_equal(places, np.where(np.isneginf(best), -1, wanted))
