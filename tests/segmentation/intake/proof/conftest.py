"""A small shop, written and built in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace


@pytest.fixture
def build(workspace: Workspace, tmp_path: Path) -> Callable[..., Shop]:
    """Give a function that loads files, given by name and text, and builds their shop."""

    def load(**files: str) -> Shop:
        for name, text in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text)
            load_file(workspace, path)
        return build_shop(workspace)

    return load
