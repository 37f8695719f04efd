"""KMeans for every k: the same on every run, every row with the nearest centroid."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.algorithms import sweep as engine
from segmentation.clusters.borderline import nearness
from segmentation.clusters.fit import sweep
from segmentation.errors import Cancelled, OptionError, TooFewCustomersError


def blobs(sizes: tuple[int, ...], apart: float = 8.0, d: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Make Gaussian groups of these sizes along the diagonals; return matrix and true groups."""
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    centres = np.eye(len(sizes), max(d, len(sizes))) * apart
    return (centres[truth] + rng.normal(size=(len(truth), centres.shape[1]))).astype(np.float32), truth


def test_blobs_are_found_at_their_number() -> None:
    matrix, truth = blobs((60, 40, 30))
    found = sweep(matrix, range(2, 6), seed=0)
    assert found.ks == (2, 3, 4, 5)
    assert adjusted_rand_score(truth, found.labels[3]) == 1
    assert found.labels[3].dtype == np.uint8
    assert found.centroids[5].shape == (5, 3)
    assert found.centroids[5].dtype == np.float32
    residual = matrix - found.centroids[3][found.labels[3]]
    assert found.inertia[3] == pytest.approx(float((residual**2).sum()), rel=1e-4)


def test_same_seed_gives_identical_labels_however_many_k() -> None:
    matrix = np.random.default_rng(1).normal(size=(3_000, 6)).astype(np.float32)
    first, second = sweep(matrix, range(2, 6), seed=3), sweep(matrix, (4,), seed=3)
    np.testing.assert_array_equal(first.labels[4], second.labels[4])
    np.testing.assert_array_equal(first.centroids[4], second.centroids[4])


def test_many_customers_are_fitted_on_a_sample_and_all_assigned(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix, truth = blobs((600, 400, 300))
    monkeypatch.setattr(engine, "SEARCH_ROWS", 100)
    monkeypatch.setattr(engine, "SETTLE_ROWS", 200)
    found = sweep(matrix, (3,), seed=0)
    assert adjusted_rand_score(truth, found.labels[3]) == 1
    means = np.array([matrix[found.labels[3] == label].mean(axis=0) for label in range(3)])
    np.testing.assert_allclose(found.centroids[3], means, atol=1e-4)


def test_k_above_the_distinct_rows_is_dropped_and_said_where_none_is_left() -> None:
    matrix = np.array([[0, 0], [0, 0], [1, 1], [5, 5]] * 3, dtype=np.float32)
    assert sweep(matrix, range(2, 9), seed=0).ks == (2, 3)
    with pytest.raises(TooFewCustomersError, match="12 customers, of whom 3 differ"):
        sweep(matrix, (4,), seed=0)
    with pytest.raises(OptionError):
        sweep(matrix, (256,), seed=0)


def test_progress_is_told_and_cancel_passes_through() -> None:
    matrix, _ = blobs((30, 30))
    told: list[tuple[int, int]] = []
    sweep(matrix, (2, 3), 0, lambda step, done, total: told.append((done, total)))
    assert told[0] == (0, engine.STEPS)
    assert told[-1] == (engine.STEPS, engine.STEPS)
    assert told == sorted(told)

    def cancel(step: str, done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        sweep(matrix, (2, 3), 0, cancel)


def test_nearness_by_hand() -> None:
    matrix = np.array([[0.0], [1.0], [2.0]], dtype=np.float32)
    centroids = np.array([[0.0], [4.0]], dtype=np.float32)
    near = nearness(matrix, centroids, np.array([0, 0, 0]))
    np.testing.assert_allclose(near.margin, [1, 1 - 1 / 3, 0])
    assert near.second.tolist() == [1, 1, 1]
    assert near.own.tolist() == [0, 1, 4]
    alone = nearness(matrix, centroids[:1], np.zeros(3, dtype=np.uint8))
    assert alone.margin.tolist() == [1, 1, 1]
    assert alone.second.tolist() == [0, 0, 0]
