"""Counts that differ more than by chance, where nobody with none is seen."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.algorithms.dispersion import Dispersion, dispersion_of_seen


@pytest.mark.parametrize("rate", [0.1, 1.0, 6.0, 30.0])
def test_chance_alone_differs_as_much_as_chance(rate: float) -> None:
    counts = np.random.default_rng(0).poisson(rate, 20_000)
    found = dispersion_of_seen(counts[counts > 0])
    assert found.ratio == pytest.approx(1, abs=0.1)
    assert abs(found.errors) < 3


def test_two_kinds_of_customers_differ_more() -> None:
    counts = np.random.default_rng(0).poisson(np.repeat([2.0, 6.0], 300))
    found = dispersion_of_seen(counts[counts > 0])
    assert found.ratio > 1.5
    assert found.errors > 3


def test_all_alike_are_as_even_as_can_be() -> None:
    assert dispersion_of_seen(np.ones(10)) == Dispersion(1.0, 0.0)
    assert dispersion_of_seen(np.full(10, 4)).ratio == 0
