"""A share by month beside the others: every mark is named."""

from __future__ import annotations

from datetime import date

import numpy as np

from segmentation.algorithms.effects.rates import Shares
from segmentation.charts.topics import share_lines


def test_the_band_of_what_is_likely_is_named_as_both_lines_are() -> None:
    few = Shares(np.array([0.2, 0.4]), np.array([0.1, 0.3]), np.array([0.4, 0.6]), np.array([9, 8]))
    drawn = share_lines(
        [date(2024, 1, 1), date(2024, 2, 1)], few, few, ("This segment", "The others"), "#000"
    )
    assert [one.name for one in drawn.data] == ["This segment, likely range", "The others", "This segment"]
    assert all(one.showlegend is not False for one in drawn.data)
