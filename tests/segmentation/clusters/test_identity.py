"""Labels that keep their meaning: from the run before first, then from k to k + 1."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from segmentation.clusters.fit import Sweep, sweep
from segmentation.clusters.identity import align, jaccard_matrix, matched


def made(labels: dict[int, list[int]]) -> Sweep:
    """Make a sweep whose centroid j is the number j, so that its order shows."""
    return Sweep(
        tuple(labels),
        {k: np.array(values, dtype=np.uint8) for k, values in labels.items()},
        {k: np.arange(k, dtype=np.float32)[:, None] for k in labels},
        dict.fromkeys(labels, 1.0),
        0,
    )


def test_labels_follow_their_segment_from_k_to_k() -> None:
    aligned = align(made({2: [1, 1, 1, 1, 0, 0], 3: [1, 1, 2, 2, 0, 0], 4: [3, 0, 1, 1, 2, 2]}))
    assert aligned.labels[2].tolist() == [0, 0, 0, 0, 1, 1]  # largest first
    assert aligned.labels[3].tolist() == [0, 0, 2, 2, 1, 1]  # halves tie: the first keeps the label
    assert aligned.labels[4].tolist() == [3, 0, 2, 2, 1, 1]
    assert aligned.centroids[3][:, 0].tolist() == [1, 0, 2]


def test_new_segments_of_a_jump_in_k_come_by_size() -> None:
    aligned = align(made({2: [0, 0, 0, 0, 0, 0, 1], 4: [0, 0, 0, 2, 3, 3, 1]}))
    assert aligned.labels[4].tolist() == [0, 0, 0, 3, 2, 2, 1]


def test_aligning_changes_names_only() -> None:
    matrix = np.random.default_rng(2).normal(size=(130, 3)).astype(np.float32)
    found = sweep(matrix, range(2, 8), seed=0)
    aligned = align(found)
    for k in found.ks:
        assert adjusted_rand_score(found.labels[k], aligned.labels[k]) == 1
        own = np.linalg.norm(matrix - aligned.centroids[k][aligned.labels[k]], axis=1)
        np.testing.assert_allclose((own**2).sum(), found.inertia[k], rtol=1e-4)


def test_jaccard_of_every_pair() -> None:
    left, right = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    np.testing.assert_allclose(jaccard_matrix(left, 2, right, 2), [[2 / 3, 1 / 4], [0, 1 / 2]])


def test_a_new_run_keeps_the_labels_of_the_run_before() -> None:
    found = made({2: [0, 0, 0, 0, 1, 1], 3: [0, 0, 2, 2, 1, 1]})
    before = {2: np.array([1, 1, 1, -1, 0, 0]), 3: np.array([2, 2, 1, -1, 0, 0])}
    aligned = align(found, before)
    assert aligned.labels[2].tolist() == [1, 1, 1, 1, 0, 0]
    assert aligned.labels[3].tolist() == [2, 2, 1, 1, 0, 0]


def test_a_run_before_without_common_customers_changes_nothing() -> None:
    found = made({2: [0, 0, 1, 1, 1, 1], 3: [0, 0, 2, 2, 1, 1]})
    unknown = {2: np.full(6, -1), 9: np.zeros(6, dtype=int)}
    assert align(found, unknown).labels[3].tolist() == align(found).labels[3].tolist()


def test_the_run_before_wins_over_the_chain_where_sizes_change_their_order() -> None:
    """Two of three segments were the largest and the smallest and are now the other way round."""
    was = np.repeat([0, 1, 2], [60, 30, 10])
    is_now = np.concatenate([np.repeat([2], 25), np.repeat([1], 35), np.repeat([0], 30), np.repeat([2], 10)])
    found = made({2: [0] * 60 + [1] * 40, 3: is_now.tolist()})
    aligned = align(found, {2: np.repeat([1, 0], [60, 40]), 3: was})
    assert aligned.labels[2].tolist() == [1] * 60 + [0] * 40
    # Of 0 at most 35 stay (as 1); then 30 of 1 (as 0), and the ten of 2 as they were: 75 of 100.
    assert (aligned.labels[3] == was).sum() == 75


def test_a_chain_that_says_otherwise_moves_nobody() -> None:
    """By k = 2 alone the large half would be 0; the run before called it 1, at k = 3 only."""
    found = made({2: [0] * 6 + [1] * 4, 3: [0] * 6 + [1, 1, 2, 2]})
    before = {3: np.array([1] * 6 + [2, 2, 0, 0])}
    assert align(found, before).labels[3].tolist() == before[3].tolist()


def test_only_what_is_new_goes_by_the_chain() -> None:
    found = made({2: [0, 0, 0, 0, 1, 1, 1], 4: [3, 3, 2, 2, 0, 0, 1]})
    before = {4: np.array([2, 2, -1, -1, -1, -1, -1])}
    # 3 keeps its label 2; of the rest the pair of the second half stays 1, and the other pair is the largest.
    assert align(found, before).labels[4].tolist() == [2, 2, 0, 0, 1, 1, 3]


labellings = st.integers(1, 6).flatmap(
    lambda k: st.tuples(
        st.just(k),
        st.lists(st.tuples(st.integers(-1, k - 1), st.integers(0, k - 1)), min_size=1, max_size=40),
        st.permutations(range(k)),
    )
)


@given(labellings)
def test_relabelling_the_run_before_changes_nothing(
    drawn: tuple[int, list[tuple[int, int]], list[int]],
) -> None:
    k, pairs, renamed = drawn
    before, now = np.array(pairs).T
    found = made({k: now.tolist()})
    kept = align(found, {k: before}).labels[k]
    called_otherwise = np.where(before < 0, -1, np.array(renamed)[before])
    again = align(found, {k: called_otherwise}).labels[k]
    for label in set(before[before >= 0].tolist()):
        np.testing.assert_array_equal(again == renamed[label], kept == label)


@given(labellings)
def test_no_other_names_would_keep_more_customers(
    drawn: tuple[int, list[tuple[int, int]], list[int]],
) -> None:
    k, pairs, renamed = drawn
    before, now = np.array(pairs).T
    aligned = align(made({k: now.tolist()}), {k: before}).labels[k]
    assert (aligned == before).sum() >= (np.array(renamed)[now] == before).sum()
    assert adjusted_rand_score(now, aligned) == 1


@given(labellings)
def test_the_order_of_what_was_found_changes_no_partition(
    drawn: tuple[int, list[tuple[int, int]], list[int]],
) -> None:
    """Each label means one set of customers and one centroid, whatever the sweep called it."""
    k, pairs, renamed = drawn
    now = np.array(pairs).T[1]
    aligned = align(made({k: [renamed[label] for label in now]}))
    for label in range(k):
        was = int(aligned.centroids[k][label, 0])
        np.testing.assert_array_equal(np.array(renamed)[now] == was, aligned.labels[k] == label)


def test_matches_share_somebody() -> None:
    left, right = np.array([0, 0, 0, 1, 2]), np.array([1, 1, 0, 1, 0])
    assert matched(left, 3, right, 3).tolist() == [1, -1, 0]
