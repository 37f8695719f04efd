"""How many segments, on a battery: planted groups are counted, and what has no groups is not called groups.

The method was tuned on the sets of seed 1; these tests score it on those of another seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from segmentation.algorithms.scale import signed_log
from segmentation.clusters.fit import sweep
from segmentation.clusters.space_columns import CLIP
from segmentation.clusters.stability import resample
from segmentation.clusters.suggest import Structure, Suggestion, suggest

TUNED_ON, SCORED_ON = 1, 2
SETS = 42
CUSTOMERS = (1_000, 2_000)
KS = range(2, 11)
RESAMPLES = 10
FARTHEST_TO_NEAREST = 2.5
RECOVERABLE = 0.85
SECONDS = 3_600


@dataclass(frozen=True)
class Planted:
    """A set with known groups: float32 (n, d), and how many there are."""

    matrix: np.ndarray
    k: int
    told: str


def standardised(values: np.ndarray) -> np.ndarray:
    """Scale and clip columns as the space does."""
    return np.clip((values - values.mean(axis=0)) / values.std(axis=0), -CLIP, CLIP).astype(np.float32)


def centres(k: int, d: int, rng: np.random.Generator) -> np.ndarray:
    """Draw centres of which no two are nearer than 1 or farther than 2.5 times the nearest, (k, d)."""
    while True:
        chosen: list[np.ndarray] = []
        for _ in range(200 * k):
            direction = rng.normal(size=d)
            radius = FARTHEST_TO_NEAREST / 2 * rng.random() ** (1 / d)
            point = direction / np.linalg.norm(direction) * radius
            if all(np.linalg.norm(point - other) >= 1 for other in chosen):
                chosen.append(point)
            if len(chosen) == k:
                found = np.array(chosen)
                return found / np.linalg.norm(found[:, None] - found, axis=2)[np.triu_indices(k, 1)].min()


def plant(place: int, rng: np.random.Generator) -> Planted:
    """Make one set: drawn anew until KMeans at the true number finds the groups."""
    k, shape = 2 + place % 7, ("gaussian", "t5", "lognormal")[place // 7 % 3]
    while True:
        d, apart = int(np.exp(rng.uniform(np.log(3), np.log(40.99)))), rng.uniform(3.5, 6)
        n = int(rng.integers(*CUSTOMERS))
        shares = 0.05 + (1 - 0.05 * k) * rng.dirichlet(np.full(k, 3))
        truth = np.repeat(np.arange(k), np.bincount(rng.choice(k, n, p=shares), minlength=k))
        noise = rng.standard_t(5, (n, d)) / np.sqrt(5 / 3) if shape == "t5" else rng.normal(size=(n, d))
        values = centres(k, d, rng)[truth] * apart + noise
        if shape == "lognormal":
            values = signed_log(np.exp(values * 0.5 + 6))
        matrix = standardised(values)
        found = KMeans(k, n_init=5, random_state=0).fit_predict(matrix)
        smallest = np.bincount(truth, minlength=k).min() / n
        if smallest >= 0.05 and adjusted_rand_score(truth, found) >= RECOVERABLE:
            return Planted(matrix, k, f"{shape} k={k} d={d} n={n} apart={apart:.1f} smallest={smallest:.2f}")


def one_factor(n: int, d: int, rng: np.random.Generator) -> np.ndarray:
    """Make measurements of one hidden quantity."""
    return rng.normal(size=(n, 1)) + rng.uniform(0.2, 0.8) * rng.normal(size=(n, d))


STRUCTURELESS: Mapping[str, Callable[[int, int, np.random.Generator], np.ndarray]] = {
    "uniform": lambda n, d, rng: rng.random((n, d)),
    "gaussian": lambda n, d, rng: rng.normal(size=(n, d)),
    "correlated": lambda n, d, rng: rng.normal(size=(n, d)) @ rng.normal(size=(d, d)),
    "one factor": one_factor,
    "t": lambda n, d, rng: rng.standard_t(5, size=(n, d)),
    "lognormal": lambda n, d, rng: signed_log(np.exp(rng.normal(size=(n, d)) + 3)),
}


def suggest_for(matrix: np.ndarray) -> Suggestion:
    """Sweep, re-sample and suggest, as a run does."""
    found = sweep(matrix, KS, seed=0)
    return suggest(matrix, found, resample(matrix, found, seed=0, resamples=RESAMPLES), seed=0)


def count_planted(seed: int) -> list[str]:
    """Tell of every planted set of this seed whose groups were not counted right."""
    wrong = []
    for place in range(SETS):
        planted = plant(place, np.random.default_rng([seed, place]))
        found = suggest_for(planted.matrix)
        if (found.k, found.structure) != (planted.k, Structure.SEGMENTS):
            evidence = found.of(planted.k)
            wrong.append(
                f"{planted.told}: {found.structure} {found.k}; at the true k "
                f"gap p {evidence.gap_p_value:.3f}, lowest return {evidence.returns:.2f}, "
                f"smallest {evidence.min_share:.2f}"
            )
    return wrong


def count_structureless(seed: int) -> list[str]:
    """Tell of every structureless set of this seed that was called segments."""
    wrong = []
    for place in range(SETS):
        name = list(STRUCTURELESS)[place % len(STRUCTURELESS)]
        rng = np.random.default_rng([seed, 1_000 + place])
        n, d = int(rng.integers(*CUSTOMERS)), int(np.exp(rng.uniform(np.log(2), np.log(40.99))))
        found = suggest_for(standardised(STRUCTURELESS[name](n, d, rng)))
        if found.structure == Structure.SEGMENTS:
            wrong.append(f"{name} d={d} n={n}: {found.k} segments")
    return wrong


@pytest.mark.slow
@pytest.mark.timeout(SECONDS)
def test_planted_groups_are_counted() -> None:
    wrong = count_planted(SCORED_ON)
    assert len(wrong) <= 0.1 * SETS, wrong


@pytest.mark.slow
@pytest.mark.timeout(SECONDS)
def test_what_has_no_groups_is_not_called_groups() -> None:
    wrong = count_structureless(SCORED_ON)
    assert len(wrong) <= 0.05 * SETS, wrong
