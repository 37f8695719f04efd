"""The running job on screen: one bar for the whole of it, how long it will take, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shell.draft import offer_draft
from pages.shell.turns import redraws
from pages.shell.words import plain
from pages.shell.workspace import job_manager
from segmentation import formats
from segmentation.jobs import Job
from segmentation.stages import Stage, stage_story, stage_words

POLL_SECONDS = 1.0
DATA_PAGE = "data"
SIDEBAR = "sidebar"
WAITING_PAGE = "waiting"
GOES_ON = "You may leave this page or close the browser: the work goes on."


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


def finds_segments(job: Job) -> bool:
    """Whether it ends in new segments."""
    return any(leg.stage == Stage.FINDING_SEGMENTS for leg in job.journey.course)


def _show_progress(job: Job, place: str) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(job.title)}**")
        st.progress(job.share, text="Stopping …" if job.stopping else f"{_step(job)} …")
        if not job.stopping and (told := describe_progress(job)):
            st.caption(told)
        if place == DATA_PAGE:
            offer_draft(job)
        if place != SIDEBAR:
            st.caption(f"{stage_story(job.step)} {GOES_ON}".strip())
        st.button(
            "Cancel",
            key=f"_cancel_{place}",
            icon=":material/close:",
            disabled=job.stopping,
            on_click=job.cancel,
        )


def _step(job: Job) -> str:
    return plain(stage_words(job.step)) or "Waiting for its turn"


def describe_progress(job: Job) -> str:
    """Say which step of the whole it is, how much of it is done and how fast, and for how long still."""
    if not job.step:
        return ""
    journey, parts = job.journey, list[str]()
    if len(journey.course) > 1:
        parts.append(f"Step {journey.place + 1} of {len(journey.course)}")
    if job.total > 1:
        parts.append(f"{job.done:,} of {job.total:,}")
    if job.total > 1 and job.done and job.rate >= 1:
        parts.append(f"{job.rate:,.0f} per second")
    if journey.seconds_left is not None:
        parts.append(f"about {formats.duration(journey.seconds_left)} left")
    return " · ".join(parts)
