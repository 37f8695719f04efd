"""KMeans of every k in one job: by hand, against scikit-learn, on cores as on torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from sklearn.cluster import KMeans

from segmentation.algorithms import sweep as engine
from segmentation.algorithms.arrays import Arrays, OnCores, OnTorch
from segmentation.algorithms.kmeans import Rows
from segmentation.algorithms.lloyd import Points, assign, lloyd
from segmentation.algorithms.seeding import one_fewer, one_more, one_moved, plus_plus

LINE = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)
AS_GOOD = 1.001


def start(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)[:, None]


def blobs(rows: int, d: int = 8) -> np.ndarray:
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(9, d)) * 1.2
    return (centres[rng.integers(0, 9, rows)] + rng.normal(size=(rows, d))).astype(np.float32)


def heavy_tails(rows: int, d: int = 8) -> np.ndarray:
    rng = np.random.default_rng(1)
    values = np.exp(rng.normal(size=(rows, 3)) @ rng.normal(size=(3, d)) + 0.5 * rng.normal(size=(rows, d)))
    return ((values - values.mean(axis=0)) / values.std(axis=0)).astype(np.float32)


@pytest.mark.parametrize("arrays", [OnCores(), OnTorch("cpu")])
def test_two_starts_of_different_k_run_together(arrays: Arrays) -> None:
    two, three = lloyd(Points.of(LINE, arrays), [start(9, 2), start(0, 1.5, 10)], 9, 0, keep_labels=True)
    np.testing.assert_allclose(two.centroids[:, 0], [10.5, 0.5])
    assert two.labels.tolist() == [1, 1, 0, 0]
    assert two.inertia == pytest.approx(4 * 0.25)
    np.testing.assert_allclose(three.centroids[:, 0], [0, 1, 10.5])
    assert three.sizes.tolist() == [1, 1, 2]
    assert three.inertia == pytest.approx(2 * 0.25, abs=1e-5)


def test_the_first_of_equally_near_centroids_wins() -> None:
    (fit,) = lloyd(Points.of(LINE), [start(5.5, 5.5, 5.5)], 1, 0, keep_labels=True)
    assert fit.labels.tolist() == [0, 0, 0, 0]


def test_an_empty_cluster_is_put_on_the_farthest_row() -> None:
    (fit,) = lloyd(Points.of(LINE), [start(1, 1)], 9, 0, keep_labels=True)
    assert sorted(fit.centroids[:, 0].tolist()) == [0.5, 10.5]


def test_a_weight_counts_as_that_many_rows() -> None:
    weights = np.array([3, 1, 1, 1], dtype=np.float32)
    once, weighted = Points.of(LINE[[0, 0, 0, 1, 2, 3]]), Points.of(LINE)
    weighted = Points(LINE, weighted.mean, weighted.norms, weights)
    (left,), (right,) = (lloyd(points, [start(0, 9)], 9, 0) for points in (once, weighted))
    np.testing.assert_allclose(left.centroids, right.centroids)
    assert right.inertia == pytest.approx(left.inertia, rel=1e-5)
    assert right.sizes.tolist() == [4, 2]


def test_a_coreset_holds_far_rows_and_weighs_as_much_as_all() -> None:
    rows = np.vstack([np.random.default_rng(0).normal(size=(20_000, 2)), [[900, 0]]]).astype(np.float32)
    points = Points.of(rows)
    small = points.sample(500, np.random.default_rng(0)).gathered()
    assert len(small.rows) == 500
    assert small.rows[:, 0].max() == 900
    assert small.total == pytest.approx(points.total, rel=0.05)
    assert small.weights is not None
    assert small.weights.sum() == pytest.approx(len(rows), rel=0.1)
    assert points.sample(len(rows), np.random.default_rng(0)) is points


def test_proposals_add_drop_and_move_where_it_helps() -> None:
    points, rng = Points.of(LINE), np.random.default_rng(0)
    assert one_more(points, start(0.5), 1, rng)[0][1, 0] >= 10
    assert one_fewer(points, start(0, 1, 10.5), 1)[0][:, 0].tolist() in ([0, 10.5], [1, 10.5])
    assert one_moved(points, start(0, 1), 1, rng)[0][1, 0] >= 10
    assert sorted(plus_plus(points, 4, rng)[:, 0].tolist()) == [0, 1, 10, 11]


@pytest.mark.parametrize("make", [blobs, heavy_tails])
def test_no_k_is_worse_than_the_best_of_ten_fits_by_scikit_learn(make: Callable[[int], np.ndarray]) -> None:
    matrix = make(2_000)
    for fit in engine.sweep(matrix, (2, 4, 7, 10), 0, len(matrix)):
        reference = KMeans(fit.k, n_init=10, random_state=0).fit(matrix)
        assert fit.inertia <= AS_GOOD * reference.inertia_


def test_rows_beyond_the_samples_cost_no_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = blobs(6_000)
    monkeypatch.setattr(engine, "SEARCH_ROWS", 2_000)
    monkeypatch.setattr(engine, "SETTLE_ROWS", 4_000)
    for fit in engine.sweep(matrix, (3, 8), 0, len(matrix)):
        reference = KMeans(fit.k, n_init=10, random_state=0).fit(matrix)
        assert fit.inertia <= AS_GOOD * reference.inertia_


def test_labels_centroids_and_inertia_belong_together() -> None:
    matrix = blobs(3_000)
    for fit in engine.sweep(matrix, (1, 7, 120), 0, len(matrix)):
        squares = ((matrix[:, None, :].astype(float) - fit.centroids) ** 2).sum(axis=2)
        np.testing.assert_array_equal(fit.labels, squares.argmin(axis=1))
        assert fit.inertia == pytest.approx(squares.min(axis=1).sum(), rel=1e-5)
        np.testing.assert_array_equal(fit.sizes, np.bincount(fit.labels, minlength=fit.k))
        assert fit.sizes.min() > 0


def test_the_number_of_cores_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = heavy_tails(2_500)
    two = engine.sweep(matrix, (2, 5), 3, len(matrix))
    monkeypatch.setattr("segmentation.algorithms.kmeans.os.cpu_count", lambda: 1)
    for left, right in zip(two, engine.sweep(matrix, (2, 5), 3, len(matrix)), strict=True):
        np.testing.assert_array_equal(left.labels, right.labels)
        np.testing.assert_array_equal(left.centroids, right.centroids)


def test_the_range_asked_for_changes_no_segment() -> None:
    matrix = blobs(2_500)
    wide = engine.sweep(matrix, range(2, 9), 3, len(matrix))[3]
    (narrow,) = engine.sweep(matrix, (5,), 3, len(matrix))
    np.testing.assert_array_equal(wide.labels, narrow.labels)


def test_torch_finds_the_same_segments() -> None:
    matrix = blobs(3_000)
    cores, torch = (
        engine.sweep(matrix, (3, 9), 0, len(matrix), arrays=a) for a in (OnCores(), OnTorch("cpu"))
    )
    for left, right in zip(cores, torch, strict=True):
        assert left.inertia == pytest.approx(right.inertia, rel=1e-4)
        assert (left.labels == right.labels).mean() > 0.99


class LittleMemory(OnTorch):
    """A device that holds a chunk of rows, and not all of them."""

    chunk_rows = 64

    def put(self, values: Rows) -> torch.Tensor:
        """Bring up to a chunk's rows."""
        if len(values) > self.chunk_rows:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return super().put(values)


