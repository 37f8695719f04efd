"""The running job on screen: what it does, how far it is, how long it will take, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shell.draft import offer_draft
from pages.shell.guard import next_step, show_error
from pages.shell.routes import EXPLORE
from pages.shell.turns import redraws
from pages.shell.words import duration, plain
from pages.shell.workspace import job_manager
from segmentation.jobs import Job, JobState
from segmentation.stages import stage_words

POLL_SECONDS = 1.0
DATA_PAGE = "data"
SIDEBAR = "sidebar"


def asked_for() -> Job | None:
    """Return the job that somebody asked for and that is active now, if any."""
    return job_manager().running


def any_job() -> Job | None:
    """Return the active job, those that nobody asked for last."""
    return job_manager().running or job_manager().aside


def job_panel(
    place: str,
    show_outcome: Callable[[Job], None] | None = None,
    follow: Callable[[], Job | None] = asked_for,
) -> None:
    """Show the job that runs, whichever tab started it; when none does, the outcome of the last.

    At its end, another following or not, the page is drawn anew: at once where the job is followed on the
    page, in the sidebar by turns with everybody else's.

    :param place: where on screen this panel is; keeps two panels of one page apart.
    :param show_outcome: what to show for a finished job; nothing by default.
    :param follow: tells which job to show.
    """
    watched = follow()
    watching = watched is not None and watched.active

    @st.fragment(run_every=POLL_SECONDS if watching else None)
    def panel() -> None:
        job = follow()
        if job and job is watched and job.active:
            _show_progress(job, place)
        elif watching and (place != SIDEBAR or redraws.allows()):
            st.rerun()  # once, with the timer gone and the page knowing the result
        elif watching:
            st.caption("Done; what is new is shown in a moment …")
        elif show_outcome and (latest := job_manager().latest):
            show_outcome(latest)

    panel()


def _show_progress(job: Job, place: str) -> None:
    share = min(1.0, job.done / job.total) if job.total else 0.0
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(job.title)}**")
        st.progress(share, text=f"{plain(stage_words(job.step)) or 'Waiting for its turn'} …")
        if progress := describe_progress(job):
            st.caption(progress)
        if place == DATA_PAGE:
            offer_draft(job)
        if st.button("Cancel", key=f"_cancel_{place}", icon=":material/close:"):
            job.cancel()
        if place == DATA_PAGE:
            st.caption("You may leave this page or close the browser: the work goes on.")


def describe_progress(job: Job) -> str:
    """Say how much is done, how fast and for how long still."""
    if job.total <= 1:
        return ""
    parts = [f"{job.done:,} of {job.total:,}"]
    if job.rate >= 1 and job.done:
        parts.append(f"{job.rate:,.0f} per second")
    if job.seconds_left is not None and job.done < job.total:
        parts.append(f"about {duration(job.seconds_left)} left")
    return " · ".join(parts)


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
