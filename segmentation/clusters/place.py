"""Customers placed in a space that was made before, of themselves or of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.clusters.space_columns import TEXT, SpaceColumn, finite_values
from segmentation.features.table import FeatureTable, Group


def place(columns: Sequence[SpaceColumn], table: FeatureTable, vectors: np.ndarray | None) -> np.ndarray:
    """Return the customers' places in a space of these columns, float32 (n, d), read-only.

    Nothing is learned of them: who has no value, or no text, is in the middle of a column.

    :param vectors: the customers' texts, float32 (n, p); None where nothing was read.
    """
    matrix = np.zeros((len(table), len(columns)), dtype=np.float32)
    for number, column in enumerate(columns):
        if column.group != Group.TEXT:
            matrix[:, number] = column.scale(finite_values(table, column.name))
        elif vectors is not None:
            direction = int(column.name.removeprefix(TEXT)) - 1
            matrix[:, number] = column.scale(vectors[:, direction].astype(np.float64))
    matrix.flags.writeable = False
    return matrix
