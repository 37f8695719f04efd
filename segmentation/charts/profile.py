"""The charts of one segment's profile: how its customers are spread beside all others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from segmentation.charts.figures import CLEAR, GRID, LINE, QUIET, plain_text

HEIGHT = 190


def spread(
    ranges: Sequence[str],
    inside: np.ndarray,
    others: np.ndarray,
    ticks: Sequence[tuple[float, str]],
    colour: str,
) -> go.Figure:
    """Draw the shares (0..1) of a segment's customers in each bin as bars, those of the others as a line.

    :param ranges: what each bin holds, in words; a bin of width 1 each, from 0.
    :param ticks: places on the axis and what stands there.
    """
    edges = np.arange(len(inside) + 1)
    texts = [plain_text(text) for text in ranges]
    bars = {
        "type": "bar",
        "x": edges[:-1] + 0.5,
        "y": inside,
        "width": 0.92,
        "name": "this segment",
        "text": texts,
        "textposition": "none",
        "marker": {"color": colour, "line": {"width": 0}},
        "hovertemplate": "%{text}: %{y:.1%} of this segment<extra></extra>",
    }
    steps = {
        "type": "scatter",
        "x": np.repeat(edges, 2),
        "y": np.concatenate([[0], np.repeat(others, 2), [0]]),
        "mode": "lines",
        "name": "the others",
        "line": {"color": QUIET, "width": 2},
        "hoverinfo": "skip",
    }
    hovers = {
        "type": "scatter",
        "x": edges[:-1] + 0.5,
        "y": others,
        "mode": "markers",
        "marker": {"color": QUIET, "size": 5, "opacity": 0},
        "text": texts,
        "showlegend": False,
        "hovertemplate": "%{text}: %{y:.1%} of the others<extra></extra>",
    }
    return go.Figure([bars, steps, hovers], _layout(ticks))


def score_histogram(edges: np.ndarray, counts: np.ndarray) -> go.Figure:
    """Draw how many customers (bins,) have which score, on a scale of 0 to 100 that `edges` part."""
    bars = {
        "type": "bar",
        "x": (edges[:-1] + edges[1:]) / 2,
        "y": counts,
        "width": 0.92 * np.diff(edges),
        "marker": {"color": QUIET, "line": {"width": 0}},
        "text": [f"{low:.0f} to {high:.0f}" for low, high in pairwise(edges)],
        "textposition": "none",
        "hovertemplate": "Score %{text}: %{y:,} customers<extra></extra>",
    }
    layout = _layout([(place, str(place)) for place in (0, 25, 50, 75, 100)])
    layout["yaxis"] |= {"tickformat": ",d"}
    layout["hovermode"] = "closest"
    return go.Figure([bars], layout)


def _layout(ticks: Sequence[tuple[float, str]]) -> dict[str, Any]:
    axis = {"gridcolor": GRID, "linecolor": LINE, "zerolinecolor": LINE, "automargin": True}
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "hovermode": "x unified",
        "xaxis": {
            **axis,
            "tickmode": "array",
            "tickvals": [place for place, _ in ticks],
            "ticktext": [plain_text(text) for _, text in ticks],
            "tickangle": 0,
            "showgrid": False,
        },
        "yaxis": {**axis, "tickformat": ".0%", "nticks": 4, "rangemode": "tozero"},
    }
