"""The space in which customers are compared: features and texts, scaled and weighted block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from segmentation.algorithms.relevance import guided_shares
from segmentation.algorithms.scale import signed_log
from segmentation.algorithms.split_halves import Reliability
from segmentation.errors import NothingToCompareError, OptionError, TooFewCustomersError
from segmentation.features.loudness import FEWEST_MEASURED, PRIOR
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.text.block import TextBlock

CLIP = 3.0
"""Standard deviations from the average beyond which a value counts no further."""

LARGEST = 1e100
"""Values beyond this are taken as this, so that their squares stay finite."""

ROUNDING = 1e-9
"""Differences below this share of the largest value are rounding, not differences."""

MOST_TIMES_A_BEHAVIOUR_COLUMN = 2.0
"""No column may have more than this many times the variance of a behaviour column."""

LOW_END = 0.01
"""An amount of nothing or less counts as the share of positive ones that is lowest: its logarithm lies far
below them all, and would make a segment of its own of the few who sent everything back."""

MOST_TEXT = 0.4
"""Texts have no more than this share by default: enough for segments of taste where taste lasts, and where
it pulls another way than value, value leads."""

TEXT = "text_"
UNMEASURED_TEXT = PRIOR
NO_TASTE = 0.1
"""Where what was bought before tells less than this of what is bought later, texts are left out."""


@dataclass(frozen=True)
class Weights:
    """How much each block counts, as shares of the total variance.

    :param text: share of text against behaviour, 0 to 1; None gives what `default_text_share` says.
    :param profile: share of the profile columns in the whole, 0 to 1; where there is nothing else it is 1.
    :param off: names of features that are not ticked.
    """

    text: float | None = None
    profile: float = 0.0
    off: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, share in (("text", self.text), ("profile", self.profile)):
            if share is not None and not 0 <= share <= 1:
                raise OptionError(f"the {name} weight is {share}.", "It must lie between 0 and 1.")


@dataclass(frozen=True)
class SpaceColumn:
    """How one column is made: weight x clip((log(x) - mean) / std); a missing value becomes 0.

    `floor` is what lower values are raised to before, on the scale of the logarithm; None: nothing is.
    """

    name: str
    group: Group
    log: bool
    mean: float
    std: float
    clip: float
    weight: float = 1.0
    floor: float | None = None

    def scale(self, values: np.ndarray) -> np.ndarray:
        """Place values of this feature (original units, NaN: missing) on the axis of the space."""
        values = signed_log(values) if self.log else values
        values = values if self.floor is None else np.maximum(values, self.floor)
        scaled = np.clip((values - self.mean) / self.std, -self.clip, self.clip) * self.weight
        return np.nan_to_num(scaled, nan=0.0)


@dataclass(frozen=True)
class Space:
    """The matrix that is clustered: float32 (n, d), read-only, a row per customer in the table's order.

    `shares` is the share of each block (behaviour with browsing, profile, text) in the total variance, with
    single columns held below the limit: together 1. Variance is that among customers who have values in the
    block.
    """

    matrix: np.ndarray
    columns: tuple[SpaceColumn, ...]
    shares: Mapping[Group, float]
    weights: Weights


def build_space(table: FeatureTable, text: TextBlock | None, weights: Weights) -> Space:
    """Scale every ticked feature and the text vectors, and weigh the blocks.

    :raises TooFewCustomersError: for fewer than two customers.
    :raises NothingToCompareError: when no ticked feature differs between customers.
    """
    if len(table) < 2:
        raise TooFewCustomersError(f"there is {len(table)} customer.", "Segments need at least two.")
    features = _feature_columns(table, weights.off)
    blocks = {
        Group.BEHAVIOUR: [made for made in features if _block_of(made[0]) == Group.BEHAVIOUR],
        Group.PROFILE: _profile_columns(features, table),
        Group.TEXT: _text_columns(text) if text is not None else [],
    }
    present = {group for group, columns in blocks.items() if columns}
    shares = _shares(present, weights, default_text_share(text.taste if text is not None else None))
    if not shares:
        raise NothingToCompareError(
            f"every ticked feature is the same for all {len(table):,} customers.",
            _what_would_help(table, text, weights),
        )
    columns, arrays, counted = _weigh(blocks, shares)
    matrix = np.empty((len(table), len(arrays)), dtype=np.float32)
    for position, values in enumerate(arrays):
        matrix[:, position] = values
    matrix.flags.writeable = False
    return Space(matrix, tuple(columns), counted, weights)


def _what_would_help(table: FeatureTable, text: TextBlock | None, weights: Weights) -> str:
    """Say what is switched off and would tell customers apart; another file where nothing is."""
    if any(feature.name in weights.off for feature in table.features):
        return "Tick features again on the Features page: some that are not ticked may differ."
    if text is not None:
        return "Let texts count on the What counts page: they are all that differs."
    return "Let texts be read where there are any, or add what customers bought, browsed or wrote."


def default_text_share(taste: Reliability | None) -> float:
    """Return the share of texts against behaviour: as much as taste lasts, up to a bound."""
    if taste is None or taste.rows < FEWEST_MEASURED:
        return UNMEASURED_TEXT
    return min(MOST_TEXT, taste.value) if taste.value >= NO_TASTE else 0.0


def guide_space(space: Space, relevance: Mapping[str, float]) -> Space:
    """Weigh the columns of a space by their relevance for an outcome; the whole variance stays the same.

    :param relevance: by the name of a column, or of a block for all its columns; columns that are in neither
        count as the average one. Some must be above 0.
    """
    factors = guiding_factors(space, relevance)
    matrix = space.matrix * factors.astype(np.float32)
    matrix.flags.writeable = False
    columns = tuple(
        replace(column, weight=column.weight * float(factor))
        for column, factor in zip(space.columns, factors, strict=True)
    )
    shares = column_shares(space) * factors**2
    blocks = np.array([_block_of(column) for column in columns])
    whole = shares.sum()
    found = {group: float(shares[blocks == group].sum() / whole) for group in space.shares}
    return replace(space, matrix=matrix, columns=columns, shares=found)


def guiding_factors(space: Space, relevance: Mapping[str, float]) -> np.ndarray:
    """Return by what each column of the space is multiplied, (d,)."""
    usual = float(np.mean(list(relevance.values())))
    found = [relevance.get(column.name, relevance.get(str(column.group), usual)) for column in space.columns]
    base = column_shares(space)
    shares = guided_shares(base, np.array(found))
    return np.sqrt(np.divide(shares, base, out=np.ones_like(base), where=base > 0))


def column_shares(space: Space) -> np.ndarray:
    """Return each column's variance among the customers who have values in its block, (d,)."""
    blocks = np.array([_block_of(column) for column in space.columns])
    shares = np.zeros(len(blocks))
    for group in space.shares:
        places = np.flatnonzero(blocks == group)
        shares[places] = _variances([(space.columns[place], space.matrix[:, place]) for place in places])
    return shares


