"""How much of the sample shop's true segments is found, beside what a classifier that knows them reaches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.clusters.fit import sweep
from segmentation.clusters.space import build_space
from segmentation.clusters.weights import Weights
from segmentation.features.build import build_features
from segmentation.intake.linking.build import build_shop
from segmentation.sample_shop import write_csvs
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.read import read_customers
from segmentation.workspace import Workspace
from tests.sample_files import load_exports

SEGMENTS = 6


def adjusted_rand(truth: np.ndarray, labels: np.ndarray) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(truth, labels))


def ceiling_of(matrix: np.ndarray, truth: np.ndarray) -> float:
    """Return the ARI of cross-validated predictions by a classifier that is shown the true segments."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    predicted = cross_val_predict(LogisticRegression(max_iter=5000), matrix, truth, cv=5)
    return adjusted_rand(truth, predicted)


@pytest.mark.slow
def test_default_settings_find_the_true_segments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        write_csvs(tmp_path / "shop")
        load_exports(workspace, tmp_path / "shop")
        shop = build_shop(workspace)
        table = build_features(workspace, shop)
        text = read_customers(workspace, shop, table.customer_ids, TextOptions(), seed=0)
    told = pd.read_csv(tmp_path / "shop" / "truth.csv", dtype=str).set_index("customer_id")["segment"]
    truth = told.loc[table.customer_ids].to_numpy(dtype=object)
    found, spaces = {}, {}
    for name, texts, weights in (
        ("default", text, Weights()),
        ("behaviour alone", None, Weights()),
        ("text alone", text, Weights(text=1.0)),
    ):
        spaces[name] = build_space(table, texts, weights).matrix
        found[name] = adjusted_rand(truth, sweep(spaces[name], [SEGMENTS], seed=0).labels[SEGMENTS])
    ceiling = ceiling_of(spaces["default"], truth)
    one_order = float((table.values["frequency"] == 1).mean())
    with capsys.disabled():
        print(f"\nsample shop: ceiling {ceiling:.3f}, {found}, one-order customers {one_order:.0%}")
    assert 0.85 <= ceiling <= 0.93
    assert found["default"] >= 0.85 * ceiling
    assert max(found["behaviour alone"], found["text alone"]) < found["default"] - 0.2
    assert one_order >= 0.2
