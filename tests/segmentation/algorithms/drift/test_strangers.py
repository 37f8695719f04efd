"""Who is unlike anybody: more than chance, and together or each alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from segmentation.algorithms.drift.strangers import count_strangers, own_group

MIDDLES = np.array([[0.0, 0.0, 0.0], [6.0, 0.0, 0.0]], dtype=np.float32)


def test_the_low_end_is_the_exact_one_sided_interval() -> None:
    found = count_strangers(np.arange(400) < 17)
    expected = binomtest(17, 400, alternative="greater").proportion_ci(0.95).low
    assert (found.far, found.rows) == (17, 400)
    assert found.low == pytest.approx(expected)


def test_one_of_a_hundred_is_no_news_and_five_are() -> None:
    assert not count_strangers(np.arange(2_000) < 20).is_news
    assert count_strangers(np.arange(2_000) < 100).is_news
    assert not count_strangers(np.zeros(0, dtype=bool)).is_news
    assert not count_strangers(np.zeros(50, dtype=bool)).is_news


def test_far_rows_around_one_place_are_a_group_of_their_own() -> None:
    rng = np.random.default_rng(0)
    together = rng.normal([3.0, 9.0, 0.0], 1.0, (40, 3))
    alone = np.array([[0.0, -9.0, 0.0], [6.0, 0.0, 9.0]])
    found = own_group(np.vstack([together, alone]).astype(np.float32), MIDDLES, 0)
    assert found.is_one
    assert found.members[:40].all()
    assert not found.members[40:].any()
    assert found.centre == pytest.approx([3.0, 9.0, 0.0], abs=0.6)


def test_far_rows_on_all_sides_are_no_group() -> None:
    rng = np.random.default_rng(1)
    ways = rng.normal(size=(200, 3))
    around = 5 * ways / np.linalg.norm(ways, axis=1, keepdims=True)
    assert not own_group(around.astype(np.float32), np.zeros((1, 3), dtype=np.float32), 0).is_one


def test_the_order_of_many_rows_does_not_decide_who_is_together() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal([3.0, 9.0, 0.0], 1.0, (1_500, 3)).astype(np.float32)
    shuffled = rng.permutation(len(rows))
    one, other = own_group(rows, MIDDLES, 0), own_group(rows[shuffled], MIDDLES, 0)
    assert (one.members[shuffled] == other.members).mean() > 0.99
