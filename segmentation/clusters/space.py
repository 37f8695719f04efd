"""The space in which customers are compared: features and texts, scaled and weighted block by block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from segmentation.clusters.space_columns import (
    Made,
    SpaceColumn,
    block_of,
    feature_columns,
    profile_columns,
    text_columns,
)
from segmentation.clusters.weights import Weights, block_shares, default_text_share
from segmentation.errors import NothingToCompareError, TooFewCustomersError
from segmentation.features.table import FeatureTable, Group
from segmentation.text.block import TextBlock

MOST_TIMES_A_BEHAVIOUR_COLUMN = 2.0
"""No column may have more than this many times the variance of a behaviour column."""


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
    features = feature_columns(table, weights.off)
    blocks = {
        Group.BEHAVIOUR: [made for made in features if block_of(made[0]) == Group.BEHAVIOUR],
        Group.PROFILE: profile_columns(features, table),
        Group.TEXT: text_columns(text) if text is not None else [],
    }
    present = {group for group, columns in blocks.items() if columns}
    shares = block_shares(present, weights, default_text_share(text.taste if text is not None else None))
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


def column_shares(space: Space) -> np.ndarray:
    """Return each column's variance among the customers who have values in its block, (d,)."""
    blocks = np.array([block_of(column) for column in space.columns])
    shares = np.zeros(len(blocks))
    for group in space.shares:
        places = np.flatnonzero(blocks == group)
        shares[places] = _variances([(space.columns[place], space.matrix[:, place]) for place in places])
    return shares


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
