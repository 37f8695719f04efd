"""Typical and edge customers: by hand on a line, and as properties of any space."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.clusters.borderline import nearness
from segmentation.insight.facts.typical_customers import show_customers

LINE = np.array([[0], [1], [4], [9], [10], [20], [11]], dtype=np.float32)
CENTROIDS = np.array([[1], [10], [20]], dtype=np.float32)
LABELS = np.array([0, 0, 0, 1, 1, 2, 1], dtype=np.uint8)
SURE = np.array([1, 0.75, 0.5, 1, 1, 1, 1], dtype=np.float32)


def test_customers_on_a_line() -> None:
    first, second, third = show_customers(nearness(LINE, CENTROIDS, LABELS), SURE, LABELS, 3, count=2)
    assert first.typical.tolist() == [1, 0]
    assert first.edge.tolist() == [2, 1]
    assert first.second.tolist() == [1, 1]
    assert first.confidence.tolist() == [0.5, 0.75]
    assert second.typical.tolist() == [4, 3]
    assert second.second.tolist() == [0, 2]
    assert third.typical.tolist() == third.edge.tolist() == [5]


def test_one_segment_has_no_edge_and_an_empty_one_nobody() -> None:
    everyone = np.zeros(7, dtype=np.uint8)
    whole = show_customers(nearness(LINE, CENTROIDS[:1], everyone), SURE, everyone, 1, count=3)[0]
    assert whole.typical.tolist() == [1, 0, 2]
    assert whole.edge.tolist() == []
    nobody = show_customers(nearness(LINE, CENTROIDS, everyone), SURE, everyone, 3)[2]
    assert nobody.typical.tolist() == nobody.edge.tolist() == []


@settings(max_examples=60)
@given(st.integers(2, 5), st.integers(6, 60), st.integers(1, 8), st.integers(0, 1000))
def test_nobody_is_nearer_or_less_sure_than_those_shown(k: int, rows: int, count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.integers(0, 4, (rows, 3)).astype(np.float32)
    centroids = rng.integers(0, 4, (k, 3)).astype(np.float32)
    labels = rng.integers(0, k, rows)
    sure = rng.integers(0, 4, rows) / 4
    near = nearness(matrix, centroids, labels)
    for shown in show_customers(near, sure, labels, k, count):
        members = np.flatnonzero(labels == shown.segment)
        for picked, by in ((shown.typical, [near.own]), (shown.edge, [sure, near.margin])):
            expected = sorted(members, key=lambda place, by=by: [*(one[place] for one in by), place])[:count]
            assert picked.tolist() == expected
    assert (near.second != labels).all()
