"""The drawings of a report as SVG: no script, nothing to load, the same on paper."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import numpy as np

from segmentation import formats
from segmentation.action.report import words
from segmentation.action.report.facts import Places
from segmentation.action.report.html import Html, element
from segmentation.charts.figures import GLYPHS, style_of

SHAPES = {
    "circle": "m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z",
    "diamond": "m0-2.4l2.4 2.4-2.4 2.4-2.4-2.4z",
    "square": "m-1.7-1.7h3.4v3.4h-3.4z",
    "triangle-up": "m0-2.4l2.2 4h-4.4z",
    "cross": "m-.8-2.4h1.6v1.6h1.6v1.6h-1.6v1.6h-1.6v-1.6h-1.6v-1.6h1.6z",
    "star": "m0-2.6l.8 1.8 1.9.2-1.4 1.3.4 1.9-1.7-1-1.7 1 .4-1.9-1.4-1.3 1.9-.2z",
    "hexagon": "m0-2.2l1.9 1.1v2.2l-1.9 1.1-1.9-1.1v-2.2z",
    "triangle-down": "m0 2.4l2.2-4h-4.4z",
}
"""The markers of the charts, as paths around a point."""
MAP_WIDTH, MAP_HEIGHT = 720, 250
BAR_WIDTH, BAR_HEIGHT, NAME_WIDTH = 720, 13, 270
LONGEST_LINE, MOST_LINES = 36, 2
TALLEST, LETTERS = 250, 12


def mark(segment: int) -> Html:
    """Draw a segment's marker and number in its colour."""
    style = style_of(segment)
    glyph = element("span", GLYPHS[style.symbol], style=f"color:{style.colour}")
    return element("span", glyph, f" {segment + 1}", class_="mark")


def customer_map(places: Places, k: int) -> Html:
    """Draw where customers are, a path of markers for each segment, in the colour and shape that it has."""
    spots = _fitted(places)
    drawn = []
    for segment in range(k):
        style = style_of(segment)
        shape = SHAPES[style.symbol]
        dots = "".join(f"M{x:.1f} {y:.1f}{shape}" for x, y in spots[places.segment == segment])
        drawn.append(element("path", d=dots, stroke=style.colour, fill=style.colour, opacity="0.75"))
    return _drawing(words.MAP_SHOWS, MAP_WIDTH, MAP_HEIGHT, drawn)


def paired_bars(names: Sequence[str], shares: Sequence[Sequence[float]]) -> Html:
    """Draw for every segment its share (0..1) of customers, pale where that of revenue is known beside it.

    The bars of many segments are thinner, so that the drawing is never taller than half a page.
    """
    thick = min(BAR_HEIGHT, TALLEST / (len(names) * (len(shares) + 1)))
    step = thick * (len(shares) + 1)
    longest = max((share for row in shares for share in row), default=1.0) or 1.0
    drawn: list[Html] = []
    for segment, name in enumerate(names):
        top = segment * step + thick / 2
        drawn += _name(f"{segment + 1} {name}", top + (step - thick) / 2, step)
        for place, row in enumerate(shares):
            pale = place < len(shares) - 1
            drawn += _bar(segment, top + place * thick, thick, (row[segment], longest), pale)
    return _drawing(words.BARS_SHOW, BAR_WIDTH, len(names) * step + 8, drawn)


def _name(name: str, middle: float, step: float) -> list[Html]:
    """Write a name at the left of its bars, in two lines where it is long, around their middle."""
    lines = wrap(formats.shortened(name, LONGEST_LINE * MOST_LINES), LONGEST_LINE, break_on_hyphens=False)
    size = min(LETTERS, step / max(len(lines), 1))
    first = middle + 0.35 * size - size * (len(lines) - 1) / 2
    return [
        _text((NAME_WIDTH - 10, first + place * size), line, size, "end") for place, line in enumerate(lines)
    ]


def _bar(segment: int, top: float, thick: float, share: tuple[float, float], pale: bool) -> list[Html]:
    """Draw one bar, `share` of it and the longest of all, with its percentage."""
    value, longest = share
    width = max((BAR_WIDTH - NAME_WIDTH - 60) * value / longest, 0)
    bar = element(
        "rect",
        x=f"{NAME_WIDTH}",
        y=f"{top:.1f}",
        width=f"{width:.1f}",
        height=f"{0.8 * thick:.1f}",
        fill=style_of(segment).colour,
        opacity="0.45" if pale else "1",
    )
    size = min(thick, LETTERS)
    return [bar, _text((NAME_WIDTH + width + 6, top + 0.4 * (thick + size)), formats.percent(value), size)]


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


def _text(place: tuple[float, float], said: str, size: float, anchor: str = "start") -> Html:
    x, y = (f"{one:.1f}" for one in place)
    return element("text", said, x=x, y=y, text_anchor=anchor, style=f"font-size:{size:.1f}px")


def _drawing(title: str, width: float, height: float, parts: Sequence[Html]) -> Html:
    return element("svg", element("title", title), parts, viewBox=f"0 0 {width:.0f} {height:.0f}", role="img")
