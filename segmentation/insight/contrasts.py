"""One segment beside everyone else: its strongest differences, by how often a member exceeds another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from segmentation.features.table import FeatureTable
from segmentation.insight.centroids import CentroidTable, centroid_table
from segmentation.insight.differences import Difference, ranked_differences
from segmentation.insight.vocabulary import Family

MOST_COMPARED = 100_000
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


def contrast_with_others(table: FeatureTable, members: np.ndarray, count: int = 5) -> Contrast:
    """Find up to `count` clear differences between the members, bool (n,), and the other customers.

    The effect size is the common-language one of McGraw and Wong 1992 (Psychological Bulletin 111), which a
    few giants do not move; it is estimated on at most 100,000 members and as many others, evenly spaced.
    """
    chances = superiority(table, members)
    effects = np.clip(np.sqrt(2) * ndtri(chances), -_STRONGEST, _STRONGEST)
    found = ranked_differences(_beside_others(table, members, effects), 0)
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


def superiority(table: FeatureTable, members: np.ndarray) -> np.ndarray:
    """Return for each feature how often a member's value exceeds another customer's, float64 (features,).

    Missing values take no part; 0.5 where either side has none.
    """
    inside, outside = (_evenly(np.flatnonzero(side)) for side in (members, ~members))
    columns = (table.values[feature.name].to_numpy(np.float64) for feature in table.features)
    return np.array([_exceeds(column[inside], column[outside]) for column in columns])


def _beside_others(table: FeatureTable, members: np.ndarray, effects: np.ndarray) -> CentroidTable:
    """Return the centroid table of the members (segment 0), with the others in place of all customers."""
    both = centroid_table(table, np.where(members, 0, 1), 2)
    return replace(
        both,
        effects=np.column_stack([effects, -effects]),
        overall_means=both.means[:, 1],
        overall_medians=both.medians[:, 1],
    )


def _exceeds(inside: np.ndarray, outside: np.ndarray) -> float:
    """Return the Mann-Whitney statistic as a share of all pairs."""
    inside, outside = inside[np.isfinite(inside)], np.sort(outside[np.isfinite(outside)])
    if not len(inside) or not len(outside):
        return 0.5
    below = np.searchsorted(outside, inside, "left").sum(dtype=np.float64)
    up_to = np.searchsorted(outside, inside, "right").sum(dtype=np.float64)
    return float((below + up_to) / 2 / (len(inside) * len(outside)))


def _evenly(places: np.ndarray) -> np.ndarray:
    return places[:: -(-len(places) // MOST_COMPARED) or 1]
