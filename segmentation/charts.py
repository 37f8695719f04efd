"""Frames in, Plotly figures out: transparent, in colours for light and dark and for colour-blind eyes."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from segmentation import formats

# Found by search: contrast of at least 3 on white and on #12181F, and a CIELAB distance of 20 or more between
# any two, as seen with full colour vision, protanopia, deuteranopia and tritanopia (Machado et al. 2009).
PALETTE = ("#3266A4", "#FF6100", "#00A4B3", "#CD67FF", "#A39265", "#7637F7", "#8C5662", "#CB001F")
# From low to high, from blue to gold, which every eye tells apart; on white and on #12181F.
SCALE = ("#3A55A4", "#5A7AA0", "#82958C", "#ABA963", "#D2B32E")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "star", "hexagon", "triangle-down")
LINE = "rgba(128, 128, 128, 0.35)"
GRID = "rgba(128, 128, 128, 0.2)"
CLEAR = "rgba(0, 0, 0, 0)"
QUIET = "#808495"
LONGEST_NAME = 60
MAP_HEIGHT = 400
LEGEND_LINE = 20
MOST_TICKS = 15
HISTOGRAM_BARS = 24
POINT_COLUMNS = ["x", "y", "segment", "customer"]


class Style(NamedTuple):
    """How a segment is drawn, the same on every screen."""

    colour: str
    symbol: str


def style_of(segment: int) -> Style:
    """Return the style of a segment (0-based): eight colours, then the same with the next marker."""
    turn, place = divmod(segment, len(PALETTE))
    return Style(PALETTE[place], SYMBOLS[turn % len(SYMBOLS)])


def plain_text(text: str) -> str:
    """Escape text from a file, which Plotly would read as HTML, and cut what is far too long for a legend."""
    line = " ".join(str(text).split())
    return html.escape(line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…", quote=False)


def feature_scatter(
    points: pd.DataFrame,
    names: Sequence[str],
    x_label: str,
    y_label: str,
    log_x: bool = False,
    log_y: bool = False,
) -> go.Figure:
    """Draw two features against each other, in original units; customers without a value stay out.

    :param points: columns as POINT_COLUMNS: x, y, segment (0-based), customer (what hovering shows).
    :param names: the name of every segment.
    :param log_x: draw x on a logarithmic scale that also holds zero and negative numbers.
    :param log_y: likewise for y.
    """
    shown = points.dropna(subset=["x", "y"])
    x_text, y_text = plain_text(x_label), plain_text(y_label)
    values = zip(shown["x"].map(formats.number), shown["y"].map(formats.number), strict=True)
    places = shown.assign(
        x=signed_log10(shown["x"]) if log_x else shown["x"],
        y=signed_log10(shown["y"]) if log_y else shown["y"],
        note=[f"{x_text}: {x_value}<br>{y_text}: {y_value}" for x_value, y_value in values],
    )
    figure = _points(places, names)
    figure.update_xaxes(title=x_text, **(_log_ticks(shown["x"]) if log_x else {}))
    figure.update_yaxes(title=y_text, **(_log_ticks(shown["y"]) if log_y else {}))
    return figure


def feature_histogram(
    values: np.ndarray | pd.Series, label: str, log: bool = False, colour: str = PALETTE[0]
) -> go.Figure:
    """Draw the small distribution of one feature over the customers who have it."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    counts, edges = np.histogram(signed_log10(known) if log else known, bins=HISTOGRAM_BARS)
    ends = inverse_signed_log10(edges) if log else edges
    ranges = [f"{formats.number(low)} to {formats.number(high)}" for low, high in pairwise(ends)]
    bars = go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=counts,
        width=np.diff(edges),
        text=ranges,
        textposition="none",
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate="%{text}: %{y:,} customers<extra></extra>",
    )
    figure = go.Figure(bars)
    _lay_out(figure, height=130)
    figure.update_xaxes(title=plain_text(label), **(_log_ticks(known) if log else {"nticks": 4}))
    figure.update_yaxes(visible=False)
    return figure


