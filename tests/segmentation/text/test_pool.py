import numpy as np
import pytest
import scipy.sparse as sp

from segmentation.text.pool import (
    effective_items,
    learn_smoothing,
    mean_by_customers,
    pool,
    principal_axes,
    taste_of,
)


def test_items_count_equal_weights_fully_and_one_heavy_weight_as_one() -> None:
    weights = sp.csr_matrix([[2.0, 2.0, 2.0, 2.0], [9.0, 0, 0, 0], [3.0, 1.0, 0, 0], [0, 0, 0, 0]])
    np.testing.assert_allclose(effective_items(weights), [4, 1, 16 / 10, 0])


def test_one_text_per_customer_is_not_shrunk() -> None:
    vectors = np.random.default_rng(0).standard_normal((50, 8)).astype(np.float32)
    pooled = pool(vectors, sp.eye_array(50, format="csr"))
    assert pooled.kappa == 0
    centred = vectors - vectors.mean(axis=0)
    np.testing.assert_allclose(pooled.vectors @ pooled.vectors.T, centred @ centred.T, atol=1e-4)


def test_kappa_is_the_planted_ratio_of_variances() -> None:
    rng = np.random.default_rng(1)
    customers, each, within, between = 2_000, 5, 3.0, 1.0
    tastes = rng.standard_normal((customers, 4)) * np.sqrt(between)
    texts = np.repeat(tastes, each, axis=0) + rng.standard_normal((customers * each, 4)) * np.sqrt(within)
    rows = np.repeat(np.arange(customers), each)
    weights = sp.csr_matrix((np.ones(len(rows)), (rows, np.arange(len(rows)))))
    pooled = pool(texts.astype(np.float32), weights)
    assert pooled.kappa == pytest.approx(within / between, rel=0.1)


def test_few_items_are_shrunk_more_and_no_text_is_zero() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [-1, 0], [-1, 0.1]], dtype=np.float32)
    weights = sp.csr_matrix(
        [[1.0, 1.0, 0, 0], [0, 0, 1.0, 1.0], [1.0, 0, 0, 0], [0, 0, 0, 1.0], [0, 0, 0, 0]]
    )
    pooled = pool(vectors, weights)
    lengths = np.linalg.norm(pooled.vectors, axis=1)
    assert pooled.kappa > 0 and lengths[2] < lengths[0] and lengths[4] == 0


def test_merely_having_such_a_text_is_no_taste() -> None:
    vectors = np.array([[3, 1], [3, -1]], dtype=np.float32)
    centred = vectors - mean_by_customers(vectors, sp.csr_matrix([[2.0, 0], [0, 9.0], [0, 0]]))
    np.testing.assert_allclose(centred, [[0, 1], [0, -1]])


def test_main_directions_come_first_with_a_fixed_sign() -> None:
    axes = principal_axes(np.diag([1.0, 5.0, 3.0]), 2)
    np.testing.assert_allclose(axes, [[0, 0], [1, 0], [0, 1]], atol=1e-12)


def test_smoothing_keeps_shape_and_length_and_draws_groups_together() -> None:
    rng = np.random.default_rng(2)
    centres = rng.standard_normal((2, 20)) * 3
    noisy = np.repeat(centres, 500, axis=0) + rng.standard_normal((1000, 20)) * 2
    vectors = (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)
    smoothed = learn_smoothing(vectors, np.arange(len(vectors))).smooth(vectors)
    assert smoothed.shape == vectors.shape
    np.testing.assert_allclose(np.linalg.norm(smoothed, axis=1), 1, rtol=1e-5)
    assert smoothed[:500].var(axis=0).sum() < 0.7 * vectors[:500].var(axis=0).sum()


def test_taste_is_what_both_halves_of_a_customers_purchases_have_in_common() -> None:
    texts = np.eye(4, dtype=np.float32)
    rng = np.random.default_rng(3)
    loyal = sp.csr_matrix(texts[rng.integers(0, 4, 200)])
    other = sp.csr_matrix(texts[rng.integers(0, 4, 200)])
    assert taste_of(texts, (loyal, loyal)).value == pytest.approx(1)
    assert taste_of(texts, (loyal, other)).value < 0.2
    only_once = sp.csr_matrix((200, 4))
    assert taste_of(texts, (loyal, only_once)).rows == 0