def _block_of(column: SpaceColumn) -> Group:
    return Group.BEHAVIOUR if column.group in (Group.BROWSING, Group.CONCEPT) else column.group


Made = tuple[SpaceColumn, np.ndarray]


def _feature_columns(table: FeatureTable, off: frozenset[str]) -> list[Made]:
    ticked = [feature for feature in table.features if feature.name not in off]
    made = {feature: one for feature in ticked if (one := _feature_column(feature, table)) is not None}
    flags = Counter(feature.variable for feature in made)
    return [_with_vote(one, table, flags[feature.variable]) for feature, one in made.items()]


def _with_vote(made: Made, table: FeatureTable, flags: int) -> Made:
    """Let a column count by its vote; the flags of one variable share one vote."""
    column, values = made
    vote = table.votes.get(column.name)
    loudness = (1.0 if vote is None else vote.loudness) / float(np.sqrt(flags))
    return replace(column, weight=loudness), values * loudness


def _feature_column(feature: Feature, table: FeatureTable) -> Made | None:
    """Return a standardised column, or None where the feature is the same for everybody who has it."""
    values = finite_values(table, feature.name)
    floor = _floor(values) if feature.skewed and feature.unit == Unit.MONEY else None
    logged = signed_log(values) if feature.skewed else values
    existing = logged[~np.isnan(logged)]
    existing = existing if floor is None else np.maximum(existing, floor)
    if not len(existing) or np.ptp(existing) <= ROUNDING * max(1.0, np.abs(existing).max()):
        return None
    mean, std = float(existing.mean()), float(existing.std())
    column = SpaceColumn(feature.name, feature.group, feature.skewed, mean, std, CLIP, floor=floor)
    return column, column.scale(values)


