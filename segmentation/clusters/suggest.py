"""How many segments, and whether they are real groups or cuts of a continuum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from segmentation.clusters.fit import Sweep
from segmentation.clusters.gaps import Spread, gap_p_value, neighbours, spread_repeats
from segmentation.clusters.stability import Recovery, resample
from segmentation.jobs import Progress, silent

GAP_P_VALUE = 0.05
RETURNS = 0.6
RETURNS_AS_SLICE = 0.75
SMALLEST_SHARE = 0.02
SLICES_K = range(3, 9)
AS_GOOD = 0.03
"""Two k whose worst segments come back this equally are not told apart by the usual number of re-samples."""


class Structure(StrEnum):
    """What the segments are: groups with gaps between them, useful cuts of a continuum, or neither."""

    SEGMENTS = "segments"
    SLICES = "slices"
    NONE = "none"


@dataclass(frozen=True)
class EvidenceForK:
    """What speaks for and against one k.

    `gap_p_value` is the largest p-value of the dip test over all pairs of neighbours, and `blurred` the
    labels of that pair (None: there is only one segment); `returns` is the lowest Jaccard similarity of a
    segment in re-samples, and `least_stable` its label; `min_share` is the smallest segment's share of
    customers, and `smallest` its label. Of `resamples`, the segment that came back least often did so in
    `recovered` (None: not counted by the version that made the run).
    """

    k: int
    gap_p_value: float
    blurred: tuple[int, int] | None
    returns: float
    least_stable: int
    min_share: float
    smallest: int
    recovered: int | None = None
    resamples: int = 0

    @property
    def gaps(self) -> bool:
        """Whether there is a gap between all neighbours."""
        return self.gap_p_value < GAP_P_VALUE

    @property
    def large_enough(self) -> bool:
        """Whether no segment is tiny."""
        return self.min_share >= SMALLEST_SHARE

    @property
    def comes_back_as_slice(self) -> bool:
        """Whether every segment comes back as well as a cut of a continuum has to."""
        return self.returns >= RETURNS_AS_SLICE

    @property
    def segments(self) -> bool:
        """Whether these are groups with gaps, that come back."""
        return self.k > 1 and self.gaps and self.returns >= RETURNS and self.large_enough

    @property
    def slices(self) -> bool:
        """Whether these are cuts that come back well."""
        return self.k in SLICES_K and self.comes_back_as_slice and self.large_enough


@dataclass(frozen=True)
class Suggestion:
    """The suggested k, what its segments are, and the evidence for each k, smallest k first."""

    k: int
    structure: Structure
    evidence: tuple[EvidenceForK, ...]
    seed: int

    def of(self, k: int) -> EvidenceForK:
        """Return the evidence for this k."""
        return next(evidence for evidence in self.evidence if evidence.k == k)


def suggest(matrix: np.ndarray, sweep: Sweep, stability: Mapping[int, Recovery], seed: int) -> Suggestion:
    """Weigh the evidence for every k, and suggest one."""
    spread = spread_repeats(matrix, seed)
    return choose(tuple(_evidence(spread, sweep, k, stability[k]) for k in sweep.ks), seed)


def choose(evidence: Sequence[EvidenceForK], seed: int) -> Suggestion:
    """Suggest the largest k whose neighbours all have gaps between them and whose segments come back.

    Where there is none, the largest k of 3 to 8 whose cuts come back as well as any; as `slices` where that
    is well, as `none` where not.
    """
    evidence = tuple(evidence)
    segments = [one for one in evidence if one.segments]
    if segments:
        return Suggestion(segments[-1].k, Structure.SEGMENTS, evidence, seed)
    slices = [one for one in evidence if one.slices]
    candidates = slices or [one for one in evidence if one.k in SLICES_K] or list(evidence)
    most = max(one.returns for one in candidates)
    best = [one for one in candidates if one.returns >= most - AS_GOOD][-1]
    return Suggestion(best.k, Structure.SLICES if slices else Structure.NONE, evidence, seed)


def suggest_surely(
    matrix: np.ndarray,
    sweep: Sweep,
    stability: Mapping[int, Recovery],
    resamples: int,
    seed: int,
    on_progress: Progress = silent,
    asked: int | None = None,
) -> tuple[Suggestion, dict[int, Recovery]]:
    """Suggest, re-sample the suggested k (and the one asked for) further, and suggest again if that changes.

    :param resamples: how many the suggested k is to have in all.
    :return: the suggestion, and the stability with the further re-samples.
    """
    suggestion, known = suggest(matrix, sweep, stability, seed), dict(stability)
    while short := [k for k in (asked, suggestion.k) if k is not None and known[k].resamples < resamples]:
        k = short[0]
        more = resample(matrix, sweep, seed, resamples, on_progress, ks=[k], done_before=known[k].resamples)
        known[k] = known[k].joined(more[k])
        suggestion = reconsider(suggestion, k, known[k])
    return suggestion, known


def reconsider(suggestion: Suggestion, k: int, recovery: Recovery) -> Suggestion:
    """Suggest again, with more re-samples of one k."""
    known = (_returning(one, recovery) if one.k == k else one for one in suggestion.evidence)
    return choose(tuple(known), suggestion.seed)


def _returning(evidence: EvidenceForK, recovery: Recovery) -> EvidenceForK:
    least_stable = int(np.argmin(recovery.mean))
    return replace(
        evidence,
        returns=float(recovery.mean[least_stable]),
        least_stable=least_stable,
        recovered=int(recovery.recovered.min()),
        resamples=recovery.resamples,
    )


def _evidence(spread: Spread, sweep: Sweep, k: int, recovery: Recovery) -> EvidenceForK:
    labels = sweep.labels[k]
    sizes = np.bincount(labels, minlength=k)
    sampled = labels[spread.rows]
    p_value, blurred = 0.0 if k > 1 else 1.0, None
    for pair in neighbours(sweep.centroids[k]):
        value = gap_p_value(spread, sampled, sweep.centroids[k], pair)
        if blurred is None or value > p_value:
            p_value, blurred = value, pair
    smallest = int(np.argmin(sizes))
    weighed = EvidenceForK(k, p_value, blurred, 0.0, 0, float(sizes[smallest] / len(labels)), smallest)
    return _returning(weighed, recovery)
