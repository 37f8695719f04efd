"""Revenue and orders by month."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from segmentation import formats
from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, LINE, PALETTE, QUIET, month_ticks

HEIGHT = 280
_AXIS = {"gridcolor": GRID, "linecolor": LINE, "zerolinecolor": LINE, "automargin": True, "fixedrange": True}


def month_bars(months: pd.DataFrame, currency: str | None) -> go.Figure:
    """Draw a bar of revenue for each month, and below it one of orders; only orders where nothing is paid.

    :param months: columns month (its first day), revenue (may be NaN) and orders.
    """
    paid = months["revenue"].notna().any()
    money = [formats.money(value, currency) for value in months["revenue"]]
    counts = [words.orders(count) for count in months["orders"]]
    traces = [_bars(months, "orders", counts, QUIET if paid else PALETTE[0], "y")]
    if paid:
        traces.append(_bars(months, "revenue", money, PALETTE[0], "y2"))
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "bargap": 0.25,
        "xaxis": {**_AXIS, "anchor": "y", "hoverformat": "%B %Y", **month_ticks(len(months))},
        "yaxis": {**_AXIS, "domain": [0, 0.3 if paid else 1], "title": {"text": "Orders"}, "nticks": 3},
    }
    if paid:
        told = formats.in_currency("Revenue", "money", currency)
        layout["yaxis2"] = {
            **_AXIS,
            "domain": [0.38, 1],
            "title": {"text": told},
            "nticks": 5,
        }
    return go.Figure(traces, layout)


def _bars(months: pd.DataFrame, column: str, told: list[str], colour: str, axis: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": months["month"],
        "y": months[column],
        "yaxis": axis,
        "text": told,
        "textposition": "none",
        "marker": {"color": colour, "line": {"width": 0}},
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }
