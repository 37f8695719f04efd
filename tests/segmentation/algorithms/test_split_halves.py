"""Split halves: planted reliabilities are found, and noise has none."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.algorithms.split_halves import Reliability, split_half_reliability


@pytest.mark.parametrize(("noise", "expected"), [(0.0, 1.0), (1.0, 2 / 3), (2.0, 0.5)])
def test_the_planted_reliability_is_found(noise: float, expected: float) -> None:
    rng = np.random.default_rng(0)
    own = rng.normal(size=(20_000, 3))
    halves = [own + rng.normal(size=own.shape) * np.sqrt(noise) for _ in range(2)]
    found = split_half_reliability(halves[0], halves[1])
    assert found.value == pytest.approx(expected, abs=0.02)
    assert found.rows == 20_000


def test_opposite_halves_and_no_halves_have_none() -> None:
    values = np.arange(10.0)[:, None]
    assert split_half_reliability(values, -values) == Reliability(0.0, 10)
    assert split_half_reliability(values[:1], values[:1]) == Reliability(0.0, 1)
    assert split_half_reliability(values * 0, values) == Reliability(0.0, 10)
