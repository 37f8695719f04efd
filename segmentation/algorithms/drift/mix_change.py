"""Whether two counts of the same groups have the same shares, and by how many points they differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ALPHA = 0.01
LEAST_POINTS = 0.03
"""A change of fewer points is no news, however many customers prove it."""


@dataclass(frozen=True)
class MixChange:
    """How the shares of groups changed: `points` (k,) are after less before (0.1: ten points).

    `p` is how often samples of one mix would differ as much.
    """

    points: np.ndarray
    p: float

    @property
    def largest(self) -> float:
        """The largest change of a share, whichever way."""
        return float(np.abs(self.points).max(initial=0.0))

    @property
    def is_news(self) -> bool:
        """Whether chance would hardly make it, and it is large enough to matter."""
        return self.p < ALPHA and self.largest > LEAST_POINTS


def mix_change(before: np.ndarray, after: np.ndarray) -> MixChange:
    """Compare two counts of the same groups (k,) by Pearson's chi-square of homogeneity.

    Groups that nobody is in are left aside; where one side has nobody there is no change to speak of.
    """
    from scipy.special import chdtrc

    sizes = np.array([before.sum(), after.sum()], dtype=np.float64)
    if not sizes.all():
        return MixChange(np.zeros(len(before)), 1.0)
    counts = np.stack([before, after]).astype(np.float64)
    expected = np.outer(sizes, counts.sum(axis=0)) / sizes.sum()
    there = expected[0] > 0
    statistic = ((counts - expected)[:, there] ** 2 / expected[:, there]).sum()
    p = float(chdtrc(max(1, there.sum() - 1), statistic))
    return MixChange(counts[1] / sizes[1] - counts[0] / sizes[0], p)
