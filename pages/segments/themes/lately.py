"""What reviews are about lately: what rises or falls, and one theme of one segment month by month."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.remembered import recall
from pages.shell.segment_choice import NAME_WIDTH, shown
from pages.shell.swatch import glyph
from pages.shell.words import plain
from segmentation.charts import figures as charts
from segmentation.charts.topics import share_lines
from segmentation.first_views.plays import lately
from segmentation.runs import Run, View
from segmentation.track.topics import ThemeMonths
from segmentation.track.topics.words import NOTHING, TITLE, change_sentence

MOST_TOLD, FEWEST_MONTHS = 3, 2


def lately_view(run: Run) -> None:
    """Say what rises and falls in which segment, and draw one theme; nothing without dated reviews."""
    view = shown(run)
    found = recall(lately(view))
    if not found or len(found[0].days) < FEWEST_MONTHS:
        return
    written, changes = found
    st.header(TITLE)
    told = [
        change_sentence(one, plain(run.theme_name(one.theme)), f"{glyph(one.segment)} {plain(name)}")
        for one in changes[:MOST_TOLD]
        for name in [view.names[one.segment]]
    ]
    st.markdown("\n".join(f"- {sentence}" for sentence in told) or NOTHING)
    first = changes[0] if changes else None
    _drawn(view, written, (first.theme, first.segment) if first else written.most_written())


@st.fragment
def _drawn(view: View, written: ThemeMonths, first: tuple[int, int]) -> None:
    run, names = view.run, view.names
    with st.container(horizontal=True):
        theme = st.selectbox(
            "Theme",
            range(len(run.themes)),
            index=first[0],
            format_func=run.theme_name,
            key=f"lately_theme_{view.k}",
            width=300,
        )
        segment = st.selectbox(
            "Segment",
            range(view.k),
            index=first[1],
            format_func=lambda label: f"{glyph(label)} {names[label]}",
            key=f"lately_segment_{view.k}",
            width=NAME_WIDTH,
        )
    inside, others = (written.shares(theme, segment, rest) for rest in (False, True))
    st.plotly_chart(
        share_lines(
            written.days,
            inside,
            others,
            ("This segment", "The others"),
            charts.style_of(segment).colour,
        ),
        key="lately_months",
        alt="Which share of the reviews of a segment is about a theme, month by month, beside the others",
        config={"displayModeBar": False},
    )
