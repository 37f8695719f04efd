"""Any mixture of columns is read, or refused with advice: none ends in an error of the database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from segmentation.errors import SegmentationError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.mixed_exports import mixed_export

FILES = 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_mixture_of_columns_ends_in_an_error(tmp_path: Path, seed: int) -> None:
    for at in range(FILES):
        with Workspace.open(tmp_path / f"{at}.duckdb") as workspace:
            path = tmp_path / f"orders{at}.csv"
            path.write_text(mixed_export(seed * FILES + at))
            with suppress(SegmentationError):
                load_file(workspace, path)
                build_shop(workspace)
