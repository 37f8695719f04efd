"""A small sample shop with segments, for what is to be done with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import Playbook
from segmentation.first_views.segments import by_shop
from segmentation.insight.facts.explain import Explanation
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, View, load_customers, load_run
from segmentation.runs.kept.views import asked_of
from segmentation.workspace import Workspace
from tests.prepared import looking_ahead, prepared
from tests.sample_files import load_sample


@dataclass(frozen=True)
class Segmented:
    """A workspace with a run looked at in k segments."""

    workspace: Workspace
    run: Run
    rows: pd.DataFrame
    k: int
    explanations: tuple[Explanation, ...]

    @property
    def view(self) -> View:
        """The run in k segments."""
        return View(self.run, self.k, self.rows)


@pytest.fixture(scope="session")
def played_home(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    """Give the home of a small sample shop in four segments, half of them by texts; nobody may change it.

    The fake encoder knows no likeness, so texts would count nothing by default.
    """

    def find(home: Path) -> None:
        with Workspace.open(home / "workspace.duckdb") as workspace:
            load_sample(workspace, tmp_path_factory.mktemp("files"), customers=400, seed=5)
            find_segments(
                workspace,
                RunOptions(k_range=(3, 4), resamples=2, resamples_of_suggested=2, seed=3, text_weight=0.5),
                load=load_fake,
            )

    return prepared(tmp_path_factory, "played", find)


@pytest.fixture(scope="session")
def home_ahead(played_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same home after somebody has looked ahead; nobody may change it."""
    return prepared(tmp_path_factory, "played ahead", looking_ahead(played_home))


@pytest.fixture(scope="session")
def segmented(played_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Segmented]:
    """Give the shop; nobody may change it."""
    copy = shutil.copytree(played_home, tmp_path_factory.mktemp("played") / "home")
    with Workspace.open(copy / "workspace.duckdb") as workspace:
        run = load_run(workspace)
        assert run is not None
        rows = load_customers(workspace, run)
        yield Segmented(workspace, run, rows, 4, by_shop(View(run, 4, rows), asked_of(workspace)))


@pytest.fixture(scope="session")
def playbook(segmented: Segmented) -> Playbook:
    """Give the playbook of the sample shop."""
    return make_playbook(segmented.workspace, segmented.view, segmented.explanations)
