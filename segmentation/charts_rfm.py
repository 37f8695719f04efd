"""The grid of RFM tiers: how lately against how much and often."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from segmentation.charts import CLEAR
from segmentation.features.rfm import BEST, GRID

HEIGHT = 380
TINT = "rgba(50, 102, 164, {})"


def tier_grid_chart(counts: np.ndarray) -> go.Figure:
    """Draw the 5 × 5 grid, the latest buyers on top, each cell with its tier and its customers.

    :param counts: customers at recency score (rows, 1 to 5) and value score (columns, 1 to 5).
    """
    scores = list(range(1, BEST + 1))
    texts = [
        [f"{GRID[recency, value]}<br>{counts[recency - 1, value - 1]:,}" for value in scores]
        for recency in scores
    ]
    cells = go.Heatmap(
        x=scores,
        y=scores,
        z=counts,
        text=texts,
        colorscale=[[0, TINT.format(0.08)], [1, TINT.format(0.55)]],
        zmin=0,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="recency %{y}, frequency and money %{x}: %{text}<extra></extra>",
    )
    # A trace of its own takes the page's colour of text, in light and dark; that of the heat map does not.
    names = go.Scatter(
        x=scores * BEST,
        y=[recency for recency in scores for _ in scores],
        text=[text for row in texts for text in row],
        mode="text",
        hoverinfo="skip",
        showlegend=False,
    )
    still = {"fixedrange": True, "automargin": True, "showgrid": False, "zeroline": False, "dtick": 1}
    return go.Figure(
        [cells, names],
        {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "xaxis": {"title": {"text": "How often and how much (1 little, 5 much)"}, **still},
            "yaxis": {"title": {"text": "How lately (5 lately)"}, **still},
        },
    )
