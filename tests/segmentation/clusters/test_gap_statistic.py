"""The gap statistic against a direct computation, and what its rule of one standard error chooses."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from segmentation.clusters.gap_statistic import REFERENCES, STEP, Gap, gap_choice, gap_statistics
from segmentation.errors import Cancelled


def groups(count: int, apart: float = 8) -> np.ndarray:
    """Give groups of 100 customers each, stretched along one direction."""
    rng = np.random.default_rng(3)
    centres = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])[:count] * apart
    points = np.repeat(centres, 100, axis=0) + rng.normal(size=(100 * count, 2))
    return (points @ np.array([[1, 0.4], [0.4, 1]])).astype(np.float32)


def test_it_equals_a_direct_computation_within_the_error_of_the_draws() -> None:
    matrix, ks = groups(3), (2, 3, 4)

    def log_inertia(points: np.ndarray, k: int) -> float:
        return float(np.log(KMeans(k, n_init=5, random_state=0).fit(points).inertia_))

    rotated = PCA().fit_transform(matrix)
    rng = np.random.default_rng(9)
    references = [rng.uniform(rotated.min(axis=0), rotated.max(axis=0), rotated.shape) for _ in range(12)]
    found = gap_statistics(matrix, ks, seed=0)
    for k in ks:
        logs = [log_inertia(reference, k) for reference in references]
        error = np.std(logs) * np.sqrt(1 / 12 + 1 / REFERENCES)
        assert found[k].gap == pytest.approx(np.mean(logs) - log_inertia(matrix, k), abs=3 * error)
        assert np.std(logs) / 3 < found[k].error < 3 * np.std(logs)


def test_it_chooses_the_groups_that_are_there() -> None:
    for count in (2, 3, 4):
        assert gap_choice(gap_statistics(groups(count), range(2, 6), seed=0)) == count
    even = np.random.default_rng(0).random((400, 2)).astype(np.float32)
    assert gap_choice(gap_statistics(even, range(1, 4), seed=0)) == 1


def test_the_smallest_number_within_a_standard_error_of_the_next_is_chosen() -> None:
    assert gap_choice({2: Gap(1.0, 0.1), 3: Gap(1.2, 0.1), 4: Gap(1.25, 0.06), 5: Gap(2.0, 0.1)}) == 3
    assert gap_choice({2: Gap(1.0, 0.1), 3: Gap(2.0, 0.1)}) is None
    assert gap_choice({2: Gap(1.0, 0.1)}) is None


def test_it_is_not_taken_where_as_few_customers_differ_or_for_very_many_segments() -> None:
    few = np.repeat(np.array([[0.0], [1.0], [9.0]], dtype=np.float32), 5, axis=0)
    found = gap_statistics(few, (2, 3), seed=0)
    assert np.isfinite([found[2].gap, found[2].error]).all()
    assert np.isnan([found[3].gap, found[3].error]).all()
    assert np.isnan(gap_statistics(groups(3), (77,), seed=0)[77].gap)


def test_many_customers_are_sampled_the_same_way_each_time() -> None:
    matrix = np.random.default_rng(1).normal(size=(5_000, 3)).astype(np.float32)
    assert gap_statistics(matrix, (2, 3), seed=4) == gap_statistics(matrix, (2, 3), seed=4)


def test_it_tells_how_far_it_is_and_can_be_cancelled() -> None:
    def cancel(step: str, done: int, total: int) -> None:
        assert (step, total) == (STEP, REFERENCES + 1)
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        gap_statistics(groups(2), (2, 3), 0, cancel)
