"""The sections about the segments: where their customers are, what they do, what they are like."""

from __future__ import annotations

import numpy as np

from segmentation import formats
from segmentation.action.playbook import glance_words
from segmentation.action.playbook.at_a_glance import Glance, at_a_glance, money_title, people_title
from segmentation.action.playbook.play import Play
from segmentation.action.report import words
from segmentation.action.report.drawings import customer_map, mark
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, element, prose, table
from segmentation.insight.sentences.segments import HOW_COMPUTED, band_title, segment_sentence

DARKEST = 2.0
HIGH, LOW = "210, 179, 46", "58, 85, 164"
AVERAGE = "average"


def segments_section(facts: ReportFacts) -> Html:
    """Show where the customers are, and every segment in a row."""
    shown, everyone = len(facts.places.x), facts.places.customers
    counted = words.SOME_DRAWN.format(shown=shown, everyone=everyone) if shown < everyone else ""
    return element(
        "section",
        element("h2", words.THE_SEGMENTS),
        customer_map(facts.places, facts.k),
        element("p", f"{counted}{HOW_COMPUTED['map']}", class_="quiet small"),
        _all(facts),
        element("p", glance_words.ABOUT_HOLD_OUT, class_="quiet small"),
    )


def size_of(play: Play) -> str:
    """Say how big a segment is."""
    told = [f"{play.customers:,} customers", f"{formats.percent(play.share)} of all"]
    if play.revenue_share is not None:
        told.append(f"{formats.percent(play.revenue_share)} of revenue")
    return " · ".join(told)


def _all(facts: ReportFacts) -> Html:
    money = money_title(facts.playbook)
    numbers = [people_title(facts.playbook), *([money] if money else []), glance_words.HOLD_OUT]
    headers = [glance_words.SEGMENT, words.WHAT_TO_DO, *numbers]
    glances = at_a_glance(facts.playbook, facts.names, facts.edits)
    rows = [
        [
            _who(facts, play, one),
            [element("p", element("strong", one.goal)), element("p", one.offer)],
            _number(one.people),
            *([_number(one.money)] if money else []),
            _number(one.hold_out, " ".join(filter(None, [one.finds, one.last]))),
        ]
        for play, one in zip(facts.playbook.plays, glances, strict=True)
    ]
    return table(headers, rows, "segments")


def _who(facts: ReportFacts, play: Play, one: Glance) -> list[Html]:
    return [
        element("p", mark(one.segment), one.name),
        element("p", f"{size_of(play)} · {band_title(play.band)}", class_="quiet"),
        element("p", segment_sentence(facts.cut.portraits[one.segment]), class_="said small"),
    ]


def _number(told: str, more: str = "") -> Html:
    return element("td", told, element("p", more, class_="quiet small") if more else "", class_="number")


def centroid_section(facts: ReportFacts) -> Html:
    """Show the middle of each segment, feature by feature, shaded by how far it is from the average."""
    centroids = facts.cut.centroids
    frame, effects = centroids.display_frame(facts.names), centroids.effect_frame(facts.names)
    lead = frame.shape[1] - facts.k
    rows = [
        [
            _feature(str(label), AVERAGE in cells),
            *(str(cell) for cell in cells[lead - 1 : lead]),
            *(_shaded(str(cell), effect) for cell, effect in zip(cells[lead:], shades, strict=True)),
        ]
        for label, cells, shades in zip(
            frame.index, frame.to_numpy().tolist(), effects.to_numpy().tolist(), strict=True
        )
    ]
    headers = ["Feature", str(frame.columns[lead - 1]), *map(mark, range(facts.k))]
    return element(
        "section",
        element("h2", words.WHAT_THEY_ARE_LIKE),
        element("p", words.TYPICAL, prose(HOW_COMPUTED["centroids"]), class_="quiet small"),
        table(headers, rows, "numbers"),
    )


def _feature(label: str, is_average: bool) -> str:
    says_so = label.casefold().startswith(AVERAGE)
    return f"{label}{words.ON_AVERAGE}" if is_average and not says_so else label


def _shaded(cell: str, effect: float) -> Html:
    strength = 0.55 * float(np.clip(abs(effect) / DARKEST, 0, 1))
    return element("td", cell, style=f"background:rgba({HIGH if effect > 0 else LOW}, {strength:.2f})")
