"""Links between items: a ridge regression by hand, likeness of vectors, and what speaks most."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from segmentation.algorithms import cooccurrence
from segmentation.algorithms.cooccurrence import (
    likeness_links,
    of_one_size,
    purchase_links,
    strongest_source,
)


def baskets(rows: list[list[int]]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(rows, dtype=np.float32))


def test_two_items_bought_together_by_hand() -> None:
    # Counts: 3 bought the first, 2 the second, 2 both. With ridge 1, EASE's weight is both / (own count + 1).
    links = purchase_links(baskets([[1, 1], [1, 1], [1, 0]]), 1.0).toarray()
    np.testing.assert_allclose(links, [[0, 2 / 4], [2 / 3, 0]], rtol=1e-6)


@given(arrays.arrays(np.int8, (12, 5), elements=st.integers(0, 1)))
def test_each_column_is_the_ridge_regression_on_the_others(bought: np.ndarray) -> None:
    links = purchase_links(sp.csr_matrix(bought.astype(np.float32)), 2.0).toarray()
    for item in range(5):
        others = [other for other in range(5) if other != item]
        x, y = bought[:, others].astype(float), bought[:, item].astype(float)
        expected = np.linalg.solve(x.T @ x + 2.0 * np.eye(4), x.T @ y)
        # EASE's closed form equals the column-wise ridge regression up to the scale of its own diagonal.
        np.testing.assert_allclose(links[others, item], expected, atol=1e-5)
        assert links[item, item] == 0


def test_only_the_best_sellers_are_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooccurrence, "MOST_ITEMS", 2)
    links = purchase_links(baskets([[1, 1, 1], [1, 0, 1], [1, 0, 1]]), 1.0).toarray()
    assert (links != 0).tolist() == [[False, False, True], [False, False, False], [True, False, False]]


def test_likeness_is_the_squared_cosine_and_never_with_itself() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [-1, 0], [0, 0]], dtype=np.float32)
    links = likeness_links(vectors).toarray()
    expected = np.zeros((4, 4))
    expected[0, 1] = expected[1, 0] = 0.36
    np.testing.assert_allclose(links, expected, atol=1e-6)


def test_links_are_brought_to_one_size() -> None:
    like = baskets([[0, 3], [4, 0]])
    assert np.sqrt(of_one_size(baskets([[0, 1], [0, 0]]), like).power(2).sum()) == pytest.approx(5)
    nothing = sp.csr_matrix((2, 2), dtype=np.float32)
    assert of_one_size(nothing, like).nnz == 0


def test_what_speaks_most_for_each_place() -> None:
    history = baskets([[1, 1, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]])
    links = baskets([[0, 0, 2, 0], [0, 0, 3, 1], [0, 0, 0, 0], [0, 0, 0, 0]])
    links[1, 3] = -1
    source, strength = strongest_source(history, links, np.array([[2, 3], [2, 3], [2, 3]]))
    assert source.tolist() == [[1, -1], [-1, -1], [1, -1]]
    assert strength.tolist() == [[3, 0], [0, 0], [3, 0]]
