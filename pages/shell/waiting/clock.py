"""The app refreshes by itself: a clock that runs with the server, whether or not anybody has a page open."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from pages.shell.held.here import FILE, at, at_home, here, places
from pages.shell.held.memory import of_this_server
from pages.shell.people.audited import witness
from pages.shell.people.rights import require
from pages.shell.people.settings import signs_in
from pages.shell.waiting.restart import made_ready
from pages.shell.workspace import job_manager, workspace
from segmentation.errors import SegmentationError, WaitForPlaceError
from segmentation.jobs import Job, Progress
from segmentation.people import Right
from segmentation.people.deed import Action
from segmentation.track.refresh.history import keep_made_up
from segmentation.track.refresh.refreshed import MadeUp, StartedBy
from segmentation.track.refresh.schedule import (
    Every,
    Schedule,
    keep_schedule,
    load_schedule,
    schedules,
    seen_to,
)
from segmentation.workspace import Workspace

log = logging.getLogger(__name__)

REFRESH = "Refresh your segments"
A_MOMENT = timedelta(microseconds=1)


@asynccontextmanager
async def running_with_clock(app: object) -> AsyncIterator[None]:
    """Run what a server does beside its visits: make pages ready, and refresh when it is time."""
    async with made_ready(app):
        clock().start()
        for path in files():
            try:
                set_clock(path, load_schedule(path.parent))
                make_up(path, datetime.now().astimezone())
            except SegmentationError as error:
                log.warning("nothing is refreshed by itself: %s", error)
        if signs_in():
            clock().add_job(places().sweep, IntervalTrigger(minutes=1))
        yield
        clock().shutdown(wait=False)


def files() -> list[Path]:
    """List the workspaces that may have a schedule of their own."""
    return [at_home().path] if not signs_in() else [kept.parent / FILE for kept in schedules()]


@of_this_server(1)
def clock() -> BackgroundScheduler:
    """Give the clock of this server; what was due while the machine slept is done once, however late."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    return BackgroundScheduler(job_defaults=defaults)


def choose_schedule(schedule: Schedule) -> None:
    """Keep a schedule and go by it from now on."""
    require(Right.OWN)
    path = here().held.path
    witness().note(Action.SCHEDULE, schedule.every)
    keep_schedule(schedule, path.parent)
    set_clock(path, schedule)


def set_clock(path: Path, schedule: Schedule) -> None:
    """Go by this schedule for a workspace instead of any other."""
    if trigger := trigger_of(schedule):
        clock().add_job(_tick, trigger, [path], id=str(path), replace_existing=True)
    elif clock().get_job(str(path)):
        clock().remove_job(str(path))


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


def make_up(path: Path, now: datetime) -> None:
    """Refresh a workspace once where that was due while the app did not run, however often it was."""
    since = seen_to(path.parent)
    found = missed(load_schedule(path.parent), since.astimezone(), now) if since else None
    _seen(path, now)
    if found:
        clock().add_job(_tick, DateTrigger(now), [path, found], id=f"{path} late", replace_existing=True)


def _seen(path: Path, now: datetime) -> None:
    """Remember that what was due by now is done, or has begun."""
    schedule = load_schedule(path.parent)
    if schedule.every is not Every.NEVER:
        keep_schedule(schedule, path.parent, now)


def start_refreshing(started_by: StartedBy) -> Job:
    """Queue a refresh; one that is queued or runs already is returned instead."""
    opened, writes = workspace(), witness()

    def work(on_progress: Progress) -> object:
        if started_by is not StartedBy.PERSON:  # what people start is written down as every job of theirs is
            return writes.watch(Action.RUN, REFRESH, lambda: _refresh(opened, started_by, on_progress))
        return _refresh(opened, started_by, on_progress)

    return job_manager().start(REFRESH, work)


def _refresh(opened: Workspace, started_by: StartedBy, on_progress: Progress) -> object:
    from segmentation.text.encoders.load import load_encoder
    from segmentation.track.refresh import refresh

    return refresh(opened, started_by, on_progress, load_encoder)


def _tick(path: Path, late: MadeUp | None = None) -> None:
    try:
        _seen(path, datetime.now().astimezone())
        with at(path).entered():
            keep_made_up(workspace(), late)
            start_refreshing(StartedBy.MADE_UP if late else StartedBy.SCHEDULE)
    except WaitForPlaceError:
        soon = DateTrigger(datetime.now().astimezone() + timedelta(minutes=1))
        clock().add_job(_tick, soon, [path, late], id=f"{path} soon", replace_existing=True)
    except SegmentationError as error:
        log.warning("nothing was refreshed: %s", error)
