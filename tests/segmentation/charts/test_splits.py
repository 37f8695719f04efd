"""The chart of how segments split: every customer in every bar, bands that join them, colours that stay."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.charts import figures as charts
from segmentation.charts.splits import split_chart

FLOWS = {2: np.array([[40, 0, 10], [0, 50, 0]]), 3: np.array([[40, 0, 0, 0], [0, 25, 0, 25], [0, 0, 10, 0]])}
NAMES = {2: ["A", "B"], 3: ["A", "B", "<b>C"], 4: ["A", "B", "C", "D"]}


def test_every_bar_holds_all_customers_in_steady_colours() -> None:
    figure = split_chart(FLOWS, NAMES, chosen=3)
    assert [sum(bar.y) for bar in figure.data] == pytest.approx([1, 1, 1])
    assert [list(bar.y) for bar in figure.data] == [[0.5, 0.5], [0.4, 0.5, 0.1], [0.4, 0.25, 0.1, 0.25]]
    assert [set(bar.customdata) for bar in figure.data] == [{2}, {3}, {4}]
    for bar in figure.data:
        assert list(bar.marker.color) == [charts.style_of(label).colour for label in range(len(bar.y))]
    assert "&lt;b&gt;C" in figure.data[1].text[2]


def test_a_band_joins_every_two_segments_that_share_customers() -> None:
    figure = split_chart(FLOWS, NAMES, chosen=3)
    bands = [shape for shape in figure.layout.shapes if shape.type == "path"]
    assert len(bands) == 3 + 4
    assert [band.fillcolor for band in bands[:3]] == [charts.style_of(label).colour for label in (0, 0, 1)]
    [frame] = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert frame.x0 < 1 < frame.x1
