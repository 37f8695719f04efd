"""The centroids as a snake plot, and as a table in the shop's own units: the same features in both."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from pages.segments.explore.component import mount
from pages.shell.held.remembered import remembered
from pages.shell.swatch import glyph
from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.charts.shades import FAINTEST, shade
from segmentation.charts.snake import snake_plot
from segmentation.features.table import Group
from segmentation.insight.facts.centroids import LEADING_COLUMNS, MOSTLY_KNOWN, CentroidTable, shown_as
from segmentation.insight.sentences.profile import tile_title
from segmentation.runs import View

MOST_TELLING = 12
MOST_BESIDE, BESIDE, ALONE = 6, 420, 800
"""Segments of which the table has room beside the snake plot, and the least width of both in CSS pixels."""
SHOWN_AS, EVERYONE = LEADING_COLUMNS
THEME = "Theme: "
FEW = "Known for {share} of them"
FEW_NOTE = "* Known for fewer than half: point at it."


class Rows(StrEnum):
    """Which features the table shows."""

    TELLING = "What differs most"
    BEHAVIOUR = "Behaviour"
    BROWSING = "Browsing"
    PROFILE = "Profile"
    THEMES = "Themes"
    CONCEPTS = "Concepts"
    ALL = "Everything"


GROUPS = {
    Rows.BEHAVIOUR: Group.BEHAVIOUR,
    Rows.BROWSING: Group.BROWSING,
    Rows.PROFILE: Group.PROFILE,
    Rows.THEMES: Group.TEXT,
    Rows.CONCEPTS: Group.CONCEPT,
}


def centroid_view(view: View) -> None:
    """Show what the customers of each segment are like, shaded by distance from the average."""
    centroids = view.cut.centroids
    names = formats.distinct(view.names, taken=LEADING_COLUMNS)
    present = {feature.group for feature in centroids.features}
    offered = [rows for rows in Rows if GROUPS.get(rows) in {None, *present}]
    chosen = st.segmented_control(
        "Rows", offered, default=Rows.TELLING, required=True, key="explore_rows", label_visibility="collapsed"
    )
    asked = view.run.run_id, view.k, tuple(names), chosen or Rows.TELLING
    with st.grid(min_column_width=BESIDE if view.k <= MOST_BESIDE else ALONE):
        snake, table = st.container(), st.container()
    with snake:
        st.plotly_chart(
            _snake(*asked, centroids),
            key="explore_snake",
            alt="How far each segment is from the average of all customers, feature by feature",
            config={"displayModeBar": False},
        )
    with table:
        mount("centroids", key="explore_centroids", data=_table(*asked, centroids))


@remembered(32)
def _snake(run_id: str, k: int, names: tuple[str, ...], rows: Rows, _centroids: CentroidTable) -> go.Figure:
    """Draw the rows of the table as lines."""
    places = rows_of(_centroids, rows)
    written = _centroids.display_frame(names).iloc[places]
    titles = _titles(_centroids)
    labels = [titles[place] for place in places]
    told = [
        [f"{label}: {cell}; all customers: {everyone}" for cell in cells]
        for label, (_, everyone, *cells) in zip(labels, written.to_numpy(), strict=True)
    ]
    return snake_plot(np.nan_to_num(_centroids.effects[places]), labels, told, names)


@remembered(32)
def _table(
    run_id: str, k: int, names: tuple[str, ...], rows: Rows, _centroids: CentroidTable
) -> dict[str, object]:
    """Write the table as the browser shows it: a column per segment, a row per feature."""
    columns = [
        {"name": name, "colour": charts.style_of(label).colour, "mark": glyph(label)}
        for label, name in enumerate(names)
    ]
    labels = _titles(_centroids)
    lines = [_row(_centroids, place, labels[place]) for place in rows_of(_centroids, rows)]
    return {
        "alt": "The middle of each segment, feature by feature",
        "everyone": EVERYONE,
        "shownAs": SHOWN_AS,
        "note": FEW_NOTE if any(any(line["few"]) for line in lines) else "",
        "columns": columns,
        "rows": lines,
    }


def _titles(centroids: CentroidTable) -> list[str]:
    """Name the features; a column of the shop's own as the tiles and sentences do."""
    return formats.distinct(
        [
            tile_title(one) if one.group == Group.PROFILE else one.label.removeprefix(THEME)
            for one in centroids.features
        ]
    )


def _row(centroids: CentroidTable, place: int, label: str) -> dict[str, Any]:
    """Write one feature; what few have a value of is marked, and says how many when pointed at."""
    feature, known = centroids.features[place], centroids.known[place].tolist()
    everyone, *cells = centroids.brief_row(place)
    effects = np.nan_to_num(centroids.effects[place]).tolist()
    middle = shown_as(bool(centroids.use_median[place]))
    return {
        "label": formats.in_days(label, feature.unit),
        "help": f"{feature.definition} ({middle})",
        "everyone": everyone,
        "cells": cells,
        "few": [FEW.format(share=formats.percent(one)) if 0 < one < MOSTLY_KNOWN else "" for one in known],
        "styles": [shade(effect) for effect in effects],
        "effects": effects,
        "shownAs": middle,
    }


def centroid_notes() -> None:
    """Say how to read the table, the same for every k."""
    st.caption("Click a segment to sort.")


def rows_of(centroids: CentroidTable, rows: Rows) -> list[int]:
    """Give the positions of the features to show: those of a group, or the most different first."""
    if rows == Rows.TELLING:
        effects = np.nan_to_num(centroids.effects)
        strongest = np.argsort(-np.ptp(effects, axis=1), kind="stable")[:MOST_TELLING]
        shaded = np.abs(effects).max(axis=1) >= FAINTEST
        return [int(place) for place in strongest if shaded[place]] or strongest.tolist()
    wanted = GROUPS.get(rows)
    return [at for at, feature in enumerate(centroids.features) if wanted in (None, feature.group)]
