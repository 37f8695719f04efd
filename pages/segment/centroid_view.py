"""The centroid table: a row per feature, a column per segment, in the shop's own units."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell.words import plain
from segmentation import formats
from segmentation.features.table import Group
from segmentation.insight.centroids import LEADING_COLUMNS, CentroidTable
from segmentation.insight.sentences import HOW_COMPUTED
from segmentation.runs import Run

ABOVE, BELOW = "0, 101, 159", "255, 98, 4"
FAINTEST, STRONGEST, MOST_OPAQUE = 0.25, 2.0, 0.55
MOST_TELLING = 12
WIDTH, NARROWEST = 660, 110
SHOWN_AS, EVERYONE = LEADING_COLUMNS


class Rows(StrEnum):
    """Which features the table shows."""

    TELLING = "What differs most"
    BEHAVIOUR = "Behaviour"
    BROWSING = "Browsing"
    PROFILE = "Profile"
    THEMES = "Themes"
    ALL = "Everything"


GROUPS = {
    Rows.BEHAVIOUR: Group.BEHAVIOUR,
    Rows.BROWSING: Group.BROWSING,
    Rows.PROFILE: Group.PROFILE,
    Rows.THEMES: Group.TEXT,
}


def centroid_view(run: Run, k: int) -> None:
    """Show what the customers of each segment are like, shaded by distance from the average."""
    centroids = run.cuts[k].centroids
    names = formats.distinct(run.names_at(k), taken=LEADING_COLUMNS)
    present = {feature.group for feature in centroids.features}
    offered = [rows for rows in Rows if GROUPS.get(rows) in {None, *present}]
    chosen = st.segmented_control(
        "Rows", offered, default=Rows.TELLING, required=True, key="explore_rows", label_visibility="collapsed"
    )
    places = rows_of(centroids, chosen or Rows.TELLING)
    shown = centroids.display_frame(names)[[EVERYONE, *names, SHOWN_AS]].iloc[places]
    effects = centroids.effect_frame(names).iloc[places]
    width = max(NARROWEST, WIDTH // k)
    st.dataframe(
        shown.style.apply(lambda _: _shades(shown, effects), axis=None),
        key="explore_centroids",
        height="content",
        column_config={
            name: st.column_config.Column(f"{number}  {name}", help=plain(name), width=width)
            for number, name in enumerate(names, start=1)
        }
        | {SHOWN_AS: st.column_config.Column(width=NARROWEST + 10)},
        alt="The middle of each segment, feature by feature",
    )


def centroid_notes() -> None:
    """Say how to read the table, the same for every k."""
    st.caption(
        ":blue[**Blue**]: above the average of all customers. :orange[**Orange**]: below. The stronger the "
        "shade, the further away. **Typical** is the customer in the middle (the median), shown where a few "
        "have very large numbers. **Known for 9.0%** means that only so many of the segment have this at all."
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


def _shades(shown: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    styles = pd.DataFrame("", index=shown.index, columns=shown.columns)
    for name in effects.columns:
        styles[name] = [shade(effect) for effect in effects[name]]
    return styles


def shade(effect: float) -> str:
    """Tint a cell by its distance from the average in standard deviations; nothing below a quarter of one."""
    if abs(effect) < FAINTEST:
        return ""
    strength = min(abs(effect) / STRONGEST, 1.0) * MOST_OPAQUE
    return f"background-color: rgba({ABOVE if effect > 0 else BELOW}, {strength:.2f})"
