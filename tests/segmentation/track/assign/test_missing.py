"""What customers lack, and have anew, beside those that the segments were found with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.track.assign import assign_everybody
from segmentation.track.assign.departures import Departures, NewTexts, find_new_texts
from segmentation.track.assign.words import missing_sentence, new_category_sentence, new_texts_sentence
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
    assert found.departures == Departures()


def test_a_column_that_went_missing_and_a_value_that_is_new_are_told(shop: Workspace, tmp_path: Path) -> None:
    later = table(100, 300, ["basic", "family"], 2).drop(columns="score")
    later.to_csv(tmp_path / "later.csv", index=False)
    load_file(shop, tmp_path / "later.csv")
    found = assign_everybody(shop, frozen_run(shop))
    assert len(found.standing) == 400
    [missing] = found.departures.missing
    assert (missing.feature.label, missing.customers) == ("score", 100)
    assert missing.share == pytest.approx(0.25) and missing.share_then == 0
    assert "100 customers (25.0%" in missing_sentence(missing)
    [new] = found.departures.new_categories
    family = int((later["plan"] == "family").sum())
    assert (new.column, new.value, new.customers) == ("plan", "family", family)
    assert "“family”" in new_category_sentence(new)
    new_ones = found.standing["customer_id"].isin(later["customer_id"])
    assert found.assigned.distance[new_ones.to_numpy()].max() < np.inf


def test_texts_that_were_not_there_are_told_where_texts_were_to_be_read(
    shop: Workspace, tmp_path: Path
) -> None:
    reviews = "review_id,customer_id,review\n" + "".join(
        f"r{place},c{place},It came after {place} days and fits me very well\n" for place in range(12)
    )
    (tmp_path / "reviews.csv").write_text(reviews + "r99,c3,…\n")
    load_file(shop, tmp_path / "reviews.csv")
    assert assign_everybody(shop, frozen_run(shop)).departures.new_texts == (), "nobody wanted any"
    frozen = frozen_run(shop)
    reading = replace(frozen, run=replace(frozen.run, options=replace(FEW, model="lexical")))
    assert find_new_texts(shop, reading) == (NewTexts("reviews", 12),)
    assert "“reviews” are new: 12 customers" in new_texts_sentence(NewTexts("reviews", 12))
