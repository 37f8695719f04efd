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


def diverging_bars(labels: Sequence[str], effects: Sequence[float], told: Sequence[str]) -> go.Figure:
    """Draw a bar for each feature, the first on top, to the right of the average or to its left.

    :param labels: the features' names.
    :param effects: distances from the average of all in standard deviations.
    :param told: the figure behind each bar, at the right edge.
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
    # Without a mark of its own the axis on the right, with room for figures at any width, is not drawn.
    figures = {"type": "scatter", "x": [0.0] * len(labels), "y": bars["y"], "yaxis": "y2", "opacity": 0}
    figures["hoverinfo"] = "skip"
    return go.Figure([bars, figures], _layout(labels, effects, told))


def _layout(labels: Sequence[str], effects: Sequence[float], told: Sequence[str]) -> dict[str, Any]:
    low, high = (float(np.max([0.0, *sided])) for sided in (np.negative(effects), effects))
    rows = {
        "tickvals": list(range(len(labels))),
        "range": [len(labels) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
        "fixedrange": True,
    }
    return {
        "height": AROUND + ROW * len(labels),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "xaxis": {
            "title": {"text": words.BESIDE_AVERAGE},
            "range": [-1.05 * low - 0.05, 1.05 * high + 0.05],
            "showticklabels": False,
            "gridcolor": GRID,
            "zerolinecolor": QUIET,
            "zerolinewidth": 1.5,
            "fixedrange": True,
        },
        "yaxis": {**rows, "ticktext": [plain_text(one) for one in labels]},
        "yaxis2": {
            **rows,
            "ticktext": [plain_text(one) for one in told],
            "overlaying": "y",
            "side": "right",
            "zeroline": False,
        },
    }
