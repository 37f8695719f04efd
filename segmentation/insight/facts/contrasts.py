"""One segment beside everyone else: its strongest differences, by how often a member exceeds another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from segmentation.features.table import FeatureTable
from segmentation.insight.facts.centroids import CentroidTable, centroid_table
from segmentation.insight.facts.differences import Difference, ranked_differences
from segmentation.insight.feature_words.families import Family

MOST_COMPARED = 200_000
MOST_THEMES = 2
_STRONGEST = 6.0


@dataclass(frozen=True)
class Contrast:
    """What sets a segment apart from all other customers, strongest first, each story told once.

    Of each difference `value` is the segment's, `overall` the others', and `effect` the distance in standard
    deviations of two normal distributions that would overlap as much. `superiority` is for every feature how
    often (0..1) a member has more of it than another customer, ties counted half; 0.5 is no difference.
    """

    differences: tuple[Difference, ...]
    superiority: Mapping[str, float]
    currency: str | None

    @property
    def is_all_rounders(self) -> bool:
        """Whether nothing sets the segment clearly apart."""
        return not self.differences


def contrasts(
    table: FeatureTable, labels: np.ndarray, every: CentroidTable, count: int = 5
) -> tuple[Contrast, ...]:
    """Find up to `count` clear differences between each segment of `labels` (n,) and the others.

    The effect size is the common-language one of McGraw and Wong 1992 (Psychological Bulletin 111), which a
    few giants do not move; it is estimated on at most 200,000 customers, evenly spaced.

    :param every: the centroids of these segments.
    """
    chances = superiority(table, labels, every.k)
    return tuple(
        _contrast(
            _beside_others(table, every, labels, segment, chances[:, segment]), chances[:, segment], count
        )
        for segment in range(every.k)
    )


def contrast_with_others(table: FeatureTable, members: np.ndarray, count: int = 5) -> Contrast:
    """Find up to `count` clear differences between the members, bool (n,), and the other customers."""
    labels = np.where(members, 0, 1)
    return contrasts(table, labels, centroid_table(table, labels, 2), count)[0]


def _contrast(table: CentroidTable, chances: np.ndarray, count: int) -> Contrast:
    found = ranked_differences(table, 0)
    names = [feature.name for feature in table.features]
    return Contrast(
        tuple(_with_few_themes([one for one in found if one.is_clear]))[:count],
        dict(zip(names, chances.tolist(), strict=True)),
        table.currency,
    )


def _with_few_themes(found: Sequence[Difference]) -> list[Difference]:
    """Keep two themes, first those that are there: more would crowd out what customers do."""
    themes = [one for one in found if one.family == Family.THEME]
    told = sorted(themes, key=lambda one: one.effect < 0)[:MOST_THEMES]
    return [one for one in found if one.family != Family.THEME or one in told]


def superiority(table: FeatureTable, labels: np.ndarray, k: int) -> np.ndarray:
    """Return how often a value of each segment exceeds another customer's, float64 (features, k).

    Missing values take no part; 0.5 where either side has none. Ranks give it for all segments at once
    (Mann and Whitney 1947, Annals of Mathematical Statistics 18).
    """
    every = -(-len(labels) // MOST_COMPARED) or 1
    seen = labels[::every]
    columns = (table.values[feature.name].to_numpy(np.float64)[::every] for feature in table.features)
    return np.array([_exceeds(column, seen, k) for column in columns]).reshape(-1, k)


def _exceeds(values: np.ndarray, labels: np.ndarray, k: int) -> np.ndarray:
    """Return each segment's Mann-Whitney statistic as a share of all pairs (k,)."""
    from scipy.stats import rankdata

    exists = np.isfinite(values)
    inside = np.bincount(labels[exists], minlength=k).astype(np.float64)
    ranks = np.bincount(labels[exists], weights=rankdata(values[exists]), minlength=k)
    pairs = inside * (exists.sum() - inside)
    wins = ranks - inside * (inside + 1) / 2
    return np.divide(wins, pairs, out=np.full(k, 0.5), where=pairs > 0)


def _beside_others(
    table: FeatureTable, every: CentroidTable, labels: np.ndarray, segment: int, chances: np.ndarray
) -> CentroidTable:
    """Return the centroid table of a segment (there 0), with the others in place of all customers."""
    effects = np.clip(np.sqrt(2) * ndtri(chances), -_STRONGEST, _STRONGEST)
    means, medians = _of_others(table, every, labels, segment)
    return replace(
        every,
        k=2,
        sizes=np.array([every.sizes[segment], every.sizes.sum() - every.sizes[segment]]),
        revenue_shares=None,
        means=np.column_stack([every.means[:, segment], means]),
        medians=np.column_stack([every.medians[:, segment], medians]),
        overall_means=means,
        overall_medians=medians,
        effects=np.column_stack([effects, -effects]),
        known=np.column_stack([every.known[:, segment], np.full(len(means), np.nan)]),
    )


def _of_others(
    table: FeatureTable, every: CentroidTable, labels: np.ndarray, segment: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the means and medians of all but one segment, (features,) each; NaN where none has a value."""
    counts = np.rint(every.known * every.sizes)
    others = np.arange(every.k) != segment
    sums = np.where(counts > 0, every.means * counts, 0.0)[:, others].sum(axis=1)
    total = counts[:, others].sum(axis=1)
    means = np.divide(sums, total, out=np.full(len(total), np.nan), where=total > 0)
    medians = means.copy()
    outside = labels != segment
    for row in np.flatnonzero(every.use_median & (total > 0)):
        values = table.values[table.features[row].name].to_numpy(np.float64)[outside]
        medians[row] = np.median(values[np.isfinite(values)])
    return means, medians
