"""A share by month with its interval: a segment beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import plotly.graph_objects as go

from segmentation import formats
from segmentation.algorithms.effects.rates import Shares
from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, LINE, QUIET, month_ticks

HEIGHT = 260
_AXIS = {"gridcolor": GRID, "linecolor": LINE, "zerolinecolor": LINE, "automargin": True, "fixedrange": True}


def share_lines(
    days: Sequence[date], inside: Shares, others: Shares, names: tuple[str, str], colour: str
) -> go.Figure:
    """Draw a share by month as a line, its interval as a band, and the others' share as a quiet line."""
    layout = {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "legend": {"orientation": "h", "y": -0.2},
        "xaxis": {**_AXIS, **month_ticks(len(days))},
        "yaxis": {**_AXIS, "tickformat": ".0%", "rangemode": "tozero", "nticks": 5},
    }
    drawn = [_band(days, inside, names[0], colour), _line(days, others, names[1], QUIET, "lines")]
    return go.Figure([*drawn, _line(days, inside, names[0], colour, "lines+markers")], layout)


def _band(days: Sequence[date], one: Shares, name: str, colour: str) -> go.Scatter:
    known = np.flatnonzero(np.isfinite(one.share)).tolist()
    months = [days[place] for place in known]
    return go.Scatter(
        x=[*months, *reversed(months)],
        y=[*one.high[known], *one.low[known][::-1]],
        fill="toself",
        fillcolor=colour,
        opacity=0.18,
        line={"width": 0},
        hoverinfo="skip",
        name=words.LIKELY_RANGE.format(name=name),
    )


def _line(days: Sequence[date], one: Shares, name: str, colour: str, mode: str) -> go.Scatter:
    known = np.flatnonzero(np.isfinite(one.share)).tolist()
    ends = np.column_stack([one.share, one.low, one.high])[known]
    told = [
        words.share_within(
            formats.percent(share), formats.percent(low), formats.percent(high), f"{count:,.0f}"
        )
        for (share, low, high), count in zip(ends, one.of[known], strict=True)
    ]
    return go.Scatter(
        x=[days[place] for place in known],
        y=one.share[known].tolist(),
        text=told,
        name=name,
        mode=mode,
        line={"color": colour, "width": 2.5},
        hovertemplate="%{x|%B %Y}: %{text}<extra></extra>",
    )
