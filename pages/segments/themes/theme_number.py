"""How many themes there are, why so many, and a way to ask for another number."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shell.options import load_options, save_options
from pages.shell.routes import DATA
from pages.shell.words import count
from pages.shell.work import start_finding_segments
from pages.shell.workspace import job_manager, workspace
from segmentation.runs import Run
from segmentation.text.themes import FEWEST_ASKED, MOST_ASKED

AUTOMATIC = "Chosen for you"
OWN = "My own number"


def number_of_themes(run: Run) -> None:
    """Say how the number came about, and let it be set; drawn once it is opened."""
    with st.expander("How many themes?", key="themes_number", on_change="rerun") as fold:
        if fold.open:
            _number(run)


def _number(run: Run) -> None:
    st.markdown(_reason(run))
    wanted = load_options(workspace()).themes
    with st.container(horizontal=True, vertical_alignment="bottom"):
        how = st.segmented_control(
            "Number of themes",
            [AUTOMATIC, OWN],
            default=AUTOMATIC if wanted is None else OWN,
            required=True,
            key="themes_how",
        )
        asked: int | None = None
        if how == OWN:
            start = min(max(wanted or len(run.themes), FEWEST_ASKED), MOST_ASKED)
            asked = int(
                st.number_input("Themes", FEWEST_ASKED, MOST_ASKED, start, key="themes_wanted", width=140)
            )
        pressed = st.button(
            "Find segments with this number",
            key="themes_find",
            icon=":material/groups:",
            disabled=asked == run.options.themes or job_manager().running is not None,
        )
    if pressed:
        save_options(workspace(), replace(load_options(workspace()), themes=asked))
        start_finding_segments()
        st.switch_page(DATA)
    st.caption(
        "Themes describe your customers and leave the segments as they are; texts that have been read before "
        "are not read again."
    )


def _reason(run: Run) -> str:
    found = count(len(run.themes), "theme")
    if run.options.themes is not None:
        return f"**{found}**: you asked for {run.options.themes}."
    if len({reading.encoder for reading in run.readings}) > 1:
        return f"**{found}**, found apart in the texts of each model and in those compared by their letters."
    return (
        f"**{found}**: this number, of those tried, parts your texts best. With fewer, unlike texts would "
        "share a theme; with more, one thing would be told as two."
    )
