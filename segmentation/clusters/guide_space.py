"""The columns of a space weighed by what they tell of an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from segmentation.algorithms.relevance import guided_shares
from segmentation.clusters.space import Space, column_shares
from segmentation.clusters.space_columns import block_of


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
    blocks = np.array([block_of(column) for column in columns])
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
