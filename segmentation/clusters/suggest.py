"""How many segments, and whether they are real groups or cuts of a continuum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from segmentation.algorithms.dip import dip_p_value
from segmentation.clusters.fit import Sweep

GAP_P_VALUE = 0.05
RETURNS = 0.6
RETURNS_AS_SLICE = 0.75
SMALLEST_SHARE = 0.02
SLICES_K = range(3, 9)
MOST_PROJECTED = 4_000
SPIKE_SHARE = 0.1
"""A column in which one value holds more than this share of two segments' customers is no evidence of a gap."""


class Structure(StrEnum):
    """What the segments are: groups with gaps between them, useful cuts of a continuum, or neither."""

    SEGMENTS = "segments"
    SLICES = "slices"
    NONE = "none"


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against one k.

    `gap_p_value` is the largest p-value of the dip test over all pairs of neighbours, and `blurred` the pair of labels
    it belongs to (None: there is only one segment); `returns` is the lowest Jaccard similarity of a segment in
    re-samples, and `least_stable` its label; `min_share` the smallest segment's share of customers, `smallest` its label.
    """

    k: int
    gap_p_value: float
    blurred: tuple[int, int] | None
    returns: float
    least_stable: int
    min_share: float
    smallest: int

    @property
    def gaps(self) -> bool:
        """Whether there is a gap between all neighbours."""
        return self.gap_p_value < GAP_P_VALUE

    @property
    def large_enough(self) -> bool:
        """Whether no segment is tiny."""
        return self.min_share >= SMALLEST_SHARE

    @property
    def segments(self) -> bool:
        """Whether these are groups with gaps, that come back."""
        return self.k > 1 and self.gaps and self.returns >= RETURNS and self.large_enough

    @property
    def slices(self) -> bool:
        """Whether these are cuts that come back well."""
        return self.k in SLICES_K and self.returns >= RETURNS_AS_SLICE and self.large_enough


@dataclass(frozen=True)
class Suggestion:
    """The suggested k, what its segments are, and the evidence for each k, smallest k first."""

    k: int
    structure: Structure
    evidence: tuple[Evidence, ...]
    seed: int

    def of(self, k: int) -> Evidence:
        """Return the evidence for this k."""
        return next(evidence for evidence in self.evidence if evidence.k == k)


def suggest(matrix: np.ndarray, sweep: Sweep, stability: Mapping[int, np.ndarray], seed: int) -> Suggestion:
    """Suggest the largest k whose neighbours all have gaps between them and whose segments come back.

    Where there is none, the k of 3 to 8 whose cuts come back best; also shown, as `none`, where they come back badly.
    """
    evidence = tuple(_evidence(matrix, sweep, k, stability[k], seed) for k in sweep.ks)
    segments = [one for one in evidence if one.segments]
    if segments:
        return Suggestion(segments[-1].k, Structure.SEGMENTS, evidence, seed)
    slices = [one for one in evidence if one.slices]
    candidates = slices or [one for one in evidence if one.k in SLICES_K] or list(evidence)
    best = max(candidates, key=lambda one: one.returns)
    return Suggestion(best.k, Structure.SLICES if slices else Structure.NONE, evidence, seed)


def _evidence(matrix: np.ndarray, sweep: Sweep, k: int, returns: np.ndarray, seed: int) -> Evidence:
    labels = sweep.labels[k]
    sizes = np.bincount(labels, minlength=k)
    p_value, blurred = 0.0 if k > 1 else 1.0, None
    for pair in neighbours(sweep.centroids[k]):
        value = gap_p_value(matrix, labels, sweep.centroids[k], pair, seed)
        if blurred is None or value > p_value:
            p_value, blurred = value, pair
    least_stable, smallest = int(np.argmin(returns)), int(np.argmin(sizes))
    return Evidence(
        k,
        p_value,
        blurred,
        float(returns[least_stable]),
        least_stable,
        float(sizes[smallest] / len(matrix)),
        smallest,
    )


def neighbours(centroids: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the pairs of centroids with no third one in the ball between them (the Gabriel graph)."""
    squares = ((centroids[:, None] - centroids[None]) ** 2).sum(axis=2)
    for left, right in combinations(range(len(centroids)), 2):
        through = squares[left] + squares[right]
        through[[left, right]] = np.inf
        if not (through < squares[left, right]).any():
            yield left, right


def gap_p_value(
    matrix: np.ndarray, labels: np.ndarray, centroids: np.ndarray, pair: tuple[int, int], seed: int
) -> float:
    """Return the dip test's p-value for two segments' customers along the line that joins their centroids.

    Columns with a spike (zeros, missing values, one repeated value) are left out of the line.
    """
    rows = np.flatnonzero((labels == pair[0]) | (labels == pair[1]))
    if len(rows) > MOST_PROJECTED:
        rows = np.random.default_rng(seed).choice(rows, MOST_PROJECTED, replace=False)
    customers = matrix[rows]
    line = (centroids[pair[1]] - centroids[pair[0]]) * ~_spiky(customers)
    return dip_p_value(customers @ line)


def _spiky(customers: np.ndarray) -> np.ndarray:
    """Say of each column whether its most common value holds more than SPIKE_SHARE of the rows."""
    ordered = np.sort(customers, axis=0)
    reach = int(len(customers) * SPIKE_SHARE)
    return (ordered[reach:] == ordered[: len(ordered) - reach]).any(axis=0)
