"""The difference of two means of what most people do not do, such as paying within two weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from segmentation.algorithms.effects.rates import ALPHA, Between


@dataclass(frozen=True)
class Moments:
    """How many, their mean, and their variance (by n - 1)."""

    count: int
    mean: float
    variance: float

    @classmethod
    def of(cls, values: np.ndarray) -> Moments:
        """Return those of values (n,), two at least."""
        return cls(len(values), float(values.mean()), float(values.var(ddof=1)))


Strata = Sequence[tuple[float, Moments, Moments]]
"""The weight of each stratum with its two groups, each of two or more."""


def mean_difference(first: Moments, other: Moments, alpha: float = ALPHA) -> Between:
    """Return by how much the first mean is above the other."""
    return weighted_difference([(1.0, first, other)], alpha)


def weighted_difference(strata: Strata, alpha: float = ALPHA) -> Between:
    """Return the sum of weighted differences of means, with the wider of two intervals.

    Welch's is too narrow where few of a small group paid (their variance is then most often too small), and
    that of a variance common to both groups where the smaller group varies more.
    """
    found = welch(strata, alpha)
    common = _interval(found.value, [_common(*stratum) for stratum in strata], alpha)
    return Between(found.value, min(found.low, common.low), max(found.high, common.high))


def welch(strata: Strata, alpha: float = ALPHA) -> Between:
    """Return the same with Welch's interval (1947, Biometrika 34, 28-35)."""
    value = sum(weight * (first.mean - other.mean) for weight, first, other in strata)
    parts = [
        (weight**2 * group.variance / group.count, group.count - 1)
        for weight, *groups in strata
        for group in groups
    ]
    return _interval(value, parts, alpha)


def _common(weight: float, first: Moments, other: Moments) -> tuple[float, int]:
    """Return the variance of a difference of groups that vary alike, and its degrees of freedom."""
    freedom = first.count + other.count - 2
    variance = ((first.count - 1) * first.variance + (other.count - 1) * other.variance) / freedom
    return weight**2 * variance * (1 / first.count + 1 / other.count), freedom


def _interval(value: float, parts: Sequence[tuple[float, int]], alpha: float) -> Between:
    """Return the interval of a value whose variance has these parts, each with its degrees of freedom.

    Satterthwaite 1946, Biometrics Bulletin 2, 110-114.
    """
    variance = sum(part for part, _ in parts)
    if not variance:
        return Between(value, value, value)
    freedom = variance**2 / sum(part**2 / rest for part, rest in parts)
    half = float(stdtrit(freedom, 1 - alpha / 2)) * float(np.sqrt(variance))
    return Between(value, value - half, value + half)
