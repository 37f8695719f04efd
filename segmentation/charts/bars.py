"""Bars to both sides of the average: what a segment has more of, and what less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, QUIET, plain_text

ABOVE, BELOW = "#00659F", "#FF6204"
"""As the table of centroids is shaded."""
ROW, AROUND = 34, 60  # CSS pixels
ROOM_FOR_TEXT = 1.9


def diverging_bars(labels: Sequence[str], effects: Sequence[float], told: Sequence[str]) -> go.Figure:
    """Draw a bar for each feature, the first on top, to the right where it lies above the average.

    :param labels: the features' names.
    :param effects: distances from the average of all in standard deviations.
    :param told: the figure behind each bar, which stands at its end.
    """
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": list(effects),
        "y": list(range(len(labels))),
        "width": 0.62,
        "marker": {"color": [ABOVE if effect > 0 else BELOW for effect in effects], "line": {"width": 0}},
        "text": [plain_text(one) for one in told],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [plain_text(one) for one in labels],
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
    }
    return go.Figure([bars], _layout(labels, effects))


def _layout(labels: Sequence[str], effects: Sequence[float]) -> dict[str, Any]:
    far = ROOM_FOR_TEXT * max(float(np.abs(effects).max(initial=0.0)), 0.5)
    return {
        "height": AROUND + ROW * len(labels),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "xaxis": {
            "title": {"text": words.FROM_AVERAGE},
            "range": [-far, far],
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