def finite_values(table: FeatureTable, name: str) -> np.ndarray:
    """Return a column in original units, of finite size; NaN where there is no value."""
    values = table.values[name].to_numpy(dtype=np.float64)
    return np.where(np.isfinite(values), np.clip(values, -LARGEST, LARGEST), np.nan)


def _floor(amounts: np.ndarray) -> float | None:
    """Return the logarithm of what an amount of nothing or less counts as; None where there is none."""
    if not (amounts <= 0).any() or not (amounts > 0).any():
        return None
    return float(signed_log(np.quantile(amounts[amounts > 0], LOW_END)))


def _profile_columns(features: list[Made], table: FeatureTable) -> list[Made]:
    """Return the profile columns that may define segments: who somebody is (age, gender) only where alone."""
    profile = [made for made in features if made[0].group == Group.PROFILE]
    return [made for made in profile if not table.feature(made[0].name).personal] or profile


def _text_columns(text: TextBlock) -> list[Made]:
    vectors = np.asarray(text.vectors, dtype=np.float64)
    return [
        (SpaceColumn(f"{TEXT}{number + 1}", Group.TEXT, False, 0.0, 1.0, np.inf), vectors[:, number])
        for number in range(vectors.shape[1])
        if np.ptp(vectors[:, number]) > 0
    ]


def _shares(present: set[Group], weights: Weights, usual: float) -> dict[Group, float]:
    """Return the share of each defining block; profile columns define alone, or when asked to.

    :param usual: the share of texts against behaviour where nobody chose one.
    """
    beside = usual if weights.text is None else weights.text
    text = Group.TEXT in present and weights.text != 0 and (beside > 0 or Group.BEHAVIOUR not in present)
    if not text and Group.BEHAVIOUR not in present:
        return {Group.PROFILE: 1.0} if Group.PROFILE in present else {}
    profile = weights.profile if Group.PROFILE in present else 0.0
    of_the_rest = 0.0 if not text else 1.0 if Group.BEHAVIOUR not in present else beside
    shares = {
        Group.BEHAVIOUR: (1 - profile) * (1 - of_the_rest),
        Group.PROFILE: profile,
        Group.TEXT: (1 - profile) * of_the_rest,
    }
    return {group: share for group, share in shares.items() if share > 0}


def _weigh(
    blocks: Mapping[Group, list[Made]], wanted: Mapping[Group, float]
) -> tuple[list[SpaceColumn], list[np.ndarray], dict[Group, float]]:
    """Scale each block to the wanted share of the total variance, holding single columns below the limit.

    :return: the columns, their values, and the share that each block has so.
    """
    limit = np.inf
    if Group.BEHAVIOUR in wanted:
        limit = MOST_TIMES_A_BEHAVIOUR_COLUMN * wanted[Group.BEHAVIOUR] / len(blocks[Group.BEHAVIOUR])
    columns, arrays, counted = [], [], dict.fromkeys(wanted, 0.0)
    for group, share in wanted.items():
        variances = _variances(blocks[group])
        factors = np.sqrt(share / variances.sum())
        for (column, values), variance in zip(blocks[group], variances, strict=True):
            most = np.sqrt(limit / variance) if group == Group.PROFILE else np.inf
            weight = float(min(factors, most))
            columns.append(replace(column, weight=column.weight * weight))
            arrays.append(values * weight)
            counted[group] += float(variance) * weight**2
    whole = sum(counted.values())
    return columns, arrays, {group: part / whole for group, part in counted.items()}


def _variances(block: list[Made]) -> np.ndarray:
    """Return each column's variance among the customers who have anything in this block."""
    anything = np.zeros(len(block[0][1]), dtype=bool)
    for _, values in block:
        anything |= values != 0
    return np.array([values[anything].var() for _, values in block])
