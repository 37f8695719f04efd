"""Files of people: everybody or one segment, as an audience or as a table."""

from __future__ import annotations

import streamlit as st

from pages.shell.audience.button import audience_button, straight_to
from pages.shell.audience.logged import logged
from pages.shell.segment_choice import NAME_WIDTH
from pages.shell.swatch import glyph
from pages.shell.words import count
from segmentation.action.audience import everyone, people_of_segment
from segmentation.action.files import RunFiles, segment_file_name
from segmentation.runs import View


def people_files(view: View) -> None:
    """Let it be chosen who, and offer the audience and the table of just these."""
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", key="people_files"):
        segment = st.selectbox(
            "Whom",
            [None, *range(view.k)],
            format_func=lambda one: _whom(view, one),
            key="_files_whom",
            width=NAME_WIDTH + 60,
        )
        people = everyone(view) if segment is None else people_of_segment(view, segment)
        audience_button(people, "files", type="primary")
        if segment is not None:
            _table(view, segment)
        straight_to("files")


def _whom(view: View, segment: int | None) -> str:
    if segment is None:
        return f"All {view.run.customers:,} customers"
    size = count(view.segments[segment].size, "customer")
    return f"{glyph(segment)} {segment + 1} · {view.names[segment]} · {size}"


def _table(view: View, segment: int) -> None:
    file_name = segment_file_name(segment, view.names[segment])
    st.download_button(
        "Table (CSV)",
        data=logged(
            lambda: RunFiles(view).segment(segment),
            file_name,
            view.segments[segment].size,
            lambda: view.members(segment),
            people_of_segment(view, segment).code,
        ),
        file_name=file_name,
        mime="text/csv",
        key=f"_download_segment_{segment}",
        on_click="ignore",
        icon=":material/download:",
        help="These customers with all that is known about each, surest first.",
    )
