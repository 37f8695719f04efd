"""How much of what is measured twice is the measured thing's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Reliability:
    """What two halves say together of the thing itself, 0 to 1, over so many rows that have both."""

    value: float
    rows: int


def split_half_reliability(one: np.ndarray, other: np.ndarray) -> Reliability:
    """Return the reliability of two halves together: their correlation, stepped up (Spearman-Brown 1910).

    For vectors the correlation is that of all directions together: covariances over variances, summed.

    :param one: float64 (n, d), without gaps; the same row of `other` is the other half of the same thing.
    """
    if len(one) < 2:
        return Reliability(0.0, len(one))
    first, second = one - one.mean(axis=0), other - other.mean(axis=0)
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    correlation = max(0.0, float((first * second).sum()) / spread) if spread > 0 else 0.0
    return Reliability(2 * correlation / (1 + correlation), len(one))
