"""Bars to both sides of the average: each on its side and in its colour, with its figure as text only."""

from __future__ import annotations

from segmentation.charts.bars import ABOVE, BELOW, diverging_bars


def test_bars_lie_on_their_side_in_the_colours_of_the_table() -> None:
    figure = diverging_bars(["Orders", "<b>Spend"], [1.5, -2.0], ["9 (all 3)", "<i>1"])
    bars, figures = figure.data
    assert (list(bars.x), list(bars.y)) == ([1.5, -2.0], [0, 1])
    assert bars.marker.color == (ABOVE, BELOW)
    assert list(figures.y) == [0, 1]
    assert figure.layout.yaxis2.ticktext == ("9 (all 3)", "&lt;i&gt;1")
    assert figure.layout.yaxis2.range == figure.layout.yaxis.range
    low, high = figure.layout.xaxis.range
    assert low < -2.0 and high > 1.5
    assert figure.layout.yaxis.ticktext == ("Orders", "&lt;b&gt;Spend")
    assert figure.layout.yaxis.range == (1.5, -0.5)


def test_nothing_to_draw_is_an_empty_chart() -> None:
    assert not diverging_bars([], [], []).data[0].x
