"""What customers lack, and have anew, beside those that the segments were found with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.track.assign import assign_everybody
from segmentation.track.assign.words import missing_sentence, new_category_sentence
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace

FEW = RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)


def table(number: int, first: int, plans: list[str], seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "customer_id": [f"c{first + place}" for place in range(number)],
            "score": rng.normal(60, 9, number).round(1),
            "visits_per_month": rng.poisson(5, number),
            "plan": rng.choice(plans, number),
        }
    )


@pytest.fixture
def shop(workspace: Workspace, tmp_path: Path) -> Workspace:
    table(300, 0, ["basic", "plus"], 1).to_csv(tmp_path / "customers.csv", index=False)
    load_file(workspace, tmp_path / "customers.csv")
    find_segments(workspace, FEW)
    return workspace


def test_customers_as_those_before_lack_nothing(shop: Workspace) -> None:
    found = assign_everybody(shop, frozen_run(shop))
    assert found.missing == () and found.new_categories == ()


def test_a_column_that_went_missing_and_a_value_that_is_new_are_told(shop: Workspace, tmp_path: Path) -> None:
    later = table(100, 300, ["basic", "family"], 2).drop(columns="score")
    later.to_csv(tmp_path / "later.csv", index=False)
    load_file(shop, tmp_path / "later.csv")
    found = assign_everybody(shop, frozen_run(shop))
    assert len(found.standing) == 400
    [missing] = found.missing
    assert (missing.feature.label, missing.customers) == ("score", 100)
    assert missing.share == pytest.approx(0.25) and missing.share_then == 0
    assert "100 customers (25.0%" in missing_sentence(missing)
    [new] = found.new_categories
    family = int((later["plan"] == "family").sum())
    assert (new.column, new.value, new.customers) == ("plan", "family", family)
    assert "“family”" in new_category_sentence(new)
    new_ones = found.standing["customer_id"].isin(later["customer_id"])
    assert found.assigned.distance[new_ones.to_numpy()].max() < np.inf
