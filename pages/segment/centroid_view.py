"""The centroid table: a row per feature, a column per segment, in the shop's own units."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from segmentation import formats
from segmentation.insight.centroids import LEADING_COLUMNS
from segmentation.insight.sentences import HOW_COMPUTED
from segmentation.runs import Run

ABOVE, BELOW = "0, 101, 159", "255, 98, 4"
FAINTEST, STRONGEST, MOST_OPAQUE = 0.25, 2.0, 0.55


def centroid_view(run: Run, k: int) -> None:
    """Show what the customers of each segment are like, shaded by distance from the average."""
    centroids = run.cuts[k].centroids
    names = formats.distinct(run.names_at(k), taken=LEADING_COLUMNS)
    st.subheader("What each segment is like")
    st.caption(
        "Blue: above the average of all customers. Orange: below. The stronger the shade, the further away."
    )
    shown = centroids.display_frame(names)
    effects = centroids.effect_frame(names)
    styled = shown.style.apply(lambda _: _shades(shown, effects), axis=None)
    st.dataframe(
        styled,
        key="explore_centroids",
        height="content",
        alt="The middle of each segment, feature by feature",
    )
    with st.expander("How this is computed"):
        for topic in ("centroids", "themes", "names"):
            st.markdown(HOW_COMPUTED[topic])


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
