"""The snake plot: how far each segment is from the average of all, feature by feature, as a winding line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, LINE, QUIET, plain_text, style_of

ROW, AROUND = 34, 84  # CSS pixels
LONGEST_LABEL = 24
REACH = 1.1


def snake_plot(
    effects: np.ndarray, labels: Sequence[str], told: Sequence[Sequence[str]], names: Sequence[str]
) -> go.Figure:
    """Draw a line for each segment down the features, the first on top.

    :param effects: distances from the average of all in standard deviations, (features, k); none missing.
    :param labels: the features' names.
    :param told: each figure in words, (features, k), as hovering shows it.
    :param names: the segments' names.
    """
    places = list(range(len(labels)))
    lines = [
        _line(effects[:, label], [row[label] for row in told], label, name, places)
        for label, name in enumerate(names)
    ]
    far = REACH * max(float(np.abs(effects).max(initial=0.0)), 1.0)
    across = {
        "title": {"text": words.FROM_AVERAGE},
        "range": [-far, far],
        "zerolinecolor": QUIET,
        "zerolinewidth": 1.5,
        "fixedrange": True,
        **_axis(),
    }
    down = {
        "tickvals": places,
        "ticktext": [_wrapped(label) for label in labels],
        "range": [len(labels) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        **_axis(),
    }
    layout = {
        "height": AROUND + ROW * len(labels),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "xaxis": across,
        "yaxis": down,
    }
    return go.Figure(lines, layout)


def _line(
    effects: np.ndarray, told: Sequence[str], label: int, name: str, places: Sequence[int]
) -> dict[str, Any]:
    style = style_of(label)
    return {
        "type": "scatter",
        "x": effects,
        "y": places,
        "mode": "lines+markers",
        "name": plain_text(name),
        "text": [plain_text(one) for one in told],
        "line": {"color": style.colour, "width": 2, "shape": "spline", "smoothing": 0.6},
        "marker": {"color": style.colour, "symbol": style.symbol, "size": 7},
        "hovertemplate": f"{label + 1} %{{fullData.name}}<br>%{{text}}<extra></extra>",
    }


def _axis() -> dict[str, Any]:
    return {"gridcolor": GRID, "linecolor": LINE}


def _wrapped(label: str) -> str:
    """Break a long label at its words into lines."""
    lines = [""]
    for word in plain_text(label).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= LONGEST_LABEL else [*lines, word]
    return "<br>".join(line for line in lines if line)