def test_rows_without_room_on_a_device_are_brought_anew_and_it_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    matrix, starts = blobs(500), [blobs(4), blobs(7)]
    held, brought = (
        lloyd(Points.of(matrix, arrays), starts, 9, 0, keep_labels=True)
        for arrays in (OnTorch("cpu"), LittleMemory("cpu"))
    )
    assert "cannot hold 500 rows" in caplog.text
    for left, right in zip(held, brought, strict=True):
        np.testing.assert_array_equal(left.labels, right.labels)
        np.testing.assert_allclose(left.centroids, right.centroids, rtol=1e-4, atol=1e-5)


def test_a_device_fault_that_is_no_lack_of_memory_is_told() -> None:
    class Broken(OnTorch):
        def put(self, values: Rows) -> torch.Tensor:
            raise RuntimeError("device-side assert triggered")

    with pytest.raises(RuntimeError, match="assert triggered"):
        Points.of(LINE, Broken("cpu"))


@pytest.mark.parametrize("arrays", [OnCores(), OnTorch("cpu"), LittleMemory("cpu")])
def test_rows_are_assigned_to_the_nearest_of_each_set(arrays: Arrays) -> None:
    matrix, sets = blobs(200), [blobs(3), blobs(5)]
    labels = np.hstack([nearest for _, nearest in assign(Points.of(matrix, arrays), sets)])
    for mine, centroids in zip(labels, sets, strict=True):
        squares = ((matrix[:, None, :].astype(float) - centroids) ** 2).sum(axis=2)
        np.testing.assert_array_equal(mine, squares.argmin(axis=1))
    assert labels.dtype == np.uint8


def test_torch_measures_rows_as_numpy_does() -> None:
    matrix = heavy_tails(1_000) + np.float32(30)
    points = [Points.of(matrix, arrays) for arrays in (OnCores(), OnTorch("cpu"), LittleMemory("cpu"))]
    for other in points[1:]:
        np.testing.assert_allclose(other.mean, points[0].mean, rtol=1e-5)
        np.testing.assert_allclose(other.norms, points[0].norms, rtol=1e-3)
        assert other.total == pytest.approx(points[0].total, rel=1e-5)
