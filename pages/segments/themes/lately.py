"""What reviews are about lately: what rises or falls, and one theme of one segment month by month."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.remembered import kept_beside
from pages.shell.segment_choice import NAME_WIDTH, shown
from pages.shell.swatch import glyph
from pages.shell.waiting.ready import first_view
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.charts import figures as charts
from segmentation.charts.topics import share_lines
from segmentation.runs import Run, View
from segmentation.track.topics import ThemeChange, ThemeMonths, load_theme_months, theme_changes
from segmentation.track.topics.words import NOTHING, TITLE, change_sentence

MOST_TOLD, FEWEST_MONTHS = 3, 2

Lately = tuple[ThemeMonths, tuple[ThemeChange, ...]]


def lately_view(run: Run) -> None:
    """Say what rises and falls in which segment, and draw one theme; nothing without dated reviews."""
    view = shown(run)
    found = lately(view)
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
    _drawn(view, written, changes[0] if changes else None)


@first_view
def lately(view: View) -> Lately | None:
    """Return the months and the changes of these segments, from memory."""
    [found] = _lately(view.run.run_id, view.k, view.run)
    return found


@kept_beside(12)
def _lately(run_id: str, k: int, _run: Run) -> tuple[Lately | None]:
    written = load_theme_months(workspace(), _run, k)
    return ((written, theme_changes(written)) if written else None,)


@st.fragment
def _drawn(view: View, written: ThemeMonths, first: ThemeChange | None) -> None:
    run, names = view.run, view.names
    with st.container(horizontal=True):
        theme = st.selectbox(
            "Theme",
            range(len(run.themes)),
            index=first.theme if first else 0,
            format_func=run.theme_name,
            key=f"lately_theme_{view.k}",
            width=300,
        )
        segment = st.selectbox(
            "Segment",
            range(view.k),
            index=first.segment if first else 0,
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
