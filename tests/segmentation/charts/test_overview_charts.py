"""The charts of a shop at a glance: what is marked as not over, which bar is whose, what is blank."""

from __future__ import annotations

from datetime import date

import numpy as np

from segmentation.charts.figures import style_of
from segmentation.charts.overview import retention_map, segment_month_bars, share_bars, tenth_bars

MONTHS = (date(2024, 1, 1), date(2024, 2, 1))


def test_months_are_stacked_by_segment_and_what_is_not_over_is_faint() -> None:
    orders, revenue = np.array([[3, 1], [2, 0]]), np.array([[30.0, 10.0], [-5.0, 0.0]])
    figure = segment_month_bars(MONTHS, orders, revenue, ["Regulars", "A <b> & c"], 1, "EUR")
    assert figure.layout.barmode == "relative"
    assert [list(bars.y) for bars in figure.data] == [[3, 1], [30, 10], [2, 0], [-5, 0]]
    assert [bars.yaxis for bars in figure.data] == ["y", "y2", "y", "y2"]
    assert {tuple(bars.marker.opacity) for bars in figure.data} == {(1.0, 0.45)}
    assert [bars.marker.color for bars in figure.data[::2]] == [style_of(0).colour, style_of(1).colour]
    assert figure.data[0].text[1] == "February 2024, so far<br>Regulars: 1 order"
    assert figure.data[3].text[0] == "January 2024<br>A &lt;b&gt; &amp; c: −€5.00"
    assert figure.layout.yaxis2.title.text == "Revenue (EUR)"


def test_months_without_amounts_are_orders_alone() -> None:
    figure = segment_month_bars(MONTHS, np.array([[3, 1]]), None, ["All"], 2, None)
    assert [bars.yaxis for bars in figure.data] == ["y"]
    assert list(figure.layout.yaxis.domain) == [0, 1]


def test_segments_of_one_colour_differ_in_pattern() -> None:
    names = [str(label) for label in range(12)]
    bars = segment_month_bars(MONTHS, np.ones((12, 2), dtype=int), None, names, 2, None).data
    looks = {(one.marker.color, one.marker.pattern.shape) for one in bars}
    assert len(looks) == 12


def test_a_bar_of_shares_knows_its_segment() -> None:
    figure = share_bars(["A", "B"], [0.25, 0.75], [0.9, 0.1])
    customers, revenue = figure.data
    assert list(customers.customdata) == list(revenue.customdata) == [0, 1]
    assert list(customers.text) == ["25.0%", "75.0%"]
    assert (customers.marker.opacity, revenue.marker.opacity) == (0.45, 1.0)
    assert all(low > high for low, high in zip(revenue.y, customers.y, strict=True))  # below: y goes down
    assert len(share_bars(["A", "B"], [0.25, 0.75], None).data) == 1


def test_names_are_broken_and_escaped() -> None:
    long = "Occasional small spenders · less theme: knitting & sewing <b>"
    [note] = share_bars([long], [1.0], None).layout.annotations
    assert note.text.count("<br>") == 1
    assert "&amp;" in note.text
    assert "&lt;b&gt;" in note.text


def test_what_is_masked_is_blank() -> None:
    values = np.array([[0.5], [np.nan]])
    [cells] = retention_map(MONTHS, np.array([1200, 3]), values, False, None).data
    assert cells.z[0][0] == 0.5
    assert np.isnan(cells.z[1][0])
    assert cells.hoverongaps is False
    assert cells.text[0][0] == "50.0%"
    assert cells.customdata[0][0] == "Jan 2024 · 1,200"
    [paid] = retention_map(MONTHS, np.array([1200, 3]), values * 30, True, "GBP").data
    assert paid.text[0][0] == "£15.00"


def test_tenths_stand_from_the_best() -> None:
    [bars] = tenth_bars((0.5, *[0.1] * 4, *[0.02] * 5)).data
    assert list(bars.text)[:2] == ["50%", "10%"]
    assert list(bars.x) == list(range(1, 11))
