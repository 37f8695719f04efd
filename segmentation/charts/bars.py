"""Bars to both sides of the average: what a segment has more of, and what less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, QUIET, plain_text

ABOVE, BELOW = "#0B6FAB", "#E85800"
"""In the shades of the table of centroids, with a contrast of at least 3 on white and on #12181F."""
ROW, AROUND = 34, 76  # CSS pixels
ROOM_FOR_TEXT = 1.9


def diverging_bars(labels: Sequence[str], effects: Sequence[float], told: Sequence[str]) -> go.Figure:
    """Draw a bar for each feature, the first on top, to the right of the average or to its left.

    :param labels: the features' names.
    :param effects: distances from the average of all in standard deviations.
    :param told: the figure behind each bar, to the right of it or of the average.
    """
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": list(effects),
        "y": list(range(len(labels))),
        "width": 0.62,
        "marker": {"color": [ABOVE if effect > 0 else BELOW for effect in effects], "line": {"width": 0}},
        "hoverinfo": "skip",
    }
    figures = {
        "type": "scatter",
        "mode": "text",
        "x": [max(effect, 0.0) for effect in effects],
        "y": bars["y"],
        "text": [f" {plain_text(one)}" for one in told],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return go.Figure([bars, figures], _layout(labels, effects))


def _layout(labels: Sequence[str], effects: Sequence[float]) -> dict[str, Any]:
    low, high = (float(np.max([0.0, *sided])) for sided in (np.negative(effects), effects))
    far = max(ROOM_FOR_TEXT * high, low, 0.5)
    return {
        "height": AROUND + ROW * len(labels),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "xaxis": {
            "title": {"text": words.BESIDE_AVERAGE},
            "range": [-1.05 * low - 0.05, far],
            "showticklabels": False,
            "gridcolor": GRID,
            "zerolinecolor": QUIET,
            "zerolinewidth": 1.5,
            "fixedrange": True,
        },
        "yaxis": {
            "tickvals": list(range(len(labels))),
            "ticktext": [plain_text(one) for one in labels],
            "range": [len(labels) - 0.5, -0.5],
            "automargin": True,
            "showgrid": False,
            "fixedrange": True,
        },
    }
