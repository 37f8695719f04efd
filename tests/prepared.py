"""Home folders that are prepared once for all test processes, which then take copies of them."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.action.retention.job import look_ahead
from segmentation.runs import load_run
from segmentation.workspace import Workspace


def prepared(factory: pytest.TempPathFactory, name: str, prepare: Callable[[Path], None]) -> Path:
    """Give a folder of this run of the tests, filled by whoever needs it first; nobody may change it."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, half = shared / name, shared / f"{name}.half"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            prepare(half)
            half.rename(folder)
    return folder


def looking_ahead(home: Path) -> Callable[[Path], None]:
    """Return what copies a home with segments into a folder and lets the job look ahead there."""

    def look(copy: Path) -> None:
        shutil.copytree(home, copy)
        with Workspace.open(copy / "workspace.duckdb") as workspace:
            run = load_run(workspace)
            assert run is not None
            look_ahead(workspace, run)

    return look
