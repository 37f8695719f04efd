"""How the values of a feature are spread among the customers of a segment and among all others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.scale import inverse_signed_log, signed_log
from segmentation.features.table import Feature, FeatureTable, Unit
from segmentation.insight.facts.segment_rule import values_of

MOST_BINS = 16
_TAIL = 0.01
"""The share of customers at either end that the outermost bins take together, however far they reach."""


@dataclass(frozen=True)
class Distribution:
    """Counts of customers by the value of one feature.

    `edges` (bins + 1,) in original units, ascending; a bin holds its low edge, the last one both. Where there
    are few values, each has a bin of its own and stands in `values` (bins,), else None. `inside` and `others`
    (bins,) count the segment's customers and all others; `without` how many of the two have no value.
    """

    feature: Feature
    edges: np.ndarray
    values: np.ndarray | None
    inside: np.ndarray
    others: np.ndarray
    without: tuple[int, int]

    @property
    def shares(self) -> tuple[np.ndarray, np.ndarray]:
        """The shares (0..1) of those who have a value, (bins,) of the segment and of the others."""
        of_inside, of_others = (counts / max(counts.sum(), 1) for counts in (self.inside, self.others))
        return of_inside, of_others


def distributions(
    table: FeatureTable, feature: Feature, labels: np.ndarray, k: int
) -> tuple[Distribution, ...]:
    """Count the customers of each segment 0..k-1 of `labels` (n,) and the others by the feature's value.

    The bins are even on a logarithm where the feature is skewed.
    """
    values = values_of(table, feature)
    exists = np.isfinite(values)
    known = values[exists]
    distinct = np.unique(known)
    few = len(distinct) <= MOST_BINS
    edges = _around(distinct) if few else _bins(feature, known)
    bins = max(len(edges) - 1, 0)
    places = np.searchsorted(edges[1:-1], known, side="right")
    cells = np.bincount(labels[exists] * bins + places, minlength=k * bins).reshape(k, bins)
    without = np.bincount(labels[~exists], minlength=k).tolist()
    return tuple(
        Distribution(
            feature,
            edges,
            distinct if few else None,
            counts,
            cells.sum(axis=0) - counts,
            (without[segment], sum(without) - without[segment]),
        )
        for segment, counts in enumerate(cells)
    )


def _around(distinct: np.ndarray) -> np.ndarray:
    """Return edges that part a few values half-way."""
    if not len(distinct):
        return np.zeros(0)
    halves = distinct[:-1] + np.diff(distinct) / 2
    halves = np.where(halves > distinct[:-1], halves, distinct[1:])  # of neighbours nothing lies between
    return np.unique(np.concatenate([distinct[:1], halves, [np.nextafter(distinct[-1], np.inf)]]))


def _bins(feature: Feature, known: np.ndarray) -> np.ndarray:
    """Cut the middle 98 % evenly on the feature's scale; the ends reach to the least and the largest."""
    low, high = np.quantile(known, [_TAIL, 1 - _TAIL])
    if feature.skewed:
        start, end = signed_log(np.array([low, high])).tolist()
        inner = inverse_signed_log(np.linspace(start, end, MOST_BINS + 1))
    else:
        inner = np.linspace(low, high, MOST_BINS + 1)
    if feature.unit in (Unit.COUNT, Unit.YEAR):
        inner = np.ceil(inner)
    inner = inner[(inner > known.min()) & (inner < known.max())]
    return np.unique(np.concatenate([[known.min()], inner, [known.max()]]))
