"""What a name may claim of each segment: how many of its people, and of all others, each word is true of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from segmentation.features.table import Feature, FeatureTable, Unit
from segmentation.insight.facts.centroids import rank_correlations
from segmentation.insight.feature_words.families import CORE, Family
from segmentation.insight.feature_words.name_words import Bar, NameWord, name_words
from segmentation.insight.feature_words.wording import entry_of

TRUE_OF = 0.8
"""A name says what is true of so many of a segment's people."""
CLEARLY = 0.25
"""So much more of them than of all other customers."""
CORE_COMES_FIRST = 2.0
MIDDLE_SAYS_LESS = 0.5
LACK_SAYS_LESS = 0.75
WHO_THEY_ARE_SAYS_LESS = 0.5
SAME_STORY = 0.75
_QUARTERS = (0.25, 0.75)
_OF_BEST = {Bar.KIND: 0.8, Bar.UNKIND: 0.6}


@dataclass(frozen=True)
class Claim:
    """One word of a feature: true of a customer whose value is above `low` and below `high`, in its unit.

    `ladder` is its direction and `rung` its place there; `column` the feature's place in the table. `inside`
    is the share (0..1) of each segment's people of whom it is true, `outside` of all others, (k,) each; who
    has no value bears no claim.
    """

    feature: Feature
    family: Family
    word: NameWord
    column: int
    ladder: int
    rung: int
    low: float
    high: float
    inside: np.ndarray
    outside: np.ndarray

    @property
    def key(self) -> tuple[str, int, int]:
        """What is claimed, the same for every k."""
        return self.feature.name, self.ladder, self.rung

    def holds_for(self, segment: int) -> bool:
        """Whether it is true of nearly all of a segment's people and of clearly fewer others."""
        return bool(self.inside[segment] >= TRUE_OF and self.margin(segment) >= CLEARLY)

    def margin(self, segment: int) -> float:
        """Return how many more of a segment's people than of all others it is true of, as a share."""
        return float(self.inside[segment] - self.outside[segment])

    def prominence(self, segment: int) -> float:
        """Weigh it for a name: how often, how much and how lately before what and when.

        What people do comes before what they do not and who they are, an extreme before a middle.
        """
        weight = CORE_COMES_FIRST if self.family in CORE else 1.0
        if self.word.is_middle:
            weight *= MIDDLE_SAYS_LESS
        elif self.ladder and self.family not in {*CORE, Family.PROFILE}:
            weight *= LACK_SAYS_LESS
        if self.feature.personal:
            weight *= WHO_THEY_ARE_SAYS_LESS
        return self.margin(segment) * weight

    def implies(self, other: Claim) -> bool:
        """Whether it cannot be true without the other."""
        same = self.feature.name == other.feature.name
        if self.word.since_first and not other.word.since_first:
            # Who came first lately came last lately.
            return same and other.low == -np.inf and self.high <= other.high
        same = same and self.word.since_first == other.word.since_first
        return same and other.low <= self.low and self.high <= other.high


@dataclass(frozen=True)
class Claims:
    """All that could be claimed of the segments of one k; `correlations` (features, features) are by rank."""

    every: tuple[Claim, ...]
    correlations: np.ndarray

    def of(self, segment: int) -> list[Claim]:
        """Return what may be said of a segment, the most telling first; of each direction one word."""
        told: dict[tuple[str, int], Claim] = {}
        for claim in self.every:
            if claim.holds_for(segment):
                told.setdefault((claim.feature.name, claim.ladder), claim)
        return sorted(told.values(), key=lambda claim: -claim.prominence(segment))

    def same_story(self, one: Claim, other: Claim) -> bool:
        """Whether two claims tell the same: of one family, or of features that move together."""
        if one.family == other.family and one.family != Family.PROFILE:
            return True
        if {one.family, other.family} <= CORE:
            return False
        return abs(float(self.correlations[one.column, other.column])) >= SAME_STORY


def find_claims(table: FeatureTable, labels: Mapping[int, np.ndarray]) -> dict[int, Claims]:
    """Measure for every k of how many customers of each segment each word of a name is true.

    :param labels: for each k the segment 0..k-1 of every customer, (n,).
    """
    found: dict[int, list[Claim]] = {k: [] for k in labels}
    wide = {k: of_k.astype(np.intp) for k, of_k in labels.items()}
    for column, feature in enumerate(table.features):
        family, bars = entry_of(feature).family, _bars(table, feature)
        for ladder, words in enumerate(name_words(feature)):
            for rung, word in enumerate(words):
                if not _means_something(word, table):
                    continue
                low, high = _bounds(word, bars)
                borne = _borne(_values(table, feature, word), low, high)
                for k, of_k in wide.items():
                    inside, outside = _shares(borne, of_k, k)
                    place = (feature, family, word, column, ladder, rung)
                    found[k].append(Claim(*place, low, high, inside, outside))
    correlations = rank_correlations(table)
    return {k: Claims(tuple(claims), correlations) for k, claims in found.items()}


def _means_something(word: NameWord, table: FeatureTable) -> bool:
    """Whether the shop has what a word is held against."""
    knows_gap = table.usual_gap is not None or not word.needs_gap
    return knows_gap and (not word.since_first or "active_span" in table.values.columns)


def _values(table: FeatureTable, feature: Feature, word: NameWord) -> np.ndarray:
    values = table.values[feature.name].to_numpy(np.float64)
    if not word.since_first:
        return values
    # Who ordered on one day only has no span: the first order is the last.
    return values + np.nan_to_num(table.values["active_span"].to_numpy(np.float64))


def _bars(table: FeatureTable, feature: Feature) -> dict[Bar, float]:
    values = table.values[feature.name].to_numpy(np.float64)
    known = values[np.isfinite(values)]
    gap = np.inf if table.usual_gap is None else table.usual_gap
    if not known.size:
        return dict.fromkeys(Bar, np.nan) | {Bar.GAP: gap}
    typical = known.mean() if feature.unit == Unit.SHARE else np.median(known)
    low, high = np.quantile(known, _QUARTERS)
    best = float(known.max())
    # Four fifths of the best are kind, three fifths are not yet unkind.
    of_best = {bar: float(np.nextafter(share * best, -np.inf)) for bar, share in _OF_BEST.items()}
    quarters = {Bar.LOW_QUARTER: float(low), Bar.HIGH_QUARTER: float(high)}
    return {Bar.TYPICAL: float(typical), Bar.GAP: gap, **quarters, **of_best}


def _bounds(word: NameWord, bars: Mapping[Bar, float]) -> tuple[float, float]:
    low = max((bars[one] if isinstance(one, Bar) else one for one in word.above), default=-np.inf)
    high = min((bars[one] if isinstance(one, Bar) else one for one in word.below), default=np.inf)
    return low, high


def _borne(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return whom a claim is true of, bool (n,)."""
    return np.asarray((values > low) & (values < high))


def _shares(borne: np.ndarray, labels: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return of what share of each segment and of all others it is true, (k,) each; 0 where nobody is."""
    sizes, hits = np.bincount(labels, minlength=k), np.bincount(labels[borne], minlength=k)
    rest, others = len(labels) - sizes, hits.sum() - hits
    inside = np.divide(hits, sizes, out=np.zeros(k), where=sizes > 0)
    return inside, np.divide(others, rest, out=np.zeros(k), where=rest > 0)
