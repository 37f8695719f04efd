"""The share that groups explain: by hand, against a direct computation, and where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.algorithms.explained import (
    Estimate,
    halves,
    held_out_errors,
    merge_groups,
    resampled_sums,
    share_explained,
    share_gained,
    squared_errors,
)


def test_means_come_from_one_half_only() -> None:
    outcome = np.array([1.0, 3.0, 10.0, 0.0, 12.0, 5.0])
    labels = np.array([0, 0, 1, 0, 1, 2])
    known = np.array([True, True, True, False, False, False])
    # means 2 and 10; nobody of group 2 is known, so that the mean of all known, 14/3, stands for it
    assert squared_errors(outcome, labels, known) == pytest.approx([4.0, 4.0, (5 - 14 / 3) ** 2])
    both = held_out_errors(outcome[:5], labels[:5], known[None, :5])
    assert both.tolist() == [1.0, 9.0, 4.0, 4.0, 4.0]


def share(outcome: np.ndarray, labels: np.ndarray) -> Estimate:
    parted = halves(len(outcome), 0)
    errors = [held_out_errors(outcome, one, parted) for one in (np.zeros_like(labels), labels)]
    base, sums = resampled_sums(np.stack(errors, axis=1), 0).T
    return share_explained(sums, base)


def test_the_share_is_that_of_the_variance_between_groups() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 4, 4_000)
    outcome = 2.0 * labels + rng.normal(scale=3.0, size=4_000)
    truth = 5.0 / (5.0 + 9.0)
    estimate = share(outcome, labels)
    assert estimate.value == pytest.approx(truth, abs=0.03)
    assert estimate.low < truth < estimate.high
    assert 0.02 < estimate.high - estimate.low < 0.08


def test_groups_made_by_chance_explain_nothing() -> None:
    rng = np.random.default_rng(2)
    estimates = [share(rng.exponential(size=500), rng.integers(0, 6, 500)) for _ in range(20)]
    assert max(estimate.value for estimate in estimates) < 0.02
    assert np.mean([estimate.value for estimate in estimates]) < 0


def test_an_outcome_that_never_varies_is_explained_by_nothing() -> None:
    assert share(np.ones(50), np.arange(50) % 2) == Estimate(0.0, 0.0, 0.0)


def test_a_gain_is_the_difference_of_two_shares() -> None:
    sums, other, base = np.array([5.0, 4.0, 6.0]), np.array([8.0, 8.0, 8.0]), np.array([10.0, 10.0, 10.0])
    gain = share_gained(sums, other, base)
    assert gain.value == pytest.approx(0.3)
    assert 0.2 <= gain.low < gain.high <= 0.4
    assert gain.above_nothing
    assert not gain.below_nothing


@pytest.mark.parametrize(("low", "above"), [(-0.01, False), (0.0004, False), (0.0006, True)])
def test_an_end_that_is_written_as_zero_is_not_above_nothing(low: float, above: bool) -> None:
    assert Estimate(0.015, low, 0.03).above_nothing is above
    assert Estimate(-0.015, -0.03, -low).below_nothing is above


def test_the_nearest_groups_are_merged_first() -> None:
    labels = np.array([0, 0, 3, 3, 5, 5, 9])
    points = np.array([[0.0], [0.0], [1.0], [1.0], [9.0], [9.0], [4.0]])
    assert merge_groups(labels, points, 3).tolist() == [0, 0, 0, 0, 1, 1, 2]
    assert merge_groups(labels, points, 2).tolist() == [0, 0, 0, 0, 1, 1, 0]
    assert merge_groups(labels, points, 8).tolist() == [0, 0, 1, 1, 2, 2, 3]
