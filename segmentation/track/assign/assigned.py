"""Customers assigned to frozen segments: who is where, how far from the middle, and who is like nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.kmeans import find_nearest
from segmentation.clusters.place import place
from segmentation.clusters.reach import beyond
from segmentation.errors import OptionError
from segmentation.features.table import FeatureTable
from segmentation.text.block import TextBlock
from segmentation.track.frozen import Frozen


@dataclass(frozen=True)
class Assigned:
    """Customers in k frozen segments, in the order of the feature table.

    `customer_ids` (n,) are str; `segment` and `second`, uint8 (n,), are labels in the run's order: the
    nearest segment and the next one. `distance`, float32 (n,), is that to the segment's middle in the space;
    `margin`, float32 (n,), is it beside the distance to the second: 1 exactly between both, 0 in the middle.
    `unlike_anybody`, bool (n,), marks who is farther than 99 % of the segment's customers were.
    """

    k: int
    customer_ids: np.ndarray
    segment: np.ndarray
    distance: np.ndarray
    second: np.ndarray
    margin: np.ndarray
    unlike_anybody: np.ndarray

    def __len__(self) -> int:
        return len(self.customer_ids)


def assign(frozen: Frozen, table: FeatureTable, text: TextBlock | None, k: int) -> Assigned:
    """Assign the customers of a table to the nearest of k frozen segments; nothing is fitted.

    :param table: with the columns that the run compares customers by (`Frozen.defining`).
    :param text: what those customers' texts say in the run's own directions; None where there is none.
    :raises OptionError: if the run has no such k.
    """
    run = frozen.run
    if k not in run.cuts:
        raise OptionError(f"there are no {k} segments.", f"There are {', '.join(map(str, run.ks))}.")
    matrix = place(run.columns, table, text.vectors if text is not None else None)
    nearest = find_nearest(matrix, run.centers[k])
    far = nearest.to_second > 0
    margin = np.divide(nearest.distance, nearest.to_second, out=np.ones(len(table)), where=far)
    return Assigned(
        k,
        table.customer_ids,
        nearest.first,
        nearest.distance.astype(np.float32),
        nearest.second,
        margin.astype(np.float32),
        beyond(nearest, run.reach[k]),
    )
