"""What today's customers lack beside those that frozen segments were found with, and what they have anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from segmentation.features.categories import count_categories
from segmentation.features.table import Feature, FeatureTable, Group
from segmentation.intake.shop import Shop
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace

WORSE = 0.05
"""A column is missing where this share of customers more than then have no value, or nobody has any."""

LEAST_SHARE = 0.02
"""A category is told as new where as many have it as would have given it a column of its own."""


@dataclass(frozen=True)
class Missing:
    """A feature that defines segments and is not known of so many customers, now and then (0..1)."""

    feature: Feature
    customers: int
    share: float
    share_then: float


@dataclass(frozen=True)
class NewCategory:
    """A value in a column of the customer file that was not there then, and how many customers have it."""

    column: str
    value: str
    customers: int


def find_missing(frozen: Frozen, table: FeatureTable) -> tuple[Missing, ...]:
    """Return the features that define the segments and are known of fewer customers than then."""
    return missing_among(frozen, count_lacking(frozen, table), len(table))


def count_lacking(frozen: Frozen, table: FeatureTable) -> dict[str, int]:
    """Return by the features that define the segments how many customers have no value."""
    return {
        feature.name: int(np.isnan(table.values[feature.name].to_numpy(dtype=np.float64)).sum())
        for feature in frozen.defining
        if feature.name in table.values and feature.group != Group.CONCEPT
    }


def missing_among(frozen: Frozen, lacking: Mapping[str, int], customers: int) -> tuple[Missing, ...]:
    """Return the features that so many of so many customers lack, where that is more than then."""
    found = []
    for feature in frozen.defining:
        number, then = lacking.get(feature.name, 0), 1 - frozen.run.known.get(feature.name, 1.0)
        share = number / max(1, customers)
        if number and (number == customers or share > then + WORSE):
            found.append(Missing(feature, number, share, then))
    return tuple(found)


def find_new_categories(workspace: Workspace, frozen: Frozen, shop: Shop) -> tuple[NewCategory, ...]:
    """Return the values that many customers have now in columns that define segments, and hardly any had."""
    defining = {feature.variable for feature in frozen.defining if feature.value is not None}
    return tuple(
        NewCategory(column, value, customers)
        for column, counted in count_categories(workspace, shop).items()
        if f"profile.{column}" in defining
        for value, customers, share in counted
        if share >= LEAST_SHARE and value not in frozen.run.categories.get(column, ())
    )
