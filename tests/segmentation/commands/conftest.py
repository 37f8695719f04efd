"""A small shop in which segments were found, for commands that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.sample_shop import write as sample_shop
from segmentation.workspace import Workspace

SMALL = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace of a small shop in which segments were found."""
    sample_shop.write_csvs(folder := tmp_path_factory.mktemp("shop"), customers=300, seed=7)
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, folder / "orders.csv")
        find_segments(workspace, SMALL)
    return folder / "home" / "workspace.duckdb"
