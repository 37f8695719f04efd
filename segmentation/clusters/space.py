"""The space in which customers are compared: features and texts, scaled and weighted block by block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from segmentation.algorithms.relevance import guided_shares
from segmentation.algorithms.scale import signed_log
from segmentation.errors import NothingToCompareError, OptionError, TooFewCustomersError
from segmentation.features.table import Feature, FeatureTable, Group
from segmentation.text.block import TextBlock

CLIP = 3.0
"""Standard deviations from the average beyond which a value counts no further."""

LARGEST = 1e100
"""Values beyond this are taken as this, so that their squares stay finite."""

ROUNDING = 1e-9
"""Differences below this share of the largest value are rounding, not differences."""

MOST_TIMES_A_BEHAVIOUR_COLUMN = 2.0
"""No column may have more than this many times the variance of a behaviour column."""


@dataclass(frozen=True)
class Weights:
    """How much each block counts, as shares of the total variance.

    :param text: share of text against behaviour, 0 to 1; None gives both the same.
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
    """How one column is made: weight x clip((log(x) - mean) / std); a missing value becomes 0."""

    name: str
    group: Group
    log: bool
    mean: float
    std: float
    clip: float
    weight: float = 1.0

    def scale(self, values: np.ndarray) -> np.ndarray:
        """Place values of this feature (original units, NaN: missing) on the axis of the space."""
        values = signed_log(values) if self.log else values
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
    shares = _shares({group for group, columns in blocks.items() if columns}, weights)
    if not shares:
        raise NothingToCompareError(
            f"every ticked feature is the same for all {len(table):,} customers.",
            "Tick more features, or add a file.",
        )
    columns, arrays, counted = _weigh(blocks, shares)
    matrix = np.empty((len(table), len(arrays)), dtype=np.float32)
    for position, values in enumerate(arrays):
        matrix[:, position] = values
    matrix.flags.writeable = False
    return Space(matrix, tuple(columns), counted, weights)


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
    made = (_feature_column(feature, table) for feature in table.features if feature.name not in off)
    return [one for one in made if one is not None]


def _feature_column(feature: Feature, table: FeatureTable) -> Made | None:
    """Return a standardised column, or None where the feature is the same for everybody who has it."""
    values = table.values[feature.name].to_numpy(dtype=np.float64)
    values = np.where(np.isfinite(values), np.clip(values, -LARGEST, LARGEST), np.nan)
    logged = signed_log(values) if feature.skewed else values
    existing = logged[~np.isnan(logged)]
    if not len(existing) or np.ptp(existing) <= ROUNDING * max(1.0, np.abs(existing).max()):
        return None
    mean, std = float(existing.mean()), float(existing.std())
    column = SpaceColumn(feature.name, feature.group, feature.skewed, mean, std, CLIP)
    return column, column.scale(values)


def _profile_columns(features: list[Made], table: FeatureTable) -> list[Made]:
    """Return the profile columns that may define segments: who somebody is (age, gender) only where alone."""
    profile = [made for made in features if made[0].group == Group.PROFILE]
    return [made for made in profile if not table.feature(made[0].name).personal] or profile


def _text_columns(text: TextBlock) -> list[Made]:
    vectors = np.asarray(text.vectors, dtype=np.float64)
    return [
        (SpaceColumn(f"text_{number + 1}", Group.TEXT, False, 0.0, 1.0, np.inf), vectors[:, number])
        for number in range(vectors.shape[1])
        if np.ptp(vectors[:, number]) > 0
    ]


def _shares(present: set[Group], weights: Weights) -> dict[Group, float]:
    """Return the share of each defining block; profile columns define alone, or when asked to."""
    text = Group.TEXT in present and weights.text != 0
    if not text and Group.BEHAVIOUR not in present:
        return {Group.PROFILE: 1.0} if Group.PROFILE in present else {}
    profile = weights.profile if Group.PROFILE in present else 0.0
    of_the_rest = 0.0 if not text else 1.0 if Group.BEHAVIOUR not in present else weights.text or 0.5
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
            columns.append(replace(column, weight=weight))
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
