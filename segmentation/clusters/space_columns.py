"""The columns of the space: features scaled and let count by their votes, profile columns, texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from segmentation.algorithms.scale import signed_log
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.text.block import TextBlock

CLIP = 3.0
"""Standard deviations from the average beyond which a value counts no further."""

LARGEST = 1e100
"""Values beyond this are taken as this, so that their squares stay finite."""

ROUNDING = 1e-9
"""Differences below this share of the largest value are rounding, not differences."""

LOW_END = 0.01
"""An amount of nothing or less counts as the share of positive ones that is lowest: its logarithm lies far
below them all, and would make a segment of its own of the few who sent everything back."""

TEXT = "text_"


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


Made = tuple[SpaceColumn, np.ndarray]
"""How a column is made, and its values, (n,)."""


def block_of(column: SpaceColumn) -> Group:
    """Return the block that a column counts in; browsing and concepts are behaviour."""
    return Group.BEHAVIOUR if column.group in (Group.BROWSING, Group.CONCEPT) else column.group


def feature_columns(table: FeatureTable, off: frozenset[str]) -> list[Made]:
    """Return a standardised column for every feature that is not `off` and differs, by its vote."""
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


def profile_columns(features: list[Made], table: FeatureTable) -> list[Made]:
    """Return the profile columns that may define segments: who somebody is (age, gender) only where alone."""
    profile = [made for made in features if made[0].group == Group.PROFILE]
    return [made for made in profile if not table.feature(made[0].name).personal] or profile


def text_columns(text: TextBlock) -> list[Made]:
    """Return the directions of the texts in which customers differ, as they are."""
    vectors = np.asarray(text.vectors, dtype=np.float64)
    return [
        (SpaceColumn(f"{TEXT}{number + 1}", Group.TEXT, False, 0.0, 1.0, np.inf), vectors[:, number])
        for number in range(vectors.shape[1])
        if np.ptp(vectors[:, number]) > 0
    ]
