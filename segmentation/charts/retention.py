"""The charts of value and churn: foretold beside what came, and how risks turned out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from segmentation.charts import words
from segmentation.charts.figures import CLEAR, GRID, LINE, PALETTE, QUIET

HEIGHT = 300
_AXIS = {"gridcolor": GRID, "linecolor": LINE, "zerolinecolor": LINE, "automargin": True, "fixedrange": True}


def foretold_and_came(groups: Sequence[str], foretold: Sequence[float], came: Sequence[float]) -> go.Figure:
    """Draw a pair of bars for each group of customers: the average foretold and what came."""
    bars = [
        {
            "type": "bar",
            "x": list(groups),
            "y": list(values),
            "name": name,
            "marker": {"color": colour, "line": {"width": 0}},
            "hovertemplate": f"%{{x}}: %{{y:.2f}} {name}<extra></extra>",
        }
        for name, values, colour in (("foretold", foretold, PALETTE[0]), ("came", came, PALETTE[1]))
    ]
    across = {"title": {"text": words.ORDER_DAYS}, "type": "category"}
    return go.Figure(bars, _layout(across, {"title": {"text": words.ORDERS_EACH}}, barmode="group"))


def calibration(
    said: Sequence[Sequence[float]], came: Sequence[Sequence[float]], names: Sequence[str]
) -> go.Figure:
    """Draw the share that stopped against the risk that was said, a line per way; a diagonal is perfect."""
    lines: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": [0, 1],
            "y": [0, 1],
            "mode": "lines",
            "name": "perfect",
            "line": {"color": QUIET, "dash": "dot", "width": 1.5},
            "hoverinfo": "skip",
        }
    ]
    for place, name in enumerate(names):
        lines.append(
            {
                "type": "scatter",
                "x": list(said[place]),
                "y": list(came[place]),
                "mode": "lines+markers",
                "name": name,
                "line": {"color": PALETTE[place], "width": 2},
                "hovertemplate": f"{name}: %{{x:.0%}} said, %{{y:.0%}} stopped<extra></extra>",
            }
        )
    share = {"range": [0, 1.02], "tickformat": ".0%"}
    return go.Figure(
        lines, _layout({"title": {"text": "Risk said"}, **share}, {"title": {"text": "Stopped"}, **share})
    )


def lift_by_tenth(lifts: Sequence[Sequence[float]], names: Sequence[str]) -> go.Figure:
    """Draw how many times the average share stopped in each tenth of the customers, the riskiest first."""
    bars = [
        {
            "type": "bar",
            "x": [str(place) for place in range(1, len(of_way) + 1)],
            "y": list(of_way),
            "name": name,
            "marker": {"color": PALETTE[at], "line": {"width": 0}},
            "hovertemplate": words.TENTH.format(name=name),
        }
        for at, (name, of_way) in enumerate(zip(names, lifts, strict=True))
    ]
    across = {"title": {"text": words.TENTHS}, "type": "category"}
    return go.Figure(
        bars,
        _layout(across, {"title": {"text": words.TIMES_AVERAGE}}, barmode="group", shapes=[_average()]),
    )


def _average() -> dict[str, Any]:
    line = {"color": QUIET, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": 1, "y1": 1, "line": line}


def _layout(across: dict[str, Any], up: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        "xaxis": {**_AXIS, **across},
        "yaxis": {**_AXIS, **up},
        **more,
    }
