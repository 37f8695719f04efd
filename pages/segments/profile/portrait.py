"""A segment at one look: its name, a few tiles, and bars for what sets it apart from all customers."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.audience.button import audience_button
from pages.shell.badges import BADGE_COLOURS
from pages.shell.held.remembered import forget_runs
from pages.shell.swatch import swatch
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import people_of_segment
from segmentation.charts.bars import diverging_bars
from segmentation.clusters.stability_band import stability_band
from segmentation.insight.facts.key_figures import key_figures, key_rows
from segmentation.insight.feature_words.wording import value_of
from segmentation.insight.sentences.profile import bar_label, beside_all, tile_title
from segmentation.insight.sentences.segments import (
    BAND_MEANINGS,
    HOW_COMPUTED,
    band_title,
    segment_sentence,
)
from segmentation.runs import View
from segmentation.runs.model_names import keep_profiles

LONGEST, TILE, MOST_BARS = 60, 160, 10


def heading(view: View, label: int) -> None:
    """Show the segment's colour, its name with a way to change it, its steadiness, and the way out."""
    band = stability_band(view.segments[label].stability)
    st.html(swatch(label))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header(plain(view.names[label]), width="content")
        _name_box(view, label)
        st.badge(band_title(band), color=BADGE_COLOURS[band], help=BAND_MEANINGS[band])
        audience_button(people_of_segment(view, label), key="profile")


def _name_box(view: View, label: int) -> None:
    """Let the name be changed, and say why it is what it is."""
    generated, name, key = view.segments[label].name, view.names[label], f"profile_name_{label}"
    with st.popover("Name", icon=":material/edit:", type="tertiary", key="profile_name_open"):
        if st.session_state.get(key) != name:
            st.session_state[key] = name
        st.text_input(
            f"Name of segment {label + 1}",
            key=key,
            max_chars=LONGEST,
            on_change=lambda: latest.rename(label, st.session_state[key]),
        )
        if name != generated:
            st.caption(f"Generated name: {plain(generated)}. Empty the box to bring it back.")
        st.caption(HOW_COMPUTED["names"])


def portrait(view: View, label: int) -> None:
    """Show size, worth and habits as tiles, and what differs most as bars."""
    _tiles(view, label)
    differences = view.portraits[label].differences[:MOST_BARS]
    st.markdown(plain(segment_sentence(view.portraits[label])))
    _paragraph(view, label)
    if not differences:
        return
    currency = view.cut.centroids.currency
    st.subheader("What sets it apart")
    st.plotly_chart(
        diverging_bars(
            [bar_label(one.feature) for one in differences],
            [one.effect for one in differences],
            [beside_all(one, currency) for one in differences],
        ),
        key="profile_bars",
        alt="What sets this segment apart from all customers, the strongest difference first",
        config={"displayModeBar": False},
    )


def _tiles(view: View, label: int) -> None:
    segment, table = view.segments[label], view.cut.centroids
    figures = key_figures(table, key_rows(table), label)
    with st.grid(1 + (segment.revenue_share is not None) + len(figures), min_column_width=TILE):
        _tile("Customers", f"{segment.size:,}", f"{formats.percent(segment.share)} of all")
        if segment.revenue_share is not None:
            _tile("Revenue", formats.percent(segment.revenue_share), "of all revenue")
        for one in figures:
            value, overall = (value_of(one.feature, at, table.currency) for at in (one.value, one.overall))
            _tile(tile_title(one.feature), value, f"all: {overall}", one.feature.definition)


def _tile(title: str, value: str, beside: str, about: str | None = "") -> None:
    about = plain(about) or None
    st.metric(plain(title), value, beside, "off", help=about, border=True, delta_arrow="off")


def _paragraph(view: View, label: int) -> None:
    """Show what a language model wrote of the segment and a person took over, with a way to remove it."""
    if paragraph := view.run.profiles.get(view.k, {}).get(label):
        st.markdown(plain(paragraph))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                "Written by a language model from this segment’s figures, taken over by you.", width="content"
            )
            st.button(
                "Remove this paragraph",
                key=f"profile_remove_{label}",
                type="tertiary",
                icon=":material/close:",
                on_click=_remove,
                args=(view, label),
            )


def _remove(view: View, label: int) -> None:
    keep_profiles(workspace(), view.run.run_id, view.k, {label: ""})
    forget_runs()
