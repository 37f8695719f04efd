"""Whether a column moved: how far, in standard deviations, and by what chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ALPHA = 0.01
LEAST_MOVED = 0.2
"""Standard deviations; less is no news, however many customers prove it."""

BESIDE_THE_MIX = 0.75 * LEAST_MOVED
_ALIKE = 1e-9


@dataclass(frozen=True)
class ColumnShift:
    """How one column moved, in standard deviations of both samples together.

    `mean` is how much the average moved, `moved` how far values moved on average (the distance between the
    distributions, Wasserstein's first), `by_mix` the part of `mean` that other shares of the groups make.
    `p` is how often samples of one distribution would differ as much, held against all columns (Holm 1979).
    """

    mean: float
    moved: float
    by_mix: float
    p: float

    @property
    def is_news(self) -> bool:
        """Whether chance would hardly make it, it is large enough to matter, and not the mix's doing."""
        own = self.moved > LEAST_MOVED and self.p < ALPHA
        return own and max(abs(self.mean - self.by_mix), self.moved - abs(self.mean)) > BESIDE_THE_MIX


def column_shifts(
    before: np.ndarray, after: np.ndarray, groups_before: np.ndarray, groups_after: np.ndarray
) -> tuple[ColumnShift, ...]:
    """Compare two samples column by column, by averages (Welch 1947) and distributions (Kolmogorov-Smirnov).

    :param before: float64 (n, d); NaN is left out.
    :param after: float64 (m, d).
    :param groups_before: int (n,), the group of each row, as `groups_after` (m,).
    """
    found = [
        _shift(before[:, at], after[:, at], groups_before, groups_after) for at in range(before.shape[1])
    ]
    together = holm([one.p for one in found])
    return tuple(
        ColumnShift(one.mean, one.moved, one.by_mix, p) for one, p in zip(found, together, strict=True)
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values that hold for all of them at once (Holm 1979, Scandinavian Journal of Statistics 6)."""
    values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    stepped = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(stepped, 1.0)
    return [float(value) for value in adjusted]


def _shift(
    before: np.ndarray, after: np.ndarray, groups_before: np.ndarray, groups_after: np.ndarray
) -> ColumnShift:
    from scipy.stats import ks_2samp, ttest_ind_from_stats, wasserstein_distance

    known, now = ~np.isnan(before), ~np.isnan(after)
    old, new = before[known], after[now]
    if min(len(old), len(new)) < 2:
        return ColumnShift(0.0, 0.0, 0.0, 1.0)
    spread = float(np.sqrt((old.var() + new.var()) / 2))
    if spread < _ALIKE:
        alike = bool(np.isclose(old[0], new[0]))
        return ColumnShift(0.0, 0.0, 0.0, 1.0) if alike else _all_at_once(old[0], new[0])
    averages = ttest_ind_from_stats(*_summary(old), *_summary(new), equal_var=False)
    chances = (averages.pvalue, ks_2samp(old, new, method="asymp").pvalue)
    return ColumnShift(
        float(new.mean() - old.mean()) / spread,
        float(wasserstein_distance(old, new)) / spread,
        _by_mix(old, groups_before[known], groups_after[now]) / spread,
        float(min(1.0, 2 * min(chances))),
    )


def _summary(values: np.ndarray) -> tuple[float, float, int]:
    return float(values.mean()), float(values.std(ddof=1)), len(values)


def _all_at_once(old: float, new: float) -> ColumnShift:
    """Everybody had one value and has another now."""
    way = float(np.sign(new - old)) * np.inf
    return ColumnShift(way, np.inf, 0.0, 0.0)


def _by_mix(values: np.ndarray, groups: np.ndarray, groups_after: np.ndarray) -> float:
    """Return how much the average would move if only the shares of the groups were those of after."""
    size = int(max(groups.max(), groups_after.max())) + 1
    sums, counts = np.bincount(groups, values, size), np.bincount(groups, minlength=size)
    met = counts > 0
    shares = np.bincount(groups_after, minlength=size)[met]
    if not shares.sum():
        return 0.0
    averages = sums[met] / counts[met]
    return float(averages @ (shares / shares.sum()) - values.mean())
