"""How the last job ended, and what to do next."""

from __future__ import annotations

import streamlit as st

from pages.shell.guard import next_step, show_error
from pages.shell.routes import EXPLORE
from pages.shell.words import plain
from segmentation.jobs import Job, JobState


def show_outcome(job: Job) -> None:
    """Say how a job ended, and what to do next."""
    if job.state == JobState.DONE and isinstance(job.result, tuple):  # uploads, no run
        st.success(f"“{plain(job.title)}” is done.", icon=":material/check_circle:")
    elif job.state == JobState.DONE:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success("Your segments are ready.", icon=":material/check_circle:", width=260)
            next_step(EXPLORE, "See your segments")
    elif job.state == JobState.CANCELLED:
        st.info(f"“{plain(job.title)}” was stopped. What was ready before is still there.")
    elif job.error:
        show_error(job.error)
