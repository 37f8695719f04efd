"""The centroid table: a row per feature, a column per segment, in the shop's own units."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import streamlit as st

from pages.segments.explore.component import mount
from pages.shell import latest
from pages.shell.swatch import glyph
from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.features.table import Group
from segmentation.insight.facts.centroids import LEADING_COLUMNS, CentroidTable
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.runs import View

ABOVE, BELOW = "0, 101, 159", "255, 98, 4"
FAINTEST, STRONGEST, MOST_OPAQUE = 0.25, 2.0, 0.55
MOST_TELLING = 12
SHOWN_AS, EVERYONE = LEADING_COLUMNS


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
    data = _table(view.run.run_id, view.k, tuple(names), chosen or Rows.TELLING, centroids)
    mount("centroids", key="explore_centroids", data=data)


@latest.remembered(32)
def _table(
    run_id: str, k: int, names: tuple[str, ...], rows: Rows, _centroids: CentroidTable
) -> dict[str, object]:
    """Write the table as the browser shows it: a column per segment, a row per feature."""
    written = _centroids.display_frame(names).to_dict("split")
    columns = [
        {"name": name, "colour": charts.style_of(label).colour, "mark": glyph(label)}
        for label, name in enumerate(names)
    ]
    lines = []
    for place in rows_of(_centroids, rows):
        shown_as, everyone, *cells = written["data"][place]
        effects = np.nan_to_num(_centroids.effects[place]).tolist()
        lines.append(
            {
                "label": written["index"][place],
                "help": _centroids.features[place].definition,
                "everyone": everyone,
                "cells": cells,
                "styles": [shade(effect) for effect in effects],
                "effects": effects,
                "shownAs": shown_as,
            }
        )
    return {
        "alt": "The middle of each segment, feature by feature",
        "everyone": EVERYONE,
        "shownAs": SHOWN_AS,
        "columns": columns,
        "rows": lines,
    }


def centroid_notes() -> None:
    """Say how to read the table, the same for every k."""
    st.caption(
        ":blue[**Blue**]: above the average of all customers. :orange[**Orange**]: below. The stronger the "
        "shade, the further away. **Typical** is the customer in the middle (the median), shown where a few "
        "have very large numbers. **Known for 9.0%** means that only so many of the segment have this at all."
        " Click a segment to sort by what sets it apart."
    )
    with st.expander("How this is computed"):
        for topic in ("centroids", "themes", "names"):
            st.markdown(HOW_COMPUTED[topic])


def rows_of(centroids: CentroidTable, rows: Rows) -> list[int]:
    """Give the positions of the features to show: those of a group, or the most different first."""
    if rows == Rows.TELLING:
        effects = np.nan_to_num(centroids.effects)
        strongest = np.argsort(-np.ptp(effects, axis=1), kind="stable")[:MOST_TELLING]
        shaded = np.abs(effects).max(axis=1) >= FAINTEST
        return [int(place) for place in strongest if shaded[place]] or strongest.tolist()
    wanted = GROUPS.get(rows)
    return [at for at, feature in enumerate(centroids.features) if wanted in (None, feature.group)]


def shade(effect: float) -> str:
    """Tint a cell by its distance from the average in standard deviations; nothing below a quarter of one."""
    if abs(effect) < FAINTEST:
        return ""
    strength = min(abs(effect) / STRONGEST, 1.0) * MOST_OPAQUE
    return f"background-color: rgba({ABOVE if effect > 0 else BELOW}, {strength:.2f})"
