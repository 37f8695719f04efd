"""Differences of means: as statsmodels has them, and of money that most people do not spend."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.algorithms.effects.means import Moments, mean_difference, weighted_difference, welch

FIRST = np.array([0, 0, 0, 0, 0, 12.5, 0, 30, 0, 99])
OTHER = np.array([0, 0, 20.0, 0, 0, 5])
DRAWS = 1_000


def test_as_statsmodels_has_it() -> None:
    found = welch([(1.0, Moments.of(FIRST), Moments.of(OTHER))])
    assert found.value == pytest.approx(9.9833333)
    assert (found.low, found.high) == pytest.approx((-13.0478852, 33.0145519), abs=1e-6)


def test_the_wider_of_two_intervals_is_taken() -> None:
    """With one variance for both, as here it is wider, statsmodels has the same."""
    found = mean_difference(Moments.of(FIRST), Moments.of(OTHER))
    assert (found.low, found.high) == pytest.approx((-18.3715460, 38.3382127), abs=1e-6)


def test_twice_the_same_stratum_is_twice_as_much_and_surer() -> None:
    one, two = Moments.of(FIRST), Moments.of(OTHER)
    single, both = mean_difference(one, two), weighted_difference([(1.0, one, two), (1.0, one, two)])
    assert both.value == pytest.approx(2 * single.value)
    assert both.high - both.low < 2 * (single.high - single.low)


def test_where_nobody_paid_there_is_nothing_between() -> None:
    nobody = Moments.of(np.zeros(5))
    assert mean_difference(nobody, nobody).high == 0


@pytest.mark.parametrize(
    ("people", "held", "rate", "held_rate"),
    [
        (3_600, 400, 0.05, 0.05),
        (900, 100, 0.03, 0.02),
        (9_000, 1_000, 0.05, 0.04),
        (9_000, 1_000, 0.02, 0.03),
    ],
)
def test_it_covers_the_truth_of_heavy_tails_where_welch_does_not(
    people: int, held: int, rate: float, held_rate: float
) -> None:
    rng, truth = np.random.default_rng(0), (rate - held_rate) * np.exp(3.5 + 0.5)

    def paid(number: int, share: float) -> np.ndarray:
        return np.where(rng.random(number) < share, rng.lognormal(3.5, 1.0, number), 0.0)

    inside, by_welch = 0, 0
    for _ in range(DRAWS):
        first, other = Moments.of(paid(people, rate)), Moments.of(paid(held, held_rate))
        found, alone = mean_difference(first, other), welch([(1.0, first, other)])
        inside += found.low <= truth <= found.high
        by_welch += alone.low <= truth <= alone.high
    assert inside / DRAWS >= 0.94
    assert by_welch / DRAWS < 0.94
