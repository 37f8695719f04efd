"""Measures per k against scikit-learn and a direct clusterboot, and the map."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

from segmentation.clusters import map as flat_map
from segmentation.clusters.fit import sweep
from segmentation.clusters.quality import measure
from segmentation.clusters.stability import jaccard, resample
from segmentation.errors import Cancelled


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    """Give three groups, two of them close, of 200 customers."""
    rng = np.random.default_rng(0)
    centres = np.array([[0, 0, 0, 0], [3, 0, 0, 0], [0, 9, 0, 0]])
    return (centres[np.repeat([0, 1, 2], [90, 70, 40])] + rng.normal(size=(200, 4))).astype(np.float32)


def test_measures_equal_scikit_learn(matrix: np.ndarray) -> None:
    found = sweep(matrix, (1, 2, 3, 5), seed=0)
    quality = measure(matrix, found, seed=0)
    for k in (2, 3, 5):
        labels = found.labels[k]
        assert quality[k].silhouette == pytest.approx(silhouette_score(matrix, labels), abs=1e-4)
        assert quality[k].calinski_harabasz == pytest.approx(
            calinski_harabasz_score(matrix, labels), rel=1e-3
        )
        assert quality[k].davies_bouldin == pytest.approx(davies_bouldin_score(matrix, labels), rel=1e-3)
    assert quality[2].min_share == pytest.approx(0.2)
    assert np.isnan(quality[1].silhouette)
    assert quality[1].min_share == 1


def test_clear_groups_come_back_and_a_halved_one_does_not(matrix: np.ndarray) -> None:
    found = sweep(matrix, (2, 3, 6), seed=0)
    stability = jaccard(matrix, found, seed=0, resamples=10)
    assert stability[2].min() > 0.98
    assert 0.75 < stability[3].min() < 1
    assert stability[6].min() < 0.6


@pytest.mark.parametrize("k", [3, 7])  # the true number, and too many
def test_stability_equals_a_direct_clusterboot(matrix: np.ndarray, k: int) -> None:
    found = sweep(matrix, (k,), seed=0)
    rng = np.random.default_rng(5)
    direct = []
    for _ in range(100):
        rows = np.unique(rng.integers(0, len(matrix), len(matrix)))
        again = KMeans(k, n_init=5, random_state=int(rng.integers(1000))).fit(matrix[rows]).labels_
        new = [set(rows[again == label]) for label in range(k)]
        own = [set(rows[found.labels[k][rows] == label]) for label in range(k)]
        direct.append([max(len(one & other) / len(one | other) for other in new) for one in own])
    ours, theirs = resample(matrix, found, seed=0, resamples=100)[k].similarities, np.array(direct)
    error = np.sqrt((ours.var(axis=0) + theirs.var(axis=0)) / 100)
    assert (np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) <= 4 * error + 0.005).all()


def test_stability_is_repeatable_and_can_be_cancelled(matrix: np.ndarray) -> None:
    found = sweep(matrix, (2, 4), seed=0)
    first, second = (jaccard(matrix, found, seed=1, resamples=4) for _ in range(2))
    np.testing.assert_array_equal(first[4], second[4])

    def cancel(step: str, done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        jaccard(matrix, found, 1, 4, cancel)


def test_hardly_any_customers_have_a_stability_too() -> None:
    few = np.array([[0.0], [1.0], [9.0]], dtype=np.float32)
    stability = jaccard(few, sweep(few, (2, 3), seed=0), seed=0, resamples=5)
    assert ((stability[3] >= 0) & (stability[3] <= 1)).all()


def test_the_map_shows_the_two_widest_directions() -> None:
    matrix = np.array([[4, 0, 0], [-4, 0, 0], [0, 2, 0], [0, -2, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float32)
    shown = flat_map.project(matrix)
    np.testing.assert_allclose(shown.x, [4, -4, 0, 0, 0, 0], atol=1e-6)
    np.testing.assert_allclose(shown.y, [0, 0, 2, -2, 0, 0], atol=1e-6)
    assert shown.explained == pytest.approx((32 + 8) / (32 + 8 + 2))


def test_a_map_of_one_column_is_a_line() -> None:
    shown = flat_map.project(np.array([[1.0], [4.0], [1.0]], dtype=np.float32))
    np.testing.assert_allclose(shown.x, [-1, 2, -1])
    assert shown.y.tolist() == [0, 0, 0]


def test_a_large_map_is_a_stratified_sample() -> None:
    labels = np.repeat(np.array([0, 1, 2], dtype=np.uint8), [8_000, 1_990, 10])
    rows = flat_map.stratified_sample(labels, 1_000, seed=0)
    assert np.bincount(labels[rows]).tolist() == [798, 199, 1]
    assert (np.diff(rows) > 0).all()
    np.testing.assert_array_equal(rows, flat_map.stratified_sample(labels, 1_000, seed=0))
    assert flat_map.stratified_sample(labels, 10_000, seed=0).tolist() == list(range(10_000))


def test_the_density_counts_everybody_by_the_square_root() -> None:
    x = np.array([0, 0, 0, 0, 4, 2], dtype=np.float32)
    y = np.array([0, 0, 0, 0, 4, 0], dtype=np.float32)
    assert flat_map.density(x, y, 2).tolist() == [[255, 128], [0, 128]]
    assert flat_map.density(x[:1], y[:1], 2).tolist() == [[255, 0], [0, 0]]


@pytest.mark.parametrize("seed", range(5))
def test_those_inside_an_outline_see_it_turn_all_the_way_round(seed: int) -> None:
    rng = np.random.default_rng(seed)
    angles = np.sort(rng.uniform(0, 2 * np.pi, 12))
    star = np.column_stack([np.cos(angles), np.sin(angles)]) * rng.uniform(0.5, 2, (12, 1)) + [3, -1]
    x, y = rng.uniform(0, 6, 4_000).astype(np.float32), rng.uniform(-4, 2, 4_000).astype(np.float32)
    expected = [row for row, point in enumerate(zip(x, y, strict=True)) if winds_around(star, point)]
    assert flat_map.inside(x, y, star).tolist() == expected
    assert flat_map.inside(x, y, star[::-1]).tolist() == expected
    assert 0 < len(expected) < 4_000


def winds_around(outline: np.ndarray, point: tuple[float, float]) -> bool:
    """Say whether the angles at which a point sees the corners turn all the way round."""
    seen = np.arctan2(*(outline - np.array(point, dtype=np.float64)).T)
    turns = np.diff(np.append(seen, seen[0]))
    return abs(((turns + np.pi) % (2 * np.pi) - np.pi).sum()) > 1


def test_nobody_is_inside_a_line_and_unknown_places_are_outside() -> None:
    x, y = np.array([0, 1, np.nan], dtype=np.float32), np.array([0, 1, np.nan], dtype=np.float32)
    assert flat_map.inside(x, y, np.array([[-1, -1], [2, 2]])).tolist() == []
    assert flat_map.inside(x, y, np.array([[-1, -1], [2, -1], [2, 2], [-1, 2]])).tolist() == [0, 1]
    assert flat_map.inside(x, y, np.empty((0, 2))).tolist() == []
