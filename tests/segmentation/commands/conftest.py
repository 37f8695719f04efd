"""A small shop in which segments were found, for commands that look at it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def home(found_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace of a small shop in which segments were found."""
    return shutil.copytree(found_home, tmp_path_factory.mktemp("shop") / "home") / "workspace.duckdb"
