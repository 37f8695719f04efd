"""How many segments, and whether they are real groups or cuts of a continuum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from segmentation.clusters.dealing import Chance
from segmentation.clusters.fit import Sweep
from segmentation.clusters.gaps import Spread, gap_p_value, neighbours, spread_repeats
from segmentation.clusters.stability import Recovery, resample
from segmentation.features.own_ways import OwnWays
from segmentation.jobs import Progress, silent

GAP_P_VALUE = 0.05
RETURNS = 0.75
"""Below this a segment is doubtful, and nothing doubtful is called a clear group."""
RETURNS_SURELY = 0.85
SMALLEST_SHARE = 0.02
SMALLEST_SLICE, LARGEST_SLICE = 0.03, 0.9
LARGEST_OF_USE = 0.8
"""Where gaps set apart fewer than a fifth of the customers, slices of the others are worth a look."""
SLICES_K = range(3, 9)
FEWEST_OF_MANY, MANY_CUSTOMERS = 4, 500
"""Of more than 500 customers, three slices say less than a campaign can use."""
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
    `recovered` (None: not counted by the version that made the run). `max_share` is the largest segment's
    share (0: not kept by the version that made the run).
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
    max_share: float = 0.0

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
        return self.returns >= RETURNS

    @property
    def sliver(self) -> bool:
        """Whether a segment is too small for a slice."""
        return self.min_share < SMALLEST_SLICE

    @property
    def giant(self) -> bool:
        """Whether nearly everybody is in one segment."""
        return self.max_share > LARGEST_SLICE

    @property
    def of_use(self) -> bool:
        """Whether neither a sliver nor nearly everybody is one of the segments."""
        return not self.sliver and not self.giant

    @property
    def segments(self) -> bool:
        """Whether these are groups with gaps, that come back."""
        return self.k > 1 and self.gaps and self.returns >= RETURNS and self.large_enough

    @property
    def slices(self) -> bool:
        """Whether these are cuts that come back well."""
        return self.k in SLICES_K and self.comes_back_as_slice and self.of_use


@dataclass(frozen=True)
class Suggestion:
    """The suggested k, what its segments are, and the evidence for each k, smallest k first.

    `chance` is what customers dealt anew show, None where that was not asked or nothing could be dealt, and
    `ways` what customers have of their own where that is nothing.
    `as_good` are other numbers of slices that come back as well, and `beside` a number of steady slices to
    look at where gaps set apart only few groups or a small one. `customers` is 0 in runs of an earlier
    version.
    """

    k: int
    structure: Structure
    evidence: tuple[EvidenceForK, ...]
    seed: int
    chance: Chance | None = None
    as_good: tuple[int, ...] = ()
    beside: int | None = None
    customers: int = 0
    ways: OwnWays | None = None

    @property
    def nothing(self) -> bool:
        """Whether chance alone makes customers as they are, whatever comes back."""
        return _is_nothing(self.chance, self.ways)

    @property
    def taken_back(self) -> bool:
        """Whether gaps were found that count for nothing: customers dealt anew are as much alike."""
        return self.chance is not None and not self.chance.beyond

    def of(self, k: int) -> EvidenceForK:
        """Return the evidence for this k."""
        return next(evidence for evidence in self.evidence if evidence.k == k)


def suggest(matrix: np.ndarray, sweep: Sweep, stability: Mapping[int, Recovery], seed: int) -> Suggestion:
    """Weigh the evidence for every k, and suggest one."""
    spread = spread_repeats(matrix, seed)
    evidence = tuple(_evidence(spread, sweep, k, stability[k]) for k in sweep.ks)
    return choose(evidence, seed, customers=len(matrix))


def choose(
    evidence: Sequence[EvidenceForK],
    seed: int,
    *,
    customers: int = 0,
    chance: Chance | None = None,
    ways: OwnWays | None = None,
) -> Suggestion:
    """Suggest the largest k whose neighbours all have gaps between them and whose segments come back.

    Where there is none, or they are no more than chance, the largest number of slices of use that come back;
    these are slices only where chance does not make customers as they are.
    """
    evidence = tuple(evidence)
    groups = [one for one in evidence if one.segments and (chance is None or chance.beyond)]
    groups = [] if _is_nothing(chance, ways) else groups
    slices = _best_slices(evidence, customers)
    if groups:
        beside = slices[-1].k if slices and slices[-1].k != groups[-1].k and _coarse(groups[-1]) else None
        return Suggestion(
            groups[-1].k, Structure.SEGMENTS, evidence, seed, chance, (), beside, customers, ways
        )
    structure = Structure.SLICES if slices and not _is_nothing(chance, ways) else Structure.NONE
    best = slices[-1:] or [_least_bad(evidence, customers)]
    shown = slices[:-1] if structure == Structure.SLICES else []
    as_good = tuple(one.k for one in shown if one.returns >= best[0].returns - AS_GOOD)
    return Suggestion(best[0].k, structure, evidence, seed, chance, as_good, None, customers, ways)


def _is_nothing(chance: Chance | None, ways: OwnWays | None) -> bool:
    return (chance is not None and chance.nothing) or (ways is not None and not ways.any)


def _best_slices(evidence: Sequence[EvidenceForK], customers: int) -> list[EvidenceForK]:
    """Return the slices that surely come back, or else those that do; smallest k first.

    Where none of many customers' do, three that come back are better than a rough cut.
    """
    slices = [one for one in _in_range(evidence, customers) if one.slices]
    slices = slices or [one for one in evidence if one.slices]
    return [one for one in slices if one.returns >= RETURNS_SURELY] or slices


def _least_bad(evidence: Sequence[EvidenceForK], customers: int) -> EvidenceForK:
    """Return the largest k that comes back about as well as any, spoiled ones only where all are."""
    candidates = _in_range(evidence, customers) or list(evidence)
    candidates = [one for one in candidates if one.of_use] or candidates
    most = max(one.returns for one in candidates)
    return [one for one in candidates if one.returns >= most - AS_GOOD][-1]


def _in_range(evidence: Sequence[EvidenceForK], customers: int) -> list[EvidenceForK]:
    fewest = FEWEST_OF_MANY if customers > MANY_CUSTOMERS else SLICES_K.start
    return [one for one in evidence if fewest <= one.k < SLICES_K.stop]


def _coarse(groups: EvidenceForK) -> bool:
    return groups.k < SLICES_K.start or groups.max_share >= LARGEST_OF_USE


def beside_chance(
    suggestion: Suggestion, chance: Chance | None = None, ways: OwnWays | None = None
) -> Suggestion:
    """Suggest again, knowing what customers dealt anew show and what customers have of their own."""
    evidence, seed = suggestion.evidence, suggestion.seed
    return choose(evidence, seed, customers=suggestion.customers, chance=chance, ways=ways)


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
    known = tuple(_returning(one, recovery) if one.k == k else one for one in suggestion.evidence)
    return beside_chance(replace(suggestion, evidence=known), suggestion.chance, suggestion.ways)


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
    low, high = float(sizes[smallest] / len(labels)), float(sizes.max() / len(labels))
    weighed = EvidenceForK(k, p_value, blurred, 0.0, 0, low, smallest, max_share=high)
    return _returning(weighed, recovery)
