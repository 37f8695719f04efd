"""The snake plot: a line for each segment in its colour, features from top to bottom, text only as text."""

from __future__ import annotations

import numpy as np

from segmentation.charts.figures import style_of
from segmentation.charts.snake import snake_plot

EFFECTS = np.array([[1.5, -0.5], [0.0, 2.0]])
TOLD = [["Orders: 9", "Orders: 1"], ["Spend: <b>5", "Spend: 90"]]


def test_every_segment_is_a_line_down_the_features() -> None:
    figure = snake_plot(EFFECTS, ["Orders", "Net spend of the last twelve months"], TOLD, ["A", "<i>B"])
    assert [list(line.x) for line in figure.data] == [[1.5, 0.0], [-0.5, 2.0]]
    assert [list(line.y) for line in figure.data] == [[0, 1], [0, 1]]
    assert [line.line.color for line in figure.data] == [style_of(label).colour for label in (0, 1)]
    assert figure.layout.yaxis.range == (1.5, -0.5)
    assert figure.layout.xaxis.range[0] == -figure.layout.xaxis.range[1] < -2
    assert figure.layout.yaxis.ticktext == ("Orders", "Net spend of the last<br>twelve months")


def test_what_comes_from_files_is_only_text() -> None:
    figure = snake_plot(EFFECTS, ["<u>Orders", "Spend"], TOLD, ["A", "<i>B"])
    assert figure.data[1].name == "&lt;i&gt;B"
    assert figure.data[0].text == ("Orders: 9", "Spend: &lt;b&gt;5")
    assert figure.layout.yaxis.ticktext[0] == "&lt;u&gt;Orders"


def test_nothing_to_draw_is_an_empty_plot() -> None:
    assert len(snake_plot(np.zeros((0, 2)), [], [], ["A", "B"]).data[0].x) == 0
