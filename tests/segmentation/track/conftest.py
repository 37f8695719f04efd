"""A small sample shop with a run, texts and a concept among what it was made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions
from segmentation.track.alarms.month_ends import month_ends
from segmentation.workspace import Workspace
from tests.prepared import prepared
from tests.sample_files import load_sample

OPTIONS = RunOptions(
    k_range=(2, 6), resamples=3, resamples_of_suggested=5, text_weight=0.5, concepts=("gift buyer",)
)


@pytest.fixture(scope="session")
def shop_home(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    """Give the closed file of a workspace with a run; nobody may change it."""

    def find(home: Path) -> None:
        with Workspace.open(home / "workspace.duckdb") as workspace:
            load_sample(workspace, tmp_path_factory.mktemp("sample"), customers=400, seed=5)
            find_segments(workspace, OPTIONS, load=load_fake)

    return prepared(tmp_path_factory, "track", find) / "workspace.duckdb"


@pytest.fixture
def shop(shop_home: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """Give a copy of the workspace to do anything with."""
    return open_copy(shop_home.parent)


@pytest.fixture
def run(shop: Workspace) -> Run:
    """Give the run of the shop."""
    from segmentation.runs import load_run

    found = load_run(shop)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def few_months() -> Iterator[None]:
    """Let alarms look at the last three months alone, where it is not them that a test is about."""

    def lately(last: datetime, first: datetime, *others: Any) -> list[tuple[int, datetime]]:
        return month_ends(last, max(first, last - timedelta(days=100)), *others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("segmentation.track.alarms.ring.month_ends", lately)
        yield
