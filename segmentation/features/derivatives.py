"""Which features give a column away: those made of it, and those that it is all but made of."""

from __future__ import annotations

import numpy as np

from segmentation.features.table import FeatureTable

NEARLY_ALL = 0.95
"""A feature that explains this share of the column (or the column of it) says the same thing."""

FEWEST, MOST = 30, 5_000
LEAVES = 32


def derived_from(column: str, table: FeatureTable) -> tuple[str, ...]:
    """Name the features that stand for the same thing as this one, itself among them."""
    variable = table.feature(column).variable
    values = table.values[column].to_numpy(dtype=np.float64)
    return tuple(
        feature.name
        for feature in table.features
        if feature.variable == variable or _say_the_same(values, table.values[feature.name].to_numpy())
    )


def _say_the_same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether either foretells the other all but fully, or being known at all foretells the first."""
    known = _some(np.isfinite(one))
    there = np.isfinite(other[known]).astype(np.float64)
    if len(known) >= FEWEST and _foretold(one[known], there) >= NEARLY_ALL:
        return True
    both = _some(np.isfinite(one) & np.isfinite(other))
    if len(both) < FEWEST:
        return False
    return max(_foretold(one[both], other[both]), _foretold(other[both], one[both])) >= NEARLY_ALL


def _some(wanted: np.ndarray) -> np.ndarray:
    """Return the places of these rows, evenly thinned where they are many."""
    rows = np.flatnonzero(wanted)
    return rows[:: -(-len(rows) // MOST) or 1]


def _foretold(wanted: np.ndarray, known: np.ndarray) -> float:
    """Return the share of every second row's variance that a small tree on the other rows explains."""
    from sklearn.tree import DecisionTreeRegressor

    tree = DecisionTreeRegressor(max_leaf_nodes=LEAVES, random_state=0)
    tree.fit(known[::2, None], wanted[::2])
    left = wanted[1::2]
    errors = ((left - tree.predict(known[1::2, None])) ** 2).sum()
    spread = ((left - left.mean()) ** 2).sum()
    return float(1 - errors / spread) if spread > 0 else 0.0
