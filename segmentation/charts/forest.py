"""A forest plot: what a campaign changed in each segment, with intervals, and what in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from segmentation import formats
from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, QUIET, plain_text, style_of

ROW, AROUND = 38, 80  # CSS pixels
LONGEST = 28
SMALLEST, LARGEST = 8, 16
ROOM = 1.08


@dataclass(frozen=True)
class Branch:
    """One line: its segment (from 0; None is all together), its difference in points, and how many people."""

    segment: int | None
    name: str
    value: float
    low: float
    high: float
    people: int
    told: str


def forest_chart(branches: Sequence[Branch]) -> go.Figure:
    """Draw a line for each segment, the first on top, and a diamond for all together with a line upwards."""
    most = max(one.people for one in branches)
    pooled = next((one for one in branches if one.segment is None), None)
    shapes = [_upright(0.0, "solid"), *([_upright(pooled.value, "dot")] if pooled else [])]
    far = ROOM * max(*(abs(end) for one in branches for end in (one.low, one.high)), 0.5)
    layout = {
        "height": AROUND + ROW * len(branches),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "shapes": shapes,
        "xaxis": {
            "title": {"text": words.POINTS_MORE},
            "range": [-far, far],
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "tickvals": list(range(len(branches))),
            "ticktext": [plain_text(formats.shortened(one.name, LONGEST)) for one in branches],
            "range": [len(branches) - 0.5, -0.5],
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return go.Figure([_line(place, one, most) for place, one in enumerate(branches)], layout)


def _line(place: int, one: Branch, most: int) -> dict[str, Any]:
    colour = QUIET if one.segment is None else style_of(one.segment).colour
    size = LARGEST if one.segment is None else SMALLEST + (LARGEST - SMALLEST) * (one.people / most) ** 0.5
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.value],
        "y": [place],
        "text": [plain_text(one.told)],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": colour,
            "size": size,
            "symbol": "diamond" if one.segment is None else style_of(one.segment).symbol,
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.value],
            "arrayminus": [one.value - one.low],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
    }


def _upright(x: float, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": QUIET, "width": 1, "dash": dash},
    }
