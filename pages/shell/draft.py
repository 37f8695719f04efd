"""The quick draft on screen: chosen beforehand, offered while texts are read, and labelled afterwards."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shell import latest
from pages.shell.options import load_options, save_options
from pages.shell.work import FIND_SEGMENTS, start_draft_first
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.jobs import Job
from segmentation.text.encoders.protocol import NO_TEXT
from segmentation.text.read import READING

LONG = 60
COST = (
    "A quick draft reads texts word by word instead of as whole sentences, so themes are clearly rougher. In "
    "two shops 1 to 3 of 100 customers were in another segment at the suggested number, and up to half at "
    "numbers that fit badly."
)


def draft_choice() -> None:
    """Let a person have a quick draft first."""

    def save() -> None:
        save_options(workspace(), replace(load_options(workspace()), draft=st.session_state["draft_first"]))

    options = load_options(workspace())
    st.checkbox(
        "Quick draft first",
        options.draft,
        key="draft_first",
        disabled=options.model == NO_TEXT,
        help=f"For many long texts. {COST} The full reading follows by itself and replaces the draft.",
        on_change=save,
    )


def offer_draft(job: Job) -> None:
    """Offer a draft while the texts of a job still take over a minute; what has been read is kept."""
    left = job.seconds_left
    if job.title != FIND_SEGMENTS or not job.step.startswith(READING) or not left or left < LONG:
        return
    if st.button("Show a quick draft first", key="draft_now", help=COST, icon=":material/bolt:"):
        job.cancel()
        start_draft_first()
        st.rerun()
    st.caption(
        f"Reading these texts takes about {formats.duration(left)} more; a draft is there in a minute or so."
    )


def draft_notice() -> None:
    """Label the segments as a draft, wherever they are shown."""
    run = latest.latest_run()
    if run is None or not run.draft:
        return
    under_way = job_manager().running is not None
    follows = (
        "The full reading is under way and replaces it."
        if under_way
        else "Find segments again, without the draft, for the full reading."
    )
    st.info(f"{COST} {follows}", title="These segments are a quick draft", icon=":material/bolt:")
