"""Refreshing: when it was done last and is done next, what changed, what was not done and why."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from pages.shell.guard import correct, show_error
from pages.shell.waiting.clock import choose_schedule, next_time, start_refreshing
from pages.shell.words import plain
from pages.shell.workspace import workspace
from pages.track.runs.line import ToDo, pressed_beside
from segmentation import formats
from segmentation.connect.kept import kept_tables
from segmentation.errors import OptionError
from segmentation.track.assign.words import departure_sentences
from segmentation.track.refresh.history import last_failure, last_made_up, list_refreshes
from segmentation.track.refresh.refreshed import Refreshed, StartedBy
from segmentation.track.refresh.schedule import HOURS, MONTH_DAYS, WEEKDAYS, Every, Schedule, load_schedule
from segmentation.track.refresh.words import STARTED_BY, made_up_sentence, refreshed_sentence, undone_sentence

EVERY = {Every.NEVER: "Never", Every.DAY: "Every day", Every.WEEK: "Every week", Every.MONTH: "Every month"}
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LINES = 20
BY_HAND = (
    "Databases and shops are not asked by the clock: their passwords and tokens are kept nowhere. Load them "
    "on Data, or by `fetch` on the command line while the app does not run."
)
REFRESH_NOW = ToDo(
    "Refresh now",
    "refresh_now",
    "Reads the inbox, puts customers into the adopted segments, tells who moved, writes files.",
)


def refreshing_view() -> None:
    """Show the last refresh and the next, a button for one now, and what is chosen when folded open."""
    st.header("Refresh")
    schedule = _schedule()
    lines = list_refreshes(workspace())
    if pressed_beside(f"{_last(lines)} {_next(schedule)}", REFRESH_NOW):
        start_refreshing(StartedBy.PERSON)
        st.rerun()
    if made_up := last_made_up(workspace()):
        st.caption(plain(made_up_sentence(made_up)))
    _what_was_not_done(lines)
    _choose(schedule)
    _earlier(lines)


def _schedule() -> Schedule:
    try:
        return load_schedule(workspace().path.parent)
    except OptionError as error:
        show_error(error)
        return Schedule()


def _last(lines: tuple[Refreshed, ...]) -> str:
    if not lines:
        return "Never refreshed yet."
    return f"**Last: {formats.date(lines[0].at)}.** {plain(refreshed_sentence(lines[0]))}"


def _next(schedule: Schedule) -> str:
    time = next_time(schedule, datetime.now().astimezone())
    return f"**Next: {formats.date(time)}, {time:%H:%M}.**" if time else "Nothing is refreshed by itself."


def _what_was_not_done(lines: tuple[Refreshed, ...]) -> None:
    if failure := last_failure(workspace()):
        st.warning(plain(failure), title="The last try was not finished")
    for one in lines[0].left_undone if lines else ():
        st.warning(plain(undone_sentence(one)), icon=":material/pending:")
    for told in departure_sentences(lines[0].departures) if lines else ():
        st.warning(plain(told), icon=":material/difference:")


def _choose(schedule: Schedule) -> None:
    folded = st.expander(
        "When to refresh", icon=":material/schedule:", key="runs_schedule", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        every = st.selectbox(
            "How often",
            list(EVERY),
            index=list(EVERY).index(schedule.every),
            format_func=EVERY.__getitem__,
            key="_refresh_every",
        )
        weekday, month_day, hour = schedule.weekday, schedule.month_day, schedule.hour
        if every is Every.WEEK:
            weekday = st.selectbox(
                "On", WEEKDAYS, index=weekday, format_func=WEEKDAY_NAMES.__getitem__, key="_refresh_weekday"
            )
        if every is Every.MONTH:
            month_day = st.selectbox("On day", MONTH_DAYS, index=month_day - 1, key="_refresh_month_day")
        if every is not Every.NEVER:
            hour = st.selectbox(
                "At", HOURS, index=hour, format_func=lambda one: f"{one:02}:00", key="_refresh_hour"
            )
        st.caption(
            "By the clock of this machine, while the app runs there. New files are taken from the inbox: "
            f"{plain(workspace().path.parent / 'inbox')}. Nothing is sent and nothing is found anew."
        )
        if kept_tables(workspace()):
            st.caption(BY_HAND)
        if st.button("Keep", key="refresh_keep", icon=":material/check:"):
            correct(lambda: choose_schedule(Schedule(every, hour, weekday, month_day)))


def _earlier(lines: tuple[Refreshed, ...]) -> None:
    if not lines:
        return
    with st.expander("Earlier refreshes", icon=":material/history:", key="runs_refreshes"):
        st.dataframe(
            pd.DataFrame(
                {
                    "When (UTC)": [one.at for one in lines[:LINES]],
                    "Begun": [STARTED_BY[one.started_by] for one in lines[:LINES]],
                    "What changed": [refreshed_sentence(one) for one in lines[:LINES]],
                    "Files read": [", ".join(one.files_read) for one in lines[:LINES]],
                    "Not done": [" ".join(map(undone_sentence, one.left_undone)) for one in lines[:LINES]],
                }
            ),
            hide_index=True,
            key="refresh_lines",
        )
