"""The drawings of a report as SVG: no script, nothing to load, the same on paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation import formats
from segmentation.action.report import words
from segmentation.action.report.facts import Places
from segmentation.action.report.html import Html, element
from segmentation.charts.figures import GLYPHS, style_of

MAP_WIDTH, MAP_HEIGHT = 720, 420
BAR_WIDTH, BAR_HEIGHT, NAME_WIDTH = 720, 16, 250
LONGEST_NAME = 38


def mark(segment: int) -> Html:
    """Draw a segment's marker and number in its colour."""
    style = style_of(segment)
    return element(
        "span", f"{GLYPHS[style.symbol]} {segment + 1}", class_="mark", style=f"color:{style.colour}"
    )


def customer_map(places: Places, k: int) -> Html:
    """Draw where customers are, a path of dots for each segment."""
    spots = _fitted(places)
    drawn = []
    for segment in range(k):
        dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in spots[places.segment == segment])
        colour = style_of(segment).colour
        drawn.append(
            element("path", d=dots, stroke=colour, stroke_width="4", stroke_linecap="round", opacity="0.75")
        )
    return _drawing(words.MAP_SHOWS, MAP_WIDTH, MAP_HEIGHT, drawn)


def paired_bars(names: Sequence[str], shares: Sequence[Sequence[float]]) -> Html:
    """Draw for every segment its share (0..1) of customers and, paler, of revenue where that is known."""
    step = BAR_HEIGHT * (len(shares) + 1)
    longest = max((share for row in shares for share in row), default=1.0) or 1.0
    room = BAR_WIDTH - NAME_WIDTH - 60
    drawn: list[Html] = []
    for segment, name in enumerate(names):
        top = segment * step + BAR_HEIGHT / 2
        label = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        drawn.append(_text(NAME_WIDTH - 10, top + step / 2 - 4, label, "end"))
        for place, row in enumerate(shares):
            width, y = room * row[segment] / longest, top + place * BAR_HEIGHT
            drawn.append(
                element(
                    "rect",
                    x=f"{NAME_WIDTH}",
                    y=f"{y:.1f}",
                    width=f"{max(width, 0):.1f}",
                    height=f"{BAR_HEIGHT - 3}",
                    fill=style_of(segment).colour,
                    opacity="1" if place == 0 else "0.45",
                )
            )
            drawn.append(
                _text(NAME_WIDTH + max(width, 0) + 6, y + BAR_HEIGHT - 5, formats.percent(row[segment]))
            )
    return _drawing(words.BARS_SHOW, BAR_WIDTH, len(names) * step + 8, drawn)


def _fitted(places: Places) -> np.ndarray:
    """Place the customers within the drawing, both ways at one scale, (m, 2); the unknown outside of it."""
    spots = np.column_stack([places.x, -places.y]).astype(np.float64)
    known = spots[np.isfinite(spots).all(axis=1)]
    if not len(known):
        return spots
    low, high = known.min(axis=0), known.max(axis=0)
    room = np.array([MAP_WIDTH - 16.0, MAP_HEIGHT - 16.0])
    scale = (room / np.maximum(high - low, 1e-9)).min()
    return np.nan_to_num(8 + (spots - low) * scale + (room - (high - low) * scale) / 2, nan=-10.0)


def _text(x: float, y: float, said: str, anchor: str = "start") -> Html:
    return element("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def _drawing(title: str, width: float, height: float, parts: Sequence[Html]) -> Html:
    return element("svg", element("title", title), parts, viewBox=f"0 0 {width:.0f} {height:.0f}", role="img")
