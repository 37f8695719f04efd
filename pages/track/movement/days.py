"""Which two days are compared, and what is shown while a job compares them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.following.moves import Comparison, of_last_month, of_runs
from pages.shell.guard import show_error
from pages.shell.jobs import job_panel
from pages.shell.people.rights import may
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.people import Right
from segmentation.runs import KeptRun, Run, list_runs
from segmentation.track.movement.job import midnight

MONTHS = {"A month": 1, "3 months": 3, "A year": 12}
OTHER, OTHER_RUN = "Other days", "Another run"


def choose_days(run: Run, as_of: datetime) -> Comparison:
    """Let two days be chosen, the last month of the data at first, or another run."""
    usual, others = of_last_month(run, as_of), _other_runs(run)
    chosen = st.segmented_control(
        "Look back",
        [*MONTHS, OTHER, *([OTHER_RUN] if others else [])],
        default="A month",
        required=True,
        key="movement_back",
    )
    if chosen == OTHER_RUN:
        both = sorted((latest.run_of(_one_of(others)), run), key=lambda one: one.made_at)
        return of_runs(both[0], both[1])
    if chosen != OTHER:
        since = pd.Timestamp(usual.until) - pd.DateOffset(months=MONTHS[str(chosen)])
        return Comparison(usual.run_id, usual.fingerprint, since.to_pydatetime(), usual.until)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return _other_days(usual)


def _other_runs(run: Run) -> list[KeptRun]:
    """Return the runs that this one can be compared with, the newest first."""
    return [one for one in list_runs(workspace()) if one.run_id != run.run_id]


def _one_of(runs: list[KeptRun]) -> str:
    """Let one of these runs be chosen, by the day and hour when it was made."""
    told = {one.run_id: f"{formats.date(one.made_at)}, {one.made_at:%H:%M} UTC" for one in runs}
    return st.selectbox("Run", list(told), format_func=told.__getitem__, key="movement_run", width=220)


def _other_days(usual: Comparison) -> Comparison:
    """Ask for both days; the first stays before the second."""
    until = st.date_input(
        "And", usual.until.date(), max_value=usual.until.date(), key="movement_until", width=150
    )
    latest_since = until - timedelta(days=1)
    since = st.date_input(
        "Between",
        min(usual.since.date(), latest_since),
        max_value=latest_since,
        key="movement_since",
        width=150,
    )
    first, last = (midnight(datetime.combine(day, time())) for day in (since, until))
    return Comparison(usual.run_id, usual.fingerprint, first, last)


def stand_in(asked: Comparison) -> None:
    """Show the job that compares these days, or why it ended; where none has, it begins."""
    job = asked.job()
    if job is None:
        asked.begin(aside=not may(Right.EDIT))
        st.rerun()
    elif job.active:
        job_panel("page", follow=asked.job)
    else:
        if job.error:
            show_error(job.error)
        else:
            st.info(f"“{plain(job.title)}” was stopped.")
        if st.button("Try again", key="try_again", icon=":material/refresh:", type="primary"):
            asked.begin(aside=not may(Right.EDIT))
            st.rerun()
