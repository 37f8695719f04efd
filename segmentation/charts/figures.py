"""Frames in, Plotly figures out: transparent, in colours for light and dark and for colour-blind eyes."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from segmentation import formats
from segmentation.charts import words

# Found by search: contrast of at least 3 on white and on #12181F, and a CIELAB distance of 20 or more between
# any two, as seen with full colour vision, protanopia, deuteranopia and tritanopia (Machado et al. 2009).
PALETTE = ("#3266A4", "#FF6100", "#00A4B3", "#CD67FF", "#A39265", "#7637F7", "#8C5662", "#CB001F")
# From low to high, from blue to gold, which every eye tells apart; on white and on #12181F.
SCALE = ("#3A55A4", "#5A7AA0", "#82958C", "#ABA963", "#D2B32E")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "star", "hexagon", "triangle-down")
GLYPHS = dict(zip(SYMBOLS, "●◆■▲✚★⬢▼", strict=True))
LINE = "rgba(128, 128, 128, 0.35)"
GRID = "rgba(128, 128, 128, 0.2)"
CLEAR = "rgba(0, 0, 0, 0)"
QUIET = "#808495"
LONGEST_NAME = 60
MAP_HEIGHT = 400
CURVE_MARGIN = {"l": 40, "r": 8, "t": 60, "b": 56}  # CSS pixels
CURVE_DOMAINS = ((0.6, 1.0), (0.0, 0.4))  # shares of the height that is left, from the bottom
LEGEND_LINE = 20
MOST_MONTHS_NAMED = 7
MOST_TICKS = 15
HISTOGRAM_BARS = 24


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


class Pair(NamedTuple):
    """Two features ready to be drawn: places (n,) each, what hovering shows, and both axes."""

    x: np.ndarray
    y: np.ndarray
    texts: list[str]
    across: dict[str, Any]
    up: dict[str, Any]


def feature_pair(
    values: pd.DataFrame,
    x_label: str,
    y_label: str,
    log_x: bool = False,
    log_y: bool = False,
    units: tuple[str, str] = ("number", "number"),
) -> Pair:
    """Prepare two features of some customers, in original units, for any segments to colour.

    :param values: columns x, y and customer (what hovering shows); nothing missing.
    :param log_x: draw x on a logarithmic scale that also holds zero and negative numbers.
    :param log_y: likewise for y.
    :param units: of x and y, as `formats.of_unit` takes them.
    """
    x_text, y_text = plain_text(x_label), plain_text(y_label)
    told = zip(values["customer"], values["x"], values["y"], strict=True)
    texts = [
        f"{plain_text(who)}<br>{x_text}: {formats.of_unit(x, units[0])}"
        f"<br>{y_text}: {formats.of_unit(y, units[1])}"
        for who, x, y in told
    ]
    return Pair(
        signed_log10(values["x"]) if log_x else values["x"].to_numpy(),
        signed_log10(values["y"]) if log_y else values["y"].to_numpy(),
        texts,
        _axis({"title": {"text": x_text}, **(_log_ticks(values["x"]) if log_x else {})}),
        _axis({"title": {"text": y_text}, **(_log_ticks(values["y"]) if log_y else {})}),
    )


def feature_scatter(pair: Pair, segments: np.ndarray, names: Sequence[str]) -> go.Figure:
    """Draw two features against each other, coloured by segment.

    :param segments: the segment (0-based) of every customer of the pair, shape (n,).
    :param names: the name of every segment.
    """
    size = float(np.clip(220 / np.sqrt(max(len(segments), 1)), 3.5, 8))
    traces = []
    for segment, name in enumerate(names):
        rows = np.flatnonzero(segments == segment)
        style = style_of(segment)
        traces.append(
            {
                "type": "scatter",
                "x": pair.x[rows],
                "y": pair.y[rows],
                "mode": "markers",
                "name": plain_text(name),
                "text": [pair.texts[row] for row in rows],
                "hovertemplate": "%{text}<br>%{fullData.name}<extra></extra>",
                "marker": {"color": style.colour, "symbol": style.symbol, "size": size, "opacity": 0.9},
            }
        )
    legend = {
        "itemsizing": "constant",
        "orientation": "h",
        "yref": "container",
        "yanchor": "bottom",
        "y": 0,
        "maxheight": 0.6,
    }
    height = MAP_HEIGHT + LEGEND_LINE * len(names)
    return go.Figure(traces, _layout(height, dragmode="pan", legend=legend, xaxis=pair.across, yaxis=pair.up))


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
    across = {"title": {"text": plain_text(label)}, **(_log_ticks(known) if log else {"nticks": 4})}
    return go.Figure(bars, _layout(130, xaxis=_axis(across), yaxis=_axis({"visible": False})))


def quality_curve(quality: pd.DataFrame, suggested: int | None = None) -> go.Figure:
    """Draw how stable and how well separated the segments are for every k, each on its own scale.

    Its margins are fixed and it cannot be zoomed, so that a page can mark a k on it: see `places_on_curve`.

    :param quality: columns k, stability (lowest Jaccard of a segment, 0..1), silhouette (-1..1).
    :param suggested: the k to mark as suggested.
    """
    ks, (upper, lower) = quality["k"], CURVE_DOMAINS
    still = {"fixedrange": True, "automargin": False}
    across = {
        "title": {"text": words.NUMBER_OF_SEGMENTS},
        "range": [ks.min() - 0.5, ks.max() + 0.5],
        "dtick": 1 if len(quality) <= MOST_TICKS else None,
        "anchor": "y2",
        **still,
    }
    marks = [] if suggested is None else [suggested]
    return go.Figure(
        [_curve(quality, "stability", "Stability", "y"), _curve(quality, "silhouette", "Separation", "y2")],
        _layout(
            MAP_HEIGHT,
            margin=CURVE_MARGIN,
            showlegend=False,
            xaxis=_axis(across),
            yaxis=_axis({"domain": upper, "range": [0, 1.05], **still}),
            yaxis2=_axis({"domain": lower, "rangemode": "tozero", "nticks": 4, "anchor": "x", **still}),
            shapes=[_upright(k, f"{axis} domain") for k in marks for axis in ("y", "y2")],
            annotations=[
                _said_above(words.COMES_BACK, 36, yref="y domain"),
                _said_above(words.FAR_APART, 4, yref="y2 domain"),
                *(
                    _said_above(f"suggested: {k}", 0, x=k, xref="x", xanchor="center", yref="paper")
                    for k in marks
                ),
            ],
        ),
    )


def places_on_curve(ks: Sequence[int], k: int) -> list[dict[str, str]]:
    """Say in CSS where a k is on both halves of the quality curve: left, top and height."""
    left, right, top, bottom = (CURVE_MARGIN[side] for side in "lrtb")
    share = (k - min(ks) + 0.5) / (max(ks) - min(ks) + 1)
    across = f"calc({left}px + (100% - {left + right}px) * {share:.4f})"
    inside = MAP_HEIGHT - top - bottom
    return [
        {
            "left": across,
            "top": f"{top + (1 - high) * inside:.1f}px",
            "height": f"{(high - low) * inside:.1f}px",
        }
        for low, high in CURVE_DOMAINS
    ]


def signed_log10(values: pd.Series | np.ndarray) -> np.ndarray:
    """Place values on a logarithmic scale that holds zero and negative numbers: log10(1 + |v|), signed."""
    numbers = np.asarray(values, dtype=np.float64)
    return np.copysign(np.log10(1.0 + np.abs(numbers)), numbers)


def inverse_signed_log10(places: np.ndarray) -> np.ndarray:
    """Return the values at these places of the signed logarithmic scale."""
    return np.copysign(10.0 ** np.abs(places) - 1.0, places)


def _curve(quality: pd.DataFrame, column: str, name: str, axis: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": quality["k"].to_numpy(),
        "y": quality[column].to_numpy(),
        "yaxis": axis,
        "mode": "lines+markers",
        "name": name,
        "line": {"color": PALETTE[0], "width": 2},
        "marker": {"size": 7},
        "hovertemplate": "%{x} segments: %{y:.2f}<extra></extra>",
    }


def _said_above(text: str, shift: int, **place: object) -> dict[str, Any]:
    left = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yanchor": "bottom"}
    return {**left, **place, "text": text, "yshift": shift, "showarrow": False}


def _upright(k: int, axis: str) -> dict[str, Any]:
    line = {"color": QUIET, "width": 1.5}
    return {"type": "line", "x0": k, "x1": k, "y0": 0, "y1": 1, "yref": axis, "line": line}


# Figures are made of dictionaries, all at once: the methods that change one cost four times as much.
def _layout(height: int, **more: object) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 28, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "colorway": PALETTE,
        "bargap": 0,
        "modebar": {"bgcolor": CLEAR, "color": QUIET, "activecolor": PALETTE[1]},
        **more,
    }


def _axis(more: dict[str, Any]) -> dict[str, Any]:
    return {"gridcolor": GRID, "linecolor": LINE, "zerolinecolor": LINE, "automargin": True, **more}


def _log_ticks(values: pd.Series | np.ndarray) -> dict[str, Any]:
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


def month_ticks(months: int) -> dict[str, Any]:
    """Name the months under a chart, each but once: few of them by themselves, more as there is room."""
    few = months <= MOST_MONTHS_NAMED
    return {"tickformat": "%b %Y", **({"dtick": "M1"} if few else {"nticks": MOST_MONTHS_NAMED})}
