"""How much of an outcome groups explain, for rows that the groups' means were not computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

SPLITS = 20
RESAMPLES = 400
CONFIDENCE = 0.95
NOTHING = 0.0005
"""A share that is written as 0.0 % counts as none."""


@dataclass(frozen=True)
class Estimate:
    """A share, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def above_nothing(self) -> bool:
        """Whether the whole interval lies above 0, as it is written."""
        return self.low >= NOTHING

    @property
    def below_nothing(self) -> bool:
        """Whether the whole interval lies below 0, as it is written."""
        return self.high <= -NOTHING


def halves(rows: int, seed: int, splits: int = SPLITS) -> np.ndarray:
    """Part the rows into two halves in several ways, bool (splits, rows)."""
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(rows) < rows // 2 for _ in range(splits)])


def held_out_errors(outcome: np.ndarray, labels: np.ndarray, parted: np.ndarray) -> np.ndarray:
    """Return the mean squared error with which groups' means in one half foretell the other, float64 (n,).

    :param outcome: float64 (n,), without gaps, or (n, p): the squared errors of all its columns together.
    :param labels: the group of each row, from 0 (n,); one group for all gives what no groups foretell.
    :param parted: bool (splits, n), as `halves` gives it.
    """
    if outcome.ndim > 1:
        return np.sum([held_out_errors(column, labels, parted) for column in outcome.T], axis=0)
    errors = np.zeros(len(outcome))
    for half in parted:
        for known in (half, ~half):
            errors[~known] += squared_errors(outcome, labels, known)
    return errors / len(parted)


def squared_errors(outcome: np.ndarray, labels: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return the squared errors of the rows outside `known`, foretold by the means of the groups within."""
    groups = int(labels.max()) + 1
    counts = np.bincount(labels[known], minlength=groups)
    sums = np.bincount(labels[known], weights=outcome[known], minlength=groups)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), outcome[known].mean())
    squares: np.ndarray = (outcome[~known] - means[labels[~known]]) ** 2
    return squares


def resampled_sums(errors: np.ndarray, seed: int, resamples: int = RESAMPLES) -> np.ndarray:
    """Sum each column of errors (n, m) over all rows, then over re-samples of them: (1 + resamples, m)."""
    rng = np.random.default_rng(seed)
    rows = len(errors)
    drawn = (np.bincount(rng.integers(0, rows, rows), minlength=rows) @ errors for _ in range(resamples))
    return np.array([errors.sum(axis=0), *drawn])


def share_explained(sums: np.ndarray, base: np.ndarray) -> Estimate:
    """Turn sums of errors with groups and without any, (1 + resamples,) each, into a share of variance."""
    return estimate_of(lambda: 1 - sums / base)


def share_gained(sums: np.ndarray, other: np.ndarray, base: np.ndarray) -> Estimate:
    """Say how much more these groups explain than the other ones, as a share of variance."""
    return estimate_of(lambda: (other - sums) / base)


def estimate_of(shares: Callable[[], np.ndarray]) -> Estimate:
    """Return the first of these shares with the interval of the others; 0 where nothing varies."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.nan_to_num(shares(), nan=0.0, posinf=0.0, neginf=0.0)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values[1:], (tail, 1 - tail))
    return Estimate(float(values[0]), float(low), float(high))


def merge_groups(labels: np.ndarray, points: np.ndarray, k: int) -> np.ndarray:
    """Merge groups until k are left, each time the two whose union is least spread (Ward), intp (n,).

    Groups that hold no row do not count; where there are k or fewer, they stay as they are.

    :param points: where each row is, (n, d).
    """
    present, labels = np.unique(labels, return_inverse=True)
    sizes = np.bincount(labels).astype(np.float64)
    centres = [points[labels == group].mean(axis=0) for group in range(len(present))]
    names = np.arange(len(present))
    alive = list(range(len(present)))
    while len(alive) > k:
        one, other = min(combinations(alive, 2), key=lambda pair: _cost(sizes, centres, *pair))
        total = sizes[one] + sizes[other]
        centres[one] = (sizes[one] * centres[one] + sizes[other] * centres[other]) / total
        sizes[one] = total
        names[names == other] = one
        alive.remove(other)
    return np.unique(names, return_inverse=True)[1][labels]


def _cost(sizes: np.ndarray, centres: list[np.ndarray], one: int, other: int) -> float:
    apart = centres[one] - centres[other]
    return float(sizes[one] * sizes[other] / (sizes[one] + sizes[other]) * (apart @ apart))
