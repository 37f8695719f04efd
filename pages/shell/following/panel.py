"""What a page shows while what it needs is being found by itself, or why it is not."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.following.follow import Following
from pages.shell.guard import files_changed, next_step, show_error
from pages.shell.jobs import job_panel
from pages.shell.routes import DATA
from pages.shell.words import plain
from segmentation.errors import NothingToRecommendError
from segmentation.runs import Run


def progress_of(one: Following, run: Run) -> bool:
    """Show the job that finds this for a run, where one is on its way; return whether one is."""
    if (job := one.job(run)) is None or not job.active:
        return False
    job_panel("page", follow=lambda: one.job(run))
    return True


def stand_in(one: Following, run: Run) -> None:
    """Fill the page where this was not found yet: the job, what is missing, or why it ended and a button.

    Where nothing stands in the way and nobody has stopped it, it begins.
    """
    if progress_of(one, run):
        return
    if not latest.is_current(run):
        files_changed()
    elif not one.can():
        st.info(one.without, title="Nothing to show yet")
        next_step(DATA, "Go to your data", icon=":material/upload_file:")
    elif (job := one.job(run)) is None:
        one.begin(run)
        st.rerun()
    elif isinstance(job.error, NothingToRecommendError):
        show_error(job.error)
        next_step(DATA, "Go to your data", icon=":material/upload_file:")
    else:
        if job.error:
            show_error(job.error)
        else:
            st.info(f"“{plain(job.title)}” was stopped.")
        if st.button("Try again", key="try_again", icon=":material/refresh:", type="primary"):
            one.ask_for(run)
            st.rerun()


def begin_beside(one: Following, run: Run) -> None:
    """Begin it where nobody has: a page that does without shows what it can, and is drawn anew at its end."""
    if not one.is_kept(run) and one.can() and one.job(run) is None:
        one.begin(run)
        st.rerun()  # the sidebar is to know of it