def quality_curve(
    quality: pd.DataFrame, suggested: int | None = None, chosen: int | None = None
) -> go.Figure:
    """Draw how stable and how well separated the segments are for every k, each on its own scale.

    :param quality: columns k, stability (lowest Jaccard of a segment, 0..1), silhouette (-1..1).
    :param chosen: the k on screen now.
    :param suggested: the k to mark as suggested.
    """
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.2)
    _curve(figure, 1, quality["k"], quality["stability"], "Stability")
    _curve(figure, 2, quality["k"], quality["silhouette"], "Separation")
    _lay_out(figure, height=MAP_HEIGHT)
    figure.update_layout(margin={"t": 72})
    figure.update_yaxes(range=[0, 1.05], row=1, col=1)
    figure.update_yaxes(rangemode="tozero", nticks=4, row=2, col=1)
    figure.update_xaxes(range=[quality["k"].min() - 0.5, quality["k"].max() + 0.5])
    figure.update_xaxes(dtick=1 if len(quality) <= MOST_TICKS else None)
    figure.update_xaxes(title="Number of segments", row=2, col=1)
    _say_above(figure, "Does the weakest segment come back? (1 = always)", "y domain", 36)
    _say_above(figure, "How far apart are the segments? (1 = far)", "y2 domain", 4)
    for k, text, dash in ((chosen, "shown", "dot"), (suggested, "suggested", "solid")):
        if k is not None and (text == "suggested" or k != suggested):
            figure.add_vline(x=k, line={"color": QUIET, "width": 1.5, "dash": dash})
            line = 0 if text == "suggested" else 14  # so that neighbours do not write over each other
            place = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": line}
            figure.add_annotation(x=k, text=f"{text}: {k}", showarrow=False, **place)
    return figure


def signed_log10(values: pd.Series | np.ndarray) -> np.ndarray:
    """Place values on a logarithmic scale that holds zero and negative numbers: log10(1 + |v|), signed."""
    numbers = np.asarray(values, dtype=np.float64)
    return np.copysign(np.log10(1.0 + np.abs(numbers)), numbers)


def inverse_signed_log10(places: np.ndarray) -> np.ndarray:
    """Return the values at these places of the signed logarithmic scale."""
    return np.copysign(10.0 ** np.abs(places) - 1.0, places)


def _points(points: pd.DataFrame, names: Sequence[str]) -> go.Figure:
    figure = go.Figure()
    size = float(np.clip(220 / np.sqrt(max(len(points), 1)), 3.5, 8))
    for segment, name in enumerate(names):
        rows = points[points["segment"] == segment]
        style = style_of(segment)
        figure.add_trace(
            go.Scatter(
                x=rows["x"].to_numpy(),
                y=rows["y"].to_numpy(),
                mode="markers",
                name=plain_text(name),
                text=_hover_texts(rows, plain_text(name)),
                hovertemplate="%{text}<extra></extra>",
                marker={"color": style.colour, "symbol": style.symbol, "size": size, "opacity": 0.9},
            )
        )
    _lay_out(figure, height=MAP_HEIGHT + LEGEND_LINE * len(names))
    figure.update_layout(
        dragmode="pan",
        legend={
            "itemsizing": "constant",
            "orientation": "h",
            "yref": "container",
            "yanchor": "bottom",
            "y": 0,
            "maxheight": 0.6,
        },
    )
    return figure


def _hover_texts(rows: pd.DataFrame, name: str) -> list[str]:
    customers = [f"{plain_text(customer)}<br>{name}" for customer in rows["customer"]]
    if "note" not in rows:
        return customers
    return [f"{customer}<br>{note}" for customer, note in zip(customers, rows["note"], strict=True)]


def _curve(figure: go.Figure, row: int, k: pd.Series, values: pd.Series, name: str) -> None:
    curve = go.Scatter(
        x=k,
        y=values,
        mode="lines+markers",
        name=name,
        line={"color": PALETTE[0], "width": 2},
        marker={"size": 7},
        hovertemplate="%{x} segments: %{y:.2f}<extra></extra>",
    )
    figure.add_trace(curve, row=row, col=1)
    figure.update_layout(showlegend=False)


def _say_above(figure: go.Figure, text: str, axis: str, shift: int) -> None:
    figure.add_annotation(
        text=text,
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref=axis,
        yanchor="bottom",
        yshift=shift,
        showarrow=False,
    )


def _lay_out(figure: go.Figure, height: int) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        colorway=PALETTE,
        bargap=0,
        modebar={"bgcolor": CLEAR, "color": QUIET, "activecolor": PALETTE[1]},
    )
    figure.update_xaxes(gridcolor=GRID, linecolor=LINE, zerolinecolor=LINE, automargin=True)
    figure.update_yaxes(gridcolor=GRID, linecolor=LINE, zerolinecolor=LINE, automargin=True)


def _log_ticks(values: pd.Series | np.ndarray) -> dict[str, object]:
    """Mark zero and the powers of ten within reach, both signs, by their plain numbers."""
    numbers = np.asarray(values, dtype=np.float64)
    numbers = numbers[np.isfinite(numbers)]
    low, high = (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 1.0)
    reach = range(int(np.ceil(np.log10(1.0 + max(abs(low), abs(high))))) + 1)
    powers = [10.0**power for power in reach]
    ticks = [tick for tick in (*(-power for power in reversed(powers)), 0.0, *powers) if low <= tick <= high]
    return {
        "tickmode": "array",
        "tickvals": signed_log10(np.array(ticks)).tolist(),
        "ticktext": [formats.number(tick) for tick in ticks],
    }
