"""What a workspace does with its file is tested with a database of its own, as everybody has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give an empty workspace in a folder of its own."""
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as opened:
        yield opened
