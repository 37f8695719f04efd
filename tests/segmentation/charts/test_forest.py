"""The forest plot: each line where its numbers are, the pooled one last, and texts of users as texts."""

from __future__ import annotations

import pytest

from segmentation.charts.figures import style_of
from segmentation.charts.forest import Branch, forest_chart

BRANCHES = [
    Branch(0, "1 Often <b>", 4.0, 1.0, 6.6, 3_000, "told"),
    Branch(1, "2 Seldom", -1.0, -3.0, 2.0, 500, "told"),
    Branch(None, "All together", 2.5, 1.1, 3.8, 3_500, "told"),
]


def test_the_lines_stand_where_the_numbers_are() -> None:
    figure = forest_chart(BRANCHES)
    for line, one in zip(figure.data, BRANCHES, strict=True):
        assert line.x[0] == one.value
        assert line.x[0] + line.error_x.array[0] == pytest.approx(one.high)
        assert line.x[0] - line.error_x.arrayminus[0] == pytest.approx(one.low)
    assert [line.y[0] for line in figure.data] == [0, 1, 2]
    assert figure.data[0].marker.color == style_of(0).colour
    assert figure.data[0].marker.size > figure.data[1].marker.size


def test_nothing_and_the_pooled_difference_are_upright_lines() -> None:
    assert [shape.x0 for shape in forest_chart(BRANCHES).layout.shapes] == [0, 2.5]
    assert [shape.x0 for shape in forest_chart(BRANCHES[:2]).layout.shapes] == [0]


def test_the_text_of_a_name_is_no_markup() -> None:
    assert forest_chart(BRANCHES).layout.yaxis.ticktext[0] == "1 Often &lt;b&gt;"


def test_the_axis_holds_every_end() -> None:
    low, high = forest_chart(BRANCHES).layout.xaxis.range
    assert low < -3.0
    assert high > 6.6
