"""The grid of RFM tiers: how lately against how much and often."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from segmentation.charts import words
from segmentation.charts.figures import CLEAR
from segmentation.features.rfm import BEST
from segmentation.features.tier import GRID
from segmentation.features.words import TIER_NAMES

HEIGHT = 380
WIDEST = 11  # characters in a line that a cell holds on a phone
FEW, MANY, INK = "#e3ecf5", "#8fb1d8", "#1c2733"


def tier_grid_chart(counts: np.ndarray) -> go.Figure:
    """Draw the 5 × 5 grid, the latest buyers on top, each cell with its tier and its customers.

    :param counts: customers at recency score (rows, 1 to 5) and value score (columns, 1 to 5).
    """
    scores = list(range(1, BEST + 1))
    texts = [
        [_cell(TIER_NAMES[GRID[recency, value]], counts[recency - 1, value - 1]) for value in scores]
        for recency in scores
    ]
    cells = go.Heatmap(
        x=scores,
        y=scores,
        z=counts,
        text=texts,
        texttemplate="%{text}",
        # Of its own, in light and dark alike: no colour of the page's text is legible on every shade.
        textfont={"color": INK, "size": 11},
        colorscale=[[0, FEW], [1, MANY]],
        zmin=0,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate=words.TIER_SCORES,
    )
    still = {"fixedrange": True, "automargin": True, "showgrid": False, "zeroline": False, "dtick": 1}
    return go.Figure(
        [cells],
        {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "xaxis": {"title": {"text": words.HOW_MUCH}, **still},
            "yaxis": {"title": {"text": words.HOW_LATELY}, **still},
        },
    )


def _cell(tier: str, customers: int) -> str:
    return "<br>".join([*wrap(tier, WIDEST), f"{customers:,}"])
