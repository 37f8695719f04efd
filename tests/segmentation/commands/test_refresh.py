"""`refresh` prints what changed, and says by its exit code that the app holds the workspace."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.sample_files import load_sample


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    path = tmp_path_factory.mktemp("refresh") / "w.duckdb"
    options = RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
    with Workspace.open(path) as workspace:
        load_sample(workspace, tmp_path_factory.mktemp("files"), customers=150, seed=2)
        find_segments(workspace, options, load=load_fake)
    return path


def test_it_prints_what_changed_and_nothing_changes_twice(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["refresh", "--workspace", str(home)]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["refresh", "--workspace", str(home)]) == 0
    second = json.loads(capsys.readouterr().out)
    assert (first["anew"], second["anew"]) == (True, False)
    assert {**first, "anew": False} == second
    assert sorted(path.name for path in Path(first["folder"]).iterdir()) == first["files"]


def test_a_workspace_that_another_program_holds_is_for_later(home: Path) -> None:
    command = [sys.executable, "-m", "segmentation", "refresh", "--workspace", str(home)]
    with Workspace.open(home):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 75 and "another program holds" in done.stderr
