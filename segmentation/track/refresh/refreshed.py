"""What a refresh did, and what it did not and why: frozen values without a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from segmentation.track.assign.departures import Departures


class StartedBy(StrEnum):
    """Who began a refresh."""

    COMMAND = "command"
    SCHEDULE = "schedule"
    MADE_UP = "made_up"
    """By the schedule, later than it was due: nobody was there to do it in time."""

    PERSON = "person"


class RefreshStep(StrEnum):
    """A part of a refresh that may be left out."""

    FILE = "file"
    MOVEMENT = "movement"
    ALARMS = "alarms"


@dataclass(frozen=True)
class MadeUp:
    """So many times that a refresh was due and nobody was there, the last one by the machine's own clock."""

    times: int
    last: datetime


@dataclass(frozen=True)
class LeftUndone:
    """What was not done: which step, of which file where it is one, and why, in the words of the refusal."""

    step: RefreshStep
    what: str
    why: str


@dataclass(frozen=True)
class Refreshed:
    """One refresh of the k segments of a run, as of `day`; `at` is in UTC.

    `moved` customers are in another segment than at the refresh before, `new` and `gone` were there only at
    one of the two. `alarms` is how many rang, None where nobody listened; `departures` says in what
    customers and files are other than those of the run.
    """

    at: datetime
    started_by: StartedBy
    run_id: str
    k: int
    day: date | None
    customers: int
    moved: int
    new: int
    gone: int
    unlike_anybody: int
    files_read: tuple[str, ...] = ()
    alarms: int | None = None
    left_undone: tuple[LeftUndone, ...] = ()
    files_written: tuple[str, ...] = ()
    departures: Departures = field(default_factory=Departures)
