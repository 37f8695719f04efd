"""How many segments: planted groups are counted, a continuum is never called groups, a spike is no gap."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.clusters.dealing import Chance, Dealt
from segmentation.clusters.fit import Sweep, sweep
from segmentation.clusters.gaps import gap_p_value, neighbours, spread_repeats
from segmentation.clusters.stability import Recovery, resample
from segmentation.clusters.stability_band import Band, stability_band
from segmentation.clusters.suggest import (
    EvidenceForK,
    Structure,
    Suggestion,
    beside_chance,
    choose,
    suggest,
)
from segmentation.features.own_ways import OwnWays

Make = Callable[[np.random.Generator], np.ndarray]


def suggest_for(matrix: np.ndarray, largest: int = 7) -> Suggestion:
    """Standardise, sweep, re-sample and suggest."""
    matrix = np.clip((matrix - matrix.mean(axis=0)) / matrix.std(axis=0), -3, 3).astype(np.float32)
    found = sweep(matrix, range(2, largest + 1), seed=0)
    return suggest(matrix, found, resample(matrix, found, seed=0, resamples=5), seed=0)


def planted(k: int, d: int, apart: float, seed: int) -> np.ndarray:
    """Make k groups of 6 % or more whose nearest centroids are `apart` within-group sd from each other."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(k, d))
    between = np.linalg.norm(centres[:, None] - centres, axis=2)[~np.eye(k, dtype=bool)]
    truth = rng.choice(k, 1_500, p=rng.dirichlet(np.full(k, 20)))
    return centres[truth] * apart / between.min() + rng.normal(size=(1_500, d))


@pytest.mark.parametrize(
    ("k", "d", "apart"), [(2, 3, 4.5), (3, 10, 4.5), (4, 20, 5), (5, 8, 5), (6, 30, 5.5)]
)
def test_planted_groups_are_counted(k: int, d: int, apart: float) -> None:
    suggestion = suggest_for(planted(k, d, apart, seed=k))
    assert (suggestion.k, suggestion.structure) == (k, Structure.SEGMENTS)
    assert suggestion.of(k).gaps
    assert suggestion.of(k).returns > 0.9


def one_factor(rng: np.random.Generator) -> np.ndarray:
    """Make five measurements of one hidden quantity."""
    return rng.normal(size=(1_500, 1)) + 0.4 * rng.normal(size=(1_500, 5))


def counts_and_spikes(rng: np.random.Generator) -> np.ndarray:
    """Make a shop's continuum: orders, spend, a rhythm missing at one order, a flag, a share often zero."""
    orders = 1 + rng.poisson(np.exp(rng.normal(size=1_500)))
    share = np.where(rng.random(1_500) < 0.6, 0, rng.uniform(0.2, 1, 1_500))
    rhythm = np.where(orders > 1, rng.normal(size=1_500), 0)
    spend = np.log(orders) + rng.normal(size=1_500)
    return np.column_stack([np.log1p(orders), spend, rhythm, rng.random(1_500) < 0.3, share])


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: rng.random((1_500, 4)),
        lambda rng: rng.normal(size=(1_500, 10)),
        lambda rng: rng.normal(size=(1_500, 6)) @ rng.normal(size=(6, 6)),
        lambda rng: rng.standard_t(5, size=(1_500, 8)),
        lambda rng: np.log1p(np.exp(rng.normal(size=(1_500, 5)) + 2)),
        one_factor,
        counts_and_spikes,
    ],
    ids=["uniform", "gaussian", "correlated", "t", "lognormal", "one factor", "counts and spikes"],
)
def test_a_continuum_is_never_called_groups(make: Make) -> None:
    assert suggest_for(make(np.random.default_rng(4))).structure != Structure.SEGMENTS


def test_stable_cuts_of_a_continuum_are_slices() -> None:
    assert suggest_for(one_factor(np.random.default_rng(0))).structure == Structure.SLICES


