"""Ranking, calibration and lift, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from segmentation.algorithms.risk import area, judge, lead_in_area


def test_the_area_counts_ties_half() -> None:
    score, came = np.array([0.1, 0.4, 0.4, 0.9]), np.array([0, 0, 1, 1.0])
    assert area(score, came) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert area(score, np.ones(4)) is area(score, np.zeros(4)) is None


def test_the_area_is_the_usual_one() -> None:
    rng = np.random.default_rng(0)
    came = rng.integers(0, 2, 500).astype(float)
    score = came * 0.3 + rng.random(500).round(1)
    assert area(score, came) == pytest.approx(roc_auc_score(came, score))


def test_tenths_fall_and_hold_everyone() -> None:
    probability = np.linspace(0, 1, 40)
    came = (np.arange(40) >= 20).astype(float)
    found = judge(probability, came)
    assert found.auc == 1
    assert [one.cases for one in found.tenths] == [4] * 10
    assert [one.came for one in found.tenths] == [1] * 5 + [0] * 5
    assert found.tenths[0].lift == 2
    assert found.tenths[0].said == pytest.approx(probability[-4:].mean())
    assert found.brier == pytest.approx(((probability - came) ** 2).mean())


def test_a_lead_beyond_chance_is_told_from_one_within_it() -> None:
    came = np.tile([0.0, 1.0], 200)
    rng = np.random.default_rng(1)
    good, noise = came + rng.normal(size=400), rng.normal(size=400)
    low, high = lead_in_area(good, noise, came)
    lead = (area(good, came) or 0) - (area(noise, came) or 0)
    assert (low + high) / 2 == pytest.approx(lead)
    assert 0 < low < high
    assert lead_in_area(good, good * 2 + 1, came) == (0.0, 0.0)
    low, high = lead_in_area(noise, rng.normal(size=400), came)
    assert low < 0 < high
