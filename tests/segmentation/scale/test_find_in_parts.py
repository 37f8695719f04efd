"""Segments found of a shop in parts are those of the whole: the same labels for every k."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.runs import load_customers
from segmentation.runs.store import load_run
from segmentation.scale.find import find_in_parts
from segmentation.scale.storage import Folder
from segmentation.scale.workers import Workers
from segmentation.workspace import Workspace
from tests.segmentation.track.conftest import OPTIONS


def test_parts_have_the_segments_of_the_whole(shop: Workspace, tmp_path: Path, load_fake: Callable) -> None:
    whole = load_run(shop)
    assert whole is not None
    rows = load_customers(shop, whole)
    found = find_in_parts(shop, OPTIONS, Workers(map, Folder.at(str(tmp_path / "parts")), load_fake, 3))
    again = load_customers(shop, found)
    assert found.run_id != whole.run_id
    pd.testing.assert_frame_equal(again, rows, check_exact=True)
    assert all(np.array_equal(found.centers[k], whole.centers[k]) for k in whole.ks)
    assert found.suggestion == whole.suggestion and found.votes == whole.votes
