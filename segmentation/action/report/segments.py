"""The sections about the segments: cards, the map, the centroid table."""

from __future__ import annotations

import numpy as np

from segmentation import formats
from segmentation.action.playbook.edits import said
from segmentation.action.playbook.play import Aspect, Play
from segmentation.action.report import words
from segmentation.action.report.drawings import customer_map, mark, paired_bars
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, element, prose, table
from segmentation.insight.sentences.segments import HOW_COMPUTED, band_title, segment_sentence

WIDE_FROM = 5
DARKEST = 2.0
HIGH, LOW = "210, 179, 46", "58, 85, 164"


def cards_section(facts: ReportFacts) -> Html:
    """Show each segment as a card, and how customers and revenue are shared among them."""
    cut = facts.cut
    shares = [[one.share for one in cut.segments]]
    told = words.SHARED
    if all(one.revenue_share is not None for one in cut.segments):
        shares.append([one.revenue_share or 0.0 for one in cut.segments])
        told = words.SHARED_WITH_REVENUE
    plays = facts.playbook.plays
    return element(
        "section",
        element("h2", words.AT_A_GLANCE),
        element("p", told, class_="quiet"),
        paired_bars(facts.names, shares),
        element("div", [_card(facts, play) for play in plays], class_="cards"),
    )


def size_of(play: Play) -> str:
    """Say how big a segment is."""
    told = [f"{play.customers:,} customers", f"{formats.percent(play.share)} of all"]
    if play.revenue_share is not None:
        told.append(f"{formats.percent(play.revenue_share)} of revenue")
    return " · ".join(told)


def _card(facts: ReportFacts, play: Play) -> Html:
    return element(
        "div",
        element("h3", mark(play.segment), facts.names[play.segment]),
        element("p", size_of(play), class_="quiet"),
        element("p", segment_sentence(facts.cut.portraits[play.segment])),
        element("p", element("strong", "Goal. "), said(play, Aspect.GOAL, facts.edits)),
        element("span", band_title(play.band), class_="badge"),
        class_="card",
    )


def map_section(facts: ReportFacts) -> Html:
    """Show where the customers are."""
    shown, everyone = len(facts.places.x), facts.places.customers
    counted = words.SOME_DRAWN.format(shown=shown, everyone=everyone) if shown < everyone else ""
    legend = [element("span", mark(label), name) for label, name in enumerate(facts.names)]
    return element(
        "section",
        element("h2", words.THE_MAP),
        element("p", f"{counted}{HOW_COMPUTED['map']}", class_="quiet small"),
        customer_map(facts.places, facts.k),
        element("div", legend, class_="legend small"),
    )


def centroid_section(facts: ReportFacts) -> Html:
    """Show the middle of each segment, feature by feature, shaded by how far it is from the average."""
    centroids = facts.cut.centroids
    frame, effects = centroids.display_frame(facts.names), centroids.effect_frame(facts.names)
    lead = frame.shape[1] - facts.k
    rows = [
        [
            str(label),
            *(str(cell) for cell in cells[:lead]),
            *(_shaded(str(cell), effect) for cell, effect in zip(cells[lead:], shades, strict=True)),
        ]
        for label, cells, shades in zip(
            frame.index, frame.to_numpy().tolist(), effects.to_numpy().tolist(), strict=True
        )
    ]
    headers = ["Feature", *(str(column) for column in frame.columns)]
    return element(
        "section",
        element("h2", words.WHAT_THEY_ARE_LIKE),
        element("p", prose(HOW_COMPUTED["centroids"]), class_="quiet small"),
        table(headers, rows, "numbers"),
        class_="wide" if facts.k >= WIDE_FROM else "",
    )


def _shaded(cell: str, effect: float) -> Html:
    strength = 0.55 * float(np.clip(abs(effect) / DARKEST, 0, 1))
    return element("td", cell, style=f"background:rgba({HIGH if effect > 0 else LOW}, {strength:.2f})")
