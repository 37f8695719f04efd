"""The five known groups of the mall's customers, by income and spending score."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.clusters.fit import sweep
from segmentation.clusters.space import build_space
from segmentation.clusters.stability import resample
from segmentation.clusters.suggest import suggest
from segmentation.clusters.weights import Weights
from segmentation.features.table import Feature, FeatureTable, Group, Unit


def test_five_known_groups_are_shown_at_five(shared_data: Path) -> None:
    mall = pd.read_csv(shared_data / "mall-customers" / "Mall_Customers.csv")
    income, score = mall["Annual Income (k$)"].astype(float), mall["Spending Score (1-100)"].astype(float)
    features = tuple(Feature(name, name, name, Group.PROFILE, Unit.NUMBER) for name in ("income", "score"))
    values = pd.DataFrame({"income": income, "score": score})
    ids = mall["CustomerID"].astype(str).to_numpy(dtype=object)
    space = build_space(FeatureTable(ids, values, features, (), None, None), None, Weights())

    found = sweep(space.matrix, range(2, 9), seed=0)
    assert suggest(space.matrix, found, resample(space.matrix, found, seed=0), seed=0).k == 5
    middles = values.groupby(found.labels[5]).mean().round().sort_values(["income", "score"])
    np.testing.assert_array_equal(middles, [[26, 21], [26, 79], [55, 50], [87, 82], [88, 17]])
