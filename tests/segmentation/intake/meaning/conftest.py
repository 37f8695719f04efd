"""Files written as a test says them, read into a workspace of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.intake.roles import Upload
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

Write = Callable[..., Upload]


@pytest.fixture
def load(workspace: Workspace, tmp_path: Path) -> Write:
    """Give a function that writes a header and rows into a file and loads it."""

    def write(header: str, rows: list[str], name: str = "file.csv") -> Upload:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return load_file(workspace, path)

    return write
