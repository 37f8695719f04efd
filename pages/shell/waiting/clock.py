"""The app refreshes by itself: a clock that runs with the server, whether or not anybody has a page open."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import streamlit as st
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from pages.shell.waiting.restart import made_ready
from pages.shell.workspace import job_manager, workspace
from segmentation.errors import SegmentationError
from segmentation.jobs import Job, Progress
from segmentation.track.refresh.history import keep_made_up
from segmentation.track.refresh.refreshed import MadeUp, StartedBy
from segmentation.track.refresh.schedule import Every, Schedule, keep_schedule, load_schedule, seen_to
from segmentation.workspace import Workspace

log = logging.getLogger(__name__)

REFRESH = "Refresh your segments"
A_MOMENT = timedelta(microseconds=1)


@asynccontextmanager
async def running_with_clock(app: object) -> AsyncIterator[None]:
    """Run what a server does beside its visits: make pages ready, and refresh when it is time."""
    async with made_ready(app):
        clock().start()
        try:
            set_clock(load_schedule())
            make_up(datetime.now().astimezone())
        except SegmentationError as error:
            log.warning("nothing is refreshed by itself: %s", error)
        yield
        clock().shutdown(wait=False)


@st.cache_resource(max_entries=1, show_spinner=False)
def clock() -> BackgroundScheduler:
    """Give the clock of this server; what was due while the machine slept is done once, however late."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    return BackgroundScheduler(job_defaults=defaults)


def choose_schedule(schedule: Schedule) -> None:
    """Keep a schedule and go by it from now on."""
    keep_schedule(schedule)
    set_clock(schedule)


def set_clock(schedule: Schedule) -> None:
    """Go by this schedule instead of any other."""
    if trigger := trigger_of(schedule):
        clock().add_job(_tick, trigger, id=REFRESH, replace_existing=True)
    elif clock().get_job(REFRESH):
        clock().remove_job(REFRESH)


def trigger_of(schedule: Schedule) -> CronTrigger | None:
    """Return when a schedule fires; None for never."""
    days = {
        Every.DAY: {},
        Every.WEEK: {"day_of_week": schedule.weekday},
        Every.MONTH: {"day": schedule.month_day},
    }
    return None if schedule.every is Every.NEVER else CronTrigger(hour=schedule.hour, **days[schedule.every])


def next_time(schedule: Schedule, now: datetime) -> datetime | None:
    """Return when a schedule fires next after `now`, which has a time zone; None for never."""
    trigger = trigger_of(schedule)
    return trigger.get_next_fire_time(None, now) if trigger else None


def missed(schedule: Schedule, since: datetime, now: datetime) -> MadeUp | None:
    """Count how often a schedule fired between two moments, which have a time zone; None for never."""
    times, last = 0, since
    while (due := next_time(schedule, last + A_MOMENT)) and due <= now:
        times, last = times + 1, due
    return MadeUp(times, last.replace(tzinfo=None)) if times else None


def make_up(now: datetime) -> Job | None:
    """Refresh once where that was due while the app did not run, however often it was."""
    schedule, since = load_schedule(), seen_to()
    found = missed(schedule, since.astimezone(), now) if since else None
    if schedule.every is not Every.NEVER:
        keep_schedule(schedule, now)
    if found is None:
        return None
    keep_made_up(workspace(), found)
    return start_refreshing(StartedBy.MADE_UP)


def start_refreshing(started_by: StartedBy) -> Job:
    """Queue a refresh; one that is queued or runs already is returned instead."""
    opened = workspace()
    return job_manager().start(REFRESH, lambda on_progress: _refresh(opened, started_by, on_progress))


def _refresh(opened: Workspace, started_by: StartedBy, on_progress: Progress) -> object:
    from segmentation.text.encoders.load import load_encoder
    from segmentation.track.refresh import refresh

    return refresh(opened, started_by, on_progress, load_encoder)


def _tick() -> None:
    try:
        keep_schedule(load_schedule())
        keep_made_up(workspace(), None)
        start_refreshing(StartedBy.SCHEDULE)
    except SegmentationError as error:
        log.warning("nothing was refreshed: %s", error)
