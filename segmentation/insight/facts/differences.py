"""What sets each segment apart from the shop as a whole, strongest first, each story told once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from segmentation import formats
from segmentation.features.table import Feature, Unit
from segmentation.insight.facts.centroids import MOSTLY_KNOWN, CentroidTable
from segmentation.insight.facts.theme_facts import LEAST
from segmentation.insight.feature_words.families import CORE, Family
from segmentation.insight.feature_words.wording import entry_of

# Between Cohen's (1988) small effect, 0.2 standard deviations, and his medium one, 0.5.
CLEAR = 0.35
SLIGHT = 0.1
SAME_STORY = 0.75
MOST_APART = 6.0
# A segment of more than this is most of what all customers are.
MOST = 0.5
# Of two features that mirror each other, such as the flags of two values, tell what is there, not what lacks.
PRESENCE = 0.95


@dataclass(frozen=True)
class Difference:
    """One feature of one segment beside all customers, both in the feature's unit.

    `effect` is the distance from the other customers in standard deviations of all (on a logarithmic scale
    where skewed), `ratio` is value / overall where that makes sense, `is_median` says whether the two values
    are medians. `of_others`: `overall` is the other customers' figure, as that of all reads the same.
    """

    feature: Feature
    family: Family
    value: float
    overall: float
    effect: float
    ratio: float | None
    is_median: bool
    of_others: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether people would call this a difference."""
        return abs(self.effect) >= CLEAR


@dataclass(frozen=True)
class Portrait:
    """The facts about one segment (0-based): its size, its share of customers and revenue, its differences.

    `differences` are sorted by strength and hold slight ones too; `currency` is that of the money among them.
    `effects` holds the effect of every feature, told or not, and `named_for` the differences in what its name
    speaks of.
    """

    segment: int
    size: int
    share: float
    revenue_share: float | None
    differences: tuple[Difference, ...]
    currency: str | None
    effects: Mapping[str, float]
    named_for: tuple[Difference, ...] = ()

    @property
    def clear(self) -> tuple[Difference, ...]:
        """The differences worth a word."""
        return tuple(difference for difference in self.differences if difference.is_clear)

    @property
    def is_all_rounders(self) -> bool:
        """Whether the segment is like the average in everything."""
        return not self.clear and not self.named_for


def find_differences(
    table: CentroidTable, named_for: Mapping[int, Collection[str]] | None = None
) -> tuple[Portrait, ...]:
    """Find for every segment what sets it apart from the others, redundant features left out.

    A segment of four fifths of all customers makes the average, so that it is never far from it: its mean is
    nearer to that of all than to that of the others by their share.

    :param named_for: the names of the features that a segment's name speaks of, by segment.
    """
    speaks_of = named_for or {}
    others = np.where(table.shares < 1, 1 - table.shares, 1.0)
    table = replace(table, effects=np.clip(table.effects / others, -MOST_APART, MOST_APART))
    names = [feature.name for feature in table.features]
    return tuple(
        Portrait(
            segment=segment,
            size=int(table.sizes[segment]),
            share=float(table.shares[segment]),
            revenue_share=None if table.revenue_shares is None else float(table.revenue_shares[segment]),
            differences=ranked_differences(table, segment),
            currency=table.currency,
            effects=dict(zip(names, np.nan_to_num(table.effects[:, segment]).tolist(), strict=True)),
            named_for=_differences_in(table, segment, speaks_of.get(segment, ())),
        )
        for segment in range(table.k)
    )


def _differences_in(table: CentroidTable, segment: int, features: Collection[str]) -> tuple[Difference, ...]:
    """Give a segment's differences in some features, in their order, where there are any."""
    rows = {feature.name: row for row, feature in enumerate(table.features)}
    found = (_difference(table, rows[name], segment) for name in features if name in rows)
    return tuple(difference for difference in found if difference)


def ranked_differences(table: CentroidTable, segment: int) -> tuple[Difference, ...]:
    """Return a segment's differences from the table's overall figures, strongest first, slight ones too."""
    effects = np.nan_to_num(table.effects[:, segment])
    weights = np.array([entry_of(feature).weight for feature in table.features])
    weights[effects < 0] *= PRESENCE
    kept: list[int] = []
    found: list[Difference] = []
    for row in np.argsort(-np.abs(effects) * weights, kind="stable"):
        if abs(effects[row]) < SLIGHT or table.known[row, segment] < MOSTLY_KNOWN:
            continue
        difference = _difference(table, int(row), segment)
        if difference and not _already_told(table, int(row), difference.family, kept, found):
            kept.append(int(row))
            found.append(difference)
    return tuple(sorted(found, key=lambda difference: -abs(difference.effect)))


def _difference(table: CentroidTable, row: int, segment: int) -> Difference | None:
    """Take the middle that people read, the mean where the medians are equal, or None if neither shows it."""
    feature, effect = table.features[row], float(table.effects[row, segment])
    mean = table.means[row, segment]
    pairs = [(mean, table.overall_means[row], False, False)]
    if table.use_median[row]:
        pairs.insert(0, (table.medians[row, segment], table.overall_medians[row], True, False))
    if table.shares[segment] > MOST:
        pairs.append((mean, _mean_of_others(table, row, segment), False, True))
    for value, overall, is_median, of_others in pairs:
        if (value - overall) * effect > 0 and not _read_alike(feature, float(value), float(overall)):
            signed = bool((table.means[row] < 0).any())
            ratio = None if signed else _ratio(feature, float(value), float(overall))
            family = entry_of(feature).family
            return Difference(
                feature, family, float(value), float(overall), effect, ratio, is_median, of_others
            )
    return None


def _mean_of_others(table: CentroidTable, row: int, segment: int) -> float:
    """Return the mean of those outside a segment who have a value; NaN where nobody has."""
    counts = np.delete(np.nan_to_num(table.known[row]) * table.sizes, segment)
    has = counts > 0
    means = np.delete(table.means[row], segment)[has]
    return float(np.average(means, weights=counts[has])) if has.any() else np.nan


def _read_alike(feature: Feature, value: float, overall: float) -> bool:
    """Whether people would read the same figure twice: 0 days beside 0 days, one order beside 0.99."""
    if formats.of_unit(value, feature.unit) == formats.of_unit(overall, feature.unit):
        return True
    entry = entry_of(feature)
    if entry.family == Family.THEME and abs(value - overall) < LEAST:
        return True
    low = entry.low
    return value < overall and low.at(value) is low.least and low.at(overall) is low.least


def _ratio(feature: Feature, value: float, overall: float) -> float | None:
    has_zero_point = feature.unit in (Unit.DAYS, Unit.MONEY, Unit.COUNT, Unit.SHARE)
    return value / overall if has_zero_point and overall > 0 and value > 0 else None


def _already_told(
    table: CentroidTable, row: int, family: Family, kept: list[int], found: list[Difference]
) -> bool:
    """Whether a stronger difference is of the same family, or moves with this one; themes are always told."""
    if family == Family.THEME:
        return False
    for other_row, other in zip(kept, found, strict=True):
        if family == other.family and family not in (Family.PROFILE, Family.FLAG):
            return True
        moves_along = abs(table.correlations[row, other_row]) >= SAME_STORY
        if moves_along and other.family != Family.THEME and not {family, other.family} <= CORE:
            return True
    return False
