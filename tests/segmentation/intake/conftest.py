"""Real exports, each loaded once for all tests of this room."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

LoadReal = Callable[..., Workspace]


@pytest.fixture(scope="session")
def load_real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadReal]:
    """Give a function from names of real files to a workspace that holds them, kept between tests."""
    with ExitStack() as opened:

        @cache
        def load(*files: str) -> Workspace:
            path = tmp_path_factory.mktemp("real") / "home" / "workspace.duckdb"
            workspace = opened.enter_context(Workspace.open(path))
            for file in files:
                load_file(workspace, shared_data / file)
            return workspace

        yield load
