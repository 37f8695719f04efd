"""One run in k segments: rows that are read once and late, and the one error for a number there is not."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.errors import OptionError
from segmentation.runs import View

ROWS = pd.DataFrame(
    {
        "customer_id": ["a", "b", "c"],
        "segment_2": np.array([0, 1, 1], dtype=np.int16),
        "confidence_2": [0.5, 1.0, 0.25],
        "segment_3": np.array([2, 0, 1], dtype=np.int16),
    }
)


def run_with(*ks: int) -> Any:
    return SimpleNamespace(cuts=dict.fromkeys(ks), ks=list(ks), names_at=lambda k: list("xyz")[:k])


def test_a_view_tells_of_each_customer() -> None:
    view = View(run_with(2, 3), 2, ROWS)
    assert view.names == ["x", "y"]
    assert view.customer_ids.tolist() == ["a", "b", "c"]
    assert view.labels.tolist() == [0, 1, 1]
    assert view.confidence.tolist() == [0.5, 1.0, 0.25]
    assert view.members(1).tolist() == ["b", "c"]
    assert view.at(3).labels.tolist() == [2, 0, 1]


def test_rows_are_read_when_they_are_asked_for_and_once() -> None:
    read = []

    def source() -> pd.DataFrame:
        read.append("rows")
        return ROWS

    view = View(run_with(2, 3), 2, source)
    other = view.at(3)
    assert not read
    assert view.members(0).tolist() == ["a"]
    assert other.members(0).tolist() == ["b"]
    assert read == ["rows"]


def test_a_number_of_segments_that_the_run_lacks_is_refused() -> None:
    with pytest.raises(OptionError, match=r"there are no 9 segments\. There are 2, 3\."):
        View(run_with(2, 3), 9, ROWS)
    with pytest.raises(OptionError, match="there are no 4 segments"):
        View(run_with(2, 3), 2, ROWS).at(4)
