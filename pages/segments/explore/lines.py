"""A line for each segment below one head: its name, two bars, a few figures, two ways on."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.segments.explore.component import mount
from pages.shell import latest
from pages.shell.badges import BADGE_COLOURS
from pages.shell.held.remembered import remembered
from pages.shell.routes import PLAYBOOK, PROFILE
from pages.shell.swatch import glyph
from pages.shell.words import count
from pages.shell.workspace import StateKeys
from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.charts.shades import shade
from segmentation.clusters.stability_band import Band, stability_band
from segmentation.insight.facts.key_figures import KeyFigure, key_figures, key_rows, taste
from segmentation.insight.sentences.chips import (
    TASTE_HEAD,
    chip,
    chip_below_head,
    chip_head,
    chip_help,
    chip_is_labelled,
)
from segmentation.insight.sentences.segments import BAND_MEANINGS, band_title, segment_sentence
from segmentation.runs import Run, Segment, View

KEY, ANSWERED = "explore_lines", "explore_lines_answered"
RENAME, PEOPLE, TO_DO = "name", "people", "todo"
WORDS = {
    "segment": "Segment",
    "customers": "Customers",
    "revenue": "Revenue",
    "stable": "Stable",
    "nameOf": "Name of segment {number}",
    "rename": "Click to change the name; empty it to bring the generated one back",
    "buttons": {PEOPLE: "People", TO_DO: "What to do"},
}
BARS = tuple(Band)
"""A segment stands on as many bars as its band has worse ones."""
WAYS = {PEOPLE: PROFILE, TO_DO: PLAYBOOK}


def lines_note() -> None:
    """Say what the colours mean, the same for every k."""
    st.caption("**Blue**: above average. **Orange**: below.")


def segment_lines(view: View) -> None:
    """Show the segments, in steady order."""
    data = _written(view.run.run_id, view.k, tuple(view.names), view)
    mount("lines", key=KEY, data=data, on_asked_change=_nothing)  # the press is read by `answer_press`


def answer_press(run: Run) -> None:
    """Do what was pressed on a line, once: give the name, or go to the page about that segment."""
    asked = (st.session_state.get(KEY) or {}).get("asked")
    if not asked or asked["run"] != run.run_id or asked["number"] == st.session_state.get(ANSWERED):
        return
    st.session_state[ANSWERED] = asked["number"]
    if asked["what"] == RENAME:
        latest.rename(int(asked["label"]), str(asked["name"]))
    elif asked["what"] in WAYS:
        st.session_state[StateKeys.SEGMENT] = int(asked["label"])
        st.switch_page(WAYS[asked["what"]])


def _nothing() -> None:
    """Ask for a rerun of the fragment, no more."""


@remembered(32)
def _written(run_id: str, k: int, names: tuple[str, ...], _view: View) -> dict[str, object]:
    """Write the lines as the browser shows them; both bars of all segments on one scale."""
    segments, rows = _view.segments, key_rows(_view.cut.centroids)
    longest = max(max(one.share, one.revenue_share or 0.0) for one in segments)
    lines = [_line(_view, one, name, rows, longest) for one, name in zip(segments, names, strict=True)]
    heads = [chip_head(_view.cut.centroids.features[row]) for row in rows]
    if any(line["taste"] for line in lines):
        heads.append(TASTE_HEAD)
    return {"run": run_id, "alt": "The segments", "words": WORDS, "heads": heads, "lines": lines}


def _line(view: View, segment: Segment, name: str, rows: tuple[int, ...], longest: float) -> dict[str, Any]:
    table, band = view.cut.centroids, stability_band(segment.stability)
    liked = taste(table, segment.label, segment.named_for)
    known = {figure.feature: figure for figure in key_figures(table, rows, segment.label)}
    people = f"{count(segment.size, 'customer')}. {segment_sentence(view.portraits[segment.label])}"
    revenue = segment.revenue_share
    return {
        "name": name,
        "generated": segment.name,
        "colour": charts.style_of(segment.label).colour,
        "mark": glyph(segment.label),
        "share": _bar(segment.share, longest, people),
        "revenue": None if revenue is None else _bar(revenue, longest, "of all revenue"),
        "chips": [_chip(known.get(table.features[row]), table.currency) for row in rows],
        "taste": _chip(liked, table.currency),
        "badge": {
            "text": band_title(band),
            "kind": BADGE_COLOURS[band],
            "help": f"{band_title(band)}. {BAND_MEANINGS[band]}",
            "bars": BARS.index(band),
            "most": len(BARS) - 1,
        },
    }


def _bar(share: float, longest: float, told: str) -> dict[str, object]:
    return {
        "text": formats.percent(share),
        "width": round(max(share, 0.0) / max(longest, 1e-12), 4),
        "help": told,
    }


def _chip(figure: KeyFigure | None, currency: str | None) -> dict[str, object] | None:
    """Write a figure with its words and, below a head, without; None where most of the segment has none."""
    if figure is None:
        return None
    return {
        "text": chip(figure, currency),
        "bare": chip_below_head(figure, currency),
        "own": chip_is_labelled(figure.feature),
        "help": chip_help(figure, currency),
        "style": shade(figure.effect),
    }