def facts(returns: dict[int, float], p_far: float = 9.0) -> Suggestion:
    """Suggest for one hump cut into equal pieces whose worst Jaccard is given per k."""
    matrix = np.sort(np.random.default_rng(0).normal(size=(400, 1)), axis=0).astype(np.float32)
    labels = {k: (np.arange(400) * k // 400).astype(np.uint8) for k in returns}
    centroids = {k: np.array([matrix[labels[k] == j].mean(axis=0) for j in range(k)]) for k in returns}
    made = Sweep(tuple(returns), labels, centroids, dict.fromkeys(returns, 1.0), 0)
    stability = {k: Recovery(np.array([[1.0] * (k - 1) + [worst]])) for k, worst in returns.items()}
    return suggest(matrix, made, stability, 0)


@pytest.mark.parametrize(
    ("returns", "k", "structure"),
    [
        ({2: 0.99, 3: 0.90, 4: 0.95, 5: 0.80}, 4, Structure.SLICES),  # the best of 3..8
        ({2: 0.99, 3: 0.99, 4: 0.70, 5: 0.97}, 5, Structure.SLICES),  # as good as the best, and more of them
        ({2: 0.99, 3: 0.70, 4: 0.60}, 3, Structure.NONE),  # 2 alone is always stable
        ({2: 0.50, 9: 0.90}, 9, Structure.NONE),  # nothing in 3..8: something must be shown
    ],
)
def test_without_gaps_the_cuts_that_come_back_best_are_shown(
    returns: dict[int, float], k: int, structure: Structure
) -> None:
    suggestion = facts(returns)
    assert (suggestion.k, suggestion.structure) == (k, structure)
    assert suggestion.of(k).returns == returns[k]
    assert suggestion.of(k).least_stable == k - 1


def test_neighbours_have_nobody_between_them() -> None:
    line = np.array([[0.0, 0.0], [4.0, 0.0], [9.0, 1.0]])
    assert list(neighbours(line)) == [(0, 1), (1, 2)]


def pair_p_value(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the p-value between segments 0 and 1."""
    centroids = np.array([matrix[labels == label].mean(axis=0) for label in (0, 1)])
    spread = spread_repeats(matrix.astype(np.float32), seed=1)
    return gap_p_value(spread, labels[spread.rows], centroids, (0, 1))


def test_a_spike_of_zeros_is_no_gap_but_a_gap_beside_one_is() -> None:
    rng = np.random.default_rng(0)
    spend = np.where(np.arange(600) < 300, 0, rng.normal(6, 1, 600))
    other = rng.normal(size=600)
    labels = (np.arange(600) >= 300).astype(np.uint8)
    assert pair_p_value(np.column_stack([spend, other]), labels) > 0.3
    assert pair_p_value(np.column_stack([spend, other + 5 * labels]), labels) < 0.01


def test_a_gap_among_those_who_have_a_value_counts_where_some_lack_it() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.array([0, 1], dtype=np.uint8), 300)
    taste = np.where(rng.random(600) < 0.3, 0, rng.normal(6 * labels - 3, 1, 600))
    assert pair_p_value(np.column_stack([taste, rng.normal(size=600)]), labels) < 0.01


def test_taking_the_customers_of_a_spike_out_makes_no_gap() -> None:
    rng = np.random.default_rng(0)
    spend = rng.normal(size=600)
    often_missing = np.where(np.abs(spend) < 0.6, 0, rng.normal(0, 0.1, 600))
    labels = (spend > 0).astype(np.uint8)
    assert pair_p_value(np.column_stack([spend, often_missing]), labels) > 0.3


def test_a_spike_at_the_end_of_a_group_hides_no_gap() -> None:
    rng = np.random.default_rng(0)
    few = np.where(rng.random(300) < 0.65, 1.0, rng.uniform(1, 1.6, 300))
    for many, gap in ((rng.normal(7, 1, 200), True), (rng.uniform(1.6, 9, 200), False)):
        items = np.concatenate([few, many])[:, None]
        assert (pair_p_value(items, (items[:, 0] > 4).astype(np.uint8)) < 0.05) == gap


def test_whole_numbers_make_no_gaps() -> None:
    stars = np.random.default_rng(0).binomial(30, 0.5, 2_000)[:, None].astype(np.float64)
    labels = (stars[:, 0] > 15).astype(np.uint8)
    assert pair_p_value(stars, labels) > 0.3


def evidence(k: int, returns: float, p: float = 0.5, low: float = 0.1, high: float = 0.5) -> EvidenceForK:
    """Make the evidence of one k."""
    return EvidenceForK(k, p, (0, 1), returns, 0, low, 0, 90, 100, high)


@pytest.mark.parametrize(
    ("found", "customers", "k"),
    [
        ([evidence(3, 0.95), evidence(4, 0.86), evidence(6, 0.85), evidence(7, 0.80)], 501, 6),
        ([evidence(3, 0.95), evidence(4, 0.80), evidence(5, 0.76), evidence(6, 0.74)], 501, 5),
        ([evidence(3, 0.95), evidence(4, 0.80), evidence(5, 0.76)], 500, 3),
        ([evidence(4, 0.90), evidence(5, 0.90, low=0.029), evidence(6, 0.90, high=0.91)], 501, 4),
        ([evidence(4, 0.70), evidence(5, 0.50), evidence(9, 0.99)], 501, 4),
        ([evidence(3, 0.80), evidence(4, 0.70), evidence(5, 0.50)], 501, 3),
    ],
    ids=["surely", "or else well", "few customers", "no sliver or giant", "nothing comes back", "only three"],
)
def test_the_largest_number_of_use_that_comes_back_is_suggested(
    found: list[EvidenceForK], customers: int, k: int
) -> None:
    assert choose(found, 0, customers=customers).k == k


def test_other_numbers_that_come_back_as_well_are_told() -> None:
    found = [evidence(4, 0.86), evidence(5, 0.95), evidence(6, 0.89), evidence(7, 0.86)]
    assert choose(found, 0, customers=900).as_good == (4, 5, 6)


def test_beside_two_groups_of_which_one_is_nearly_all_steady_slices_are_offered() -> None:
    coarse = evidence(2, 0.99, p=0.01, low=0.2, high=0.8)
    found = choose([coarse, evidence(4, 0.9), evidence(5, 0.88)], 0, customers=900)
    assert (found.k, found.structure, found.beside) == (2, Structure.SEGMENTS, 5)


def test_gaps_that_are_taken_back_leave_slices() -> None:
    found = choose([evidence(4, 0.9, p=0.01), evidence(5, 0.88)], 0, customers=900)
    assert (found.k, found.structure) == (4, Structure.SEGMENTS)
    left = beside_chance(found, Chance(4, own=0.5, dealt=0.48, what=Dealt.ORDERS))
    assert (left.k, left.structure, left.taken_back) == (5, Structure.SLICES, True)
    kept = beside_chance(found, Chance(4, own=0.6, dealt=0.48, what=Dealt.ORDERS))
    assert (kept.k, kept.structure, kept.taken_back) == (4, Structure.SEGMENTS, False)


@pytest.mark.parametrize(
    "known",
    [
        {"chance": Chance(4, own=0.5, dealt=0.5, what=Dealt.COLUMNS)},
        {"ways": OwnWays(orders=1.0, habit=0.05, any=False)},
    ],
)
def test_where_there_is_only_chance_steady_slices_and_gaps_are_nothing(known: dict) -> None:
    found = choose([evidence(4, 0.9, p=0.01), evidence(5, 0.9)], 0, customers=900)
    left = beside_chance(found, **known)
    assert (left.k, left.structure, left.as_good, left.nothing) == (5, Structure.NONE, (), True)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from([0.01, 0.5]), st.floats(0, 0.3), st.floats(0.3, 1)),
        min_size=1,
        max_size=9,
    ),
    st.integers(1, 2_000),
)
def test_nothing_doubtful_is_called_a_clear_group(
    drawn: list[tuple[float, float, float, float]], customers: int
) -> None:
    found = choose([evidence(k, *one) for k, one in enumerate(drawn, 2)], 0, customers=customers)
    steady = stability_band(found.of(found.k).returns) in (Band.STABLE, Band.VERY_STABLE)
    assert steady or found.structure == Structure.NONE
