"""Draw how segments split as their number grows: a bar for every number, bands for who goes where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.charts import words

HEIGHT, BAR, SPACE = 420, 0.22, 0.012
THINNEST_BAND = 0.002
Place = tuple[float, float]


def split_chart(
    flows: Mapping[int, np.ndarray], names: Mapping[int, Sequence[str]], chosen: int
) -> go.Figure:
    """Draw a bar per number of segments, made of its segments in steady colours; the chosen one is framed.

    Every segment is a point of its own to click on, whose `customdata` is its k.

    :param flows: for every k but the largest, the customers from each segment to each of the next, (k, next).
    :param names: of the segments of every k.
    """
    ks = sorted(names)
    total = next(iter(flows.values())).sum()
    shares = {k: flows[k].sum(axis=1) / total for k in ks[:-1]}
    shares[ks[-1]] = flows[ks[-2]].sum(axis=0) / total
    bases = {k: np.concatenate([[0], np.cumsum(shares[k] + SPACE)[:-1]]) for k in ks}
    top = max(bases[k][-1] + shares[k][-1] for k in ks)
    bands = [
        band
        for place, (fewer, more) in enumerate(pairwise(ks))
        for band in _bands(flows[fewer] / total, place, bases[fewer], bases[more])
    ]
    layout = {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": charts.CLEAR,
        "plot_bgcolor": charts.CLEAR,
        "barmode": "overlay",
        "showlegend": False,
        "dragmode": False,
        "shapes": [*bands, _frame(ks.index(chosen), top)],
        "xaxis": {
            "tickvals": list(range(len(ks))),
            "ticktext": [str(k) for k in ks],
            "title": {"text": words.NUMBER_OF_SEGMENTS},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {"visible": False, "range": [-0.02, top + 0.02], "fixedrange": True},
    }
    return go.Figure([_bar(k, ks.index(k), shares[k], bases[k], names[k]) for k in ks], layout)


def _bar(k: int, place: int, shares: np.ndarray, bases: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    told = [
        words.SEGMENT_OF.format(k=k, name=charts.plain_text(name), share=formats.percent(share))
        for name, share in zip(names, shares, strict=True)
    ]
    full = {"marker": {"opacity": 1}}
    return {
        "type": "bar",
        "x": [place] * k,
        "y": shares,
        "base": bases,
        "width": BAR,
        "customdata": [k] * k,
        "text": told,
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": [charts.style_of(label).colour for label in range(k)], "line": {"width": 0}},
        "selected": full,
        "unselected": full,
    }


def _bands(shares: np.ndarray, place: int, left: np.ndarray, right: np.ndarray) -> list[dict[str, Any]]:
    """Draw a band for each pair of segments, in the colour of the one it comes from."""
    bands = []
    from_left, from_right = left.copy(), right.copy()
    for (source, target), share in np.ndenumerate(shares):
        if share > THINNEST_BAND:
            ends = (float(from_left[source]), float(from_right[target]))
            bands.append(_band(place, ends, share, charts.style_of(source).colour))
        from_left[source] += share
        from_right[target] += share
    return bands


def _band(place: int, ends: Place, share: float, colour: str) -> dict[str, Any]:
    x0, x1, middle = place + BAR / 2, place + 1 - BAR / 2, place + 0.5
    low, high = ends
    path = (
        f"M {x0},{low} C {middle},{low} {middle},{high} {x1},{high} L {x1},{high + share} "
        f"C {middle},{high + share} {middle},{low + share} {x0},{low + share} Z"
    )
    return {
        "type": "path",
        "path": path,
        "fillcolor": colour,
        "opacity": 0.35,
        "layer": "below",
        "line": {"width": 0},
    }


def _frame(place: int, top: float) -> dict[str, Any]:
    edges = {"x0": place - 0.2, "x1": place + 0.2, "y0": -0.015, "y1": top + 0.015}
    return {"type": "rect", **edges, "line": {"color": charts.QUIET, "width": 2, "dash": "dot"}}
