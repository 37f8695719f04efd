"""Flows between two states: who was in which segment, and in which they are now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from segmentation.charts import words
from segmentation.charts.figures import CLEAR, QUIET, plain_text, style_of

THINNEST = 0.01
"""Links of less than this share of all customers are joined."""

HEIGHT, BAND, PAD = 120, 44, 14  # CSS pixels: of the whole, of each band, and between two
FAINT = 0.35
EDGE = 1e-3  # Plotly takes a place of 0 or 1 for none


class FlowEnd(NamedTuple):
    """An end of flows: its name, and its segment (0-based), None for who is in none."""

    name: str
    segment: int | None


JOINED = FlowEnd(words.SMALLER_MOVES, None)


def flows(
    left: Sequence[FlowEnd], right: Sequence[FlowEnd], counts: np.ndarray, told: Sequence[Sequence[str]]
) -> go.Figure:
    """Draw bands on the left flowing into bands on the right, in the colours of the segments.

    Links of less than a hundredth of all flow into one more band on the right, from each band one.

    :param counts: customers of every pair, (left, right).
    :param told: of every pair, what hovering shows.
    """
    thin = (counts > 0) & (counts < THINNEST * counts.sum())
    thick = [(a, b) for a, b in zip(*np.nonzero((counts > 0) & ~thin), strict=True)]
    sources, targets = [int(a) for a, _ in thick], [len(left) + int(b) for _, b in thick]
    values, texts = [int(counts[pair]) for pair in thick], [told[a][b] for a, b in thick]
    joined = (counts * thin).sum(axis=1)
    for band in np.flatnonzero(joined).tolist():
        sources.append(band)
        targets.append(len(left) + len(right))
        values.append(int(joined[band]))
        texts.append(words.SMALL_FLOWS.format(name=left[band].name, customers=f"{joined[band]:,}"))
    bands = [*left, *right, *([JOINED] if joined.any() else [])]
    links = {
        "source": sources,
        "target": targets,
        "value": values,
        "customdata": [plain_text(text) for text in texts],
        "color": [_faint(_colour(left[band])) for band in sources],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    height = HEIGHT + BAND * max(len(left), len(bands) - len(left))
    sizes = np.concatenate([counts.sum(axis=1), (counts * ~thin).sum(axis=0), joined.sum(keepdims=True)])
    sizes = sizes[: len(bands)]
    down = np.concatenate([_places(sizes[: len(left)], height), _places(sizes[len(left) :], height)])
    return go.Figure([_sankey(bands, links, len(left), down)], _layout(height))


def _places(sizes: np.ndarray, height: int) -> np.ndarray:
    """Return where the middles of the bands of one side lie from top to bottom, 0..1, in their own order."""
    shown = sizes > 0
    room = 1 - PAD * max(shown.sum() - 1, 0) / height
    tall = sizes / max(sizes.sum(), 1) * room
    above = np.cumsum(tall) - tall + PAD / height * (np.cumsum(shown) - shown)
    return above + tall / 2


def _sankey(bands: Sequence[FlowEnd], links: dict[str, Any], left: int, down: np.ndarray) -> dict[str, Any]:
    """Draw the links; the first `left` bands stand on the left.

    :param down: where the middle of each band is, 0 on top to 1.
    """
    return {
        "type": "sankey",
        "arrangement": "fixed",
        "link": links,
        "node": {
            "label": [_label(band) for band in bands],
            "color": [_colour(band) for band in bands],
            "line": {"width": 0},
            "x": [EDGE if place < left else 1 - EDGE for place in range(len(bands))],
            "y": np.clip(down, EDGE, 1 - EDGE),
            "pad": PAD,
            "thickness": 14,
            "customdata": [plain_text(band.name) for band in bands],
            "hovertemplate": "%{customdata}: %{value:,}<extra></extra>",
        },
    }


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
    }


def _label(band: FlowEnd) -> str:
    """Write the number of a segment, or who is in none; thin links would strike a word."""
    if band is JOINED:
        return ""
    return plain_text(band.name) if band.segment is None else f"{band.segment + 1}"


def _colour(band: FlowEnd) -> str:
    return QUIET if band.segment is None else style_of(band.segment).colour


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {FAINT})"
