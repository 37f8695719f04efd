"""The array algorithms on cases small enough for a pencil, and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

from segmentation.algorithms import kmeans
from segmentation.algorithms.pca import principal_components
from segmentation.algorithms.silhouette import distances, mean_silhouette

LINE = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)


def test_work_on_all_cores_comes_back_in_order_and_stops_when_asked() -> None:
    assert list(kmeans.on_all_cores(lambda number: number**2, range(6))) == [0, 1, 4, 9, 16, 25]
    done = kmeans.on_all_cores(lambda number: number, range(1000))
    assert next(done) == 0
    done.close()


def test_squared_distances_to_each_centroid() -> None:
    ((rows, squares),) = kmeans.squared_distances(LINE, np.array([[0.0], [10.0]], dtype=np.float32))
    assert rows == slice(0, 4)
    np.testing.assert_allclose(squares, [[0, 100], [1, 81], [100, 0], [121, 1]])


@pytest.mark.parametrize(("enough", "expected"), [(2, 3), (5, 3)])
def test_distinct_rows_are_counted(enough: int, expected: int) -> None:
    assert kmeans.count_distinct_rows(np.array([[1, 2], [1, 2], [2, 1], [0, 0]] * 30), enough) == expected


def test_silhouette_by_hand() -> None:
    # 0: own 1, other (10 + 11) / 2; 1: own 1, other (9 + 10) / 2; the far pair mirrors them
    expected = ((10.5 - 1) / 10.5 + (9.5 - 1) / 9.5) / 2
    assert mean_silhouette(distances(LINE), np.array([0, 0, 1, 1])) == pytest.approx(expected)


def test_silhouette_equals_scikit_learn_with_a_cluster_of_one() -> None:
    points = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
    labels = np.array([0] * 29 + [1] * 30 + [4])
    assert mean_silhouette(distances(points), labels) == pytest.approx(
        silhouette_score(points, labels), abs=1e-5
    )
    assert np.isnan(mean_silhouette(distances(points), np.zeros(60, dtype=int)))


def test_principal_components_equal_scikit_learn_up_to_sign() -> None:
    points = np.random.default_rng(0).normal(size=(200, 4)) @ np.diag([5, 3, 1, 0.5]) + 7
    ours, theirs = principal_components(points, 2), PCA(2).fit(points)
    np.testing.assert_allclose(np.abs(ours.axes), np.abs(theirs.components_), atol=1e-8)
    np.testing.assert_allclose(ours.shares, theirs.explained_variance_ratio_)
    assert (ours.axes[np.arange(2), np.abs(ours.axes).argmax(axis=1)] > 0).all()
