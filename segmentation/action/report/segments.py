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
from segmentation.action.report.html import Html, Part, element, prose, table
from segmentation.charts.shades import shade
from segmentation.insight.facts.centroids import MOSTLY_KNOWN, CentroidTable
from segmentation.insight.sentences.segments import HOW_COMPUTED, band_title, segment_sentence

MOST_WIDE = 8
"""Segments, of which the table has room in letters of the usual size."""


def segments_section(facts: ReportFacts) -> Html:
    """Show where the customers are, and every segment in a row."""
    shown, everyone = len(facts.places.x), facts.places.customers
    counted = words.SOME_DRAWN.format(shown=shown, everyone=everyone) if shown < everyone else ""
    return element(
        "section",
        element("h2", words.THE_SEGMENTS),
        customer_map(facts.places, facts.k),
        element("p", f"{counted}{HOW_COMPUTED['map']}", class_="quiet small"),
        element("p", f"{glance_words.HOLD_OUT}: {glance_words.ABOUT_HOLD_OUT}", class_="quiet small"),
        _all(facts),
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
            _number(one.hold_out, " ".join(filter(None, [_finds(one), one.last]))),
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


def _finds(one: Glance) -> str:
    return f"{glance_words.FINDS_TITLE.lower()} {one.finds}" if one.finds else ""


def _number(told: str, more: str = "") -> Html:
    return element("td", told, element("p", more, class_="quiet small") if more else "", class_="number")


def centroid_section(facts: ReportFacts) -> Html:
    """Show the middle of each segment, feature by feature, shaded by how far it is from the average."""
    centroids = facts.cut.centroids
    labels = formats.distinct([feature.label for feature in centroids.features])
    rows = [_middles(centroids, place, label) for place, label in enumerate(labels)]
    headers = [words.FEATURE, words.EVERYONE, *map(mark, range(facts.k))]
    return element(
        "section",
        element("h2", words.WHAT_THEY_ARE_LIKE),
        element("p", words.TYPICAL, prose(HOW_COMPUTED["centroids"]), " ", words.FEW, class_="quiet small"),
        table(headers, rows, "numbers many" if facts.k > MOST_WIDE else "numbers"),
    )


def _middles(centroids: CentroidTable, place: int, label: str) -> list[Part]:
    """Write one feature: of all, and of each segment with a star where few have a value."""
    everyone, *cells = centroids.brief_row(place)
    few = [0 < known < MOSTLY_KNOWN for known in centroids.known[place]]
    shades = [shade(effect) for effect in np.nan_to_num(centroids.effects[place])]
    return [
        _feature(formats.in_days(label, centroids.features[place].unit), not centroids.use_median[place]),
        everyone,
        *(
            element("td", f"{cell}*" if star else cell, style=style)
            for cell, star, style in zip(cells, few, shades, strict=True)
        ),
    ]


def _feature(label: str, is_average: bool) -> str:
    says_so = label.casefold().startswith("average")
    return f"{label}{words.ON_AVERAGE}" if is_average and not says_so else label
