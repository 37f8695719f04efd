"""How many customers that nobody has seen are told to be unlike anybody."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.algorithms.kmeans import find_nearest
from segmentation.clusters.fit import settle, sweep
from segmentation.clusters.reach import beyond, reaches


def customers(number: int, seed: int) -> np.ndarray:
    """Draw customers of five kinds in twelve columns."""
    rng = np.random.default_rng(seed)
    middles = np.random.default_rng(0).standard_normal((5, 12)) * 1.5
    return (middles[rng.integers(0, 5, number)] + rng.standard_normal((number, 12))).astype(np.float32)


@pytest.mark.parametrize(("number", "shops"), [(500, 8), (5_000, 3)])
def test_about_one_in_a_hundred_new_customers_is_unlike_anybody(number: int, shops: int) -> None:
    shares = []
    for shop in range(shops):
        seen = customers(number, shop + 1)
        swept = sweep(seen, [5], seed=0)
        new = find_nearest(customers(20_000, 1_000 + shop), swept.centroids[5])
        shares.append(float(beyond(new, reaches(seen, swept, seed=0)[5]).mean()))
    assert np.mean(shares) == pytest.approx(0.01, abs=0.004)


def test_customers_of_another_kind_are_unlike_anybody() -> None:
    seen = customers(1_000, 1)
    swept = sweep(seen, [3, 5], seed=0)
    reach = reaches(seen, swept, seed=0)
    strangers = (np.full((50, 12), 6.0) + np.random.default_rng(3).standard_normal((50, 12))).astype(
        np.float32
    )
    for k in (3, 5):
        assert beyond(find_nearest(strangers, swept.centroids[k]), reach[k]).all()


def test_a_segment_does_not_depend_on_who_else_there_is() -> None:
    rows = np.random.default_rng(4).standard_normal((20_000, 9)).astype(np.float32)
    centroids = np.random.default_rng(5).standard_normal((6, 9)).astype(np.float32)
    together = find_nearest(rows, centroids)
    for some in (slice(0, 1), slice(8_000, 8_500), slice(3, None, 7)):
        alone = find_nearest(rows[some], centroids)
        np.testing.assert_array_equal(alone.first, together.first[some])
        np.testing.assert_array_equal(alone.distance, together.distance[some])
        np.testing.assert_array_equal(alone.to_second, together.to_second[some])


def test_settling_moves_only_those_between_two_segments() -> None:
    seen = customers(3_000, 2)
    swept = sweep(seen, [4, 6], seed=1)
    settled = settle(swept, seen)
    for k in (4, 6):
        np.testing.assert_array_equal(settled.labels[k], find_nearest(seen, swept.centroids[k]).first)
