"""When the app refreshes by itself: in a file of its own, which is read before anything is opened."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from segmentation.errors import OptionError
from segmentation.home import home
from segmentation.workspace.beside import make_private_folder

FILE = "schedule.json"
_SEEN_TO, WORKSPACES = "seen_to", "workspaces"
HOURS, WEEKDAYS, MONTH_DAYS = range(24), range(7), range(1, 29)


class Every(StrEnum):
    """How often."""

    NEVER = "never"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Schedule:
    """Refresh so often, at an hour of the machine's own clock.

    `weekday` is from 0, Monday, and counts for weeks; `month_day`, 1 to 28, for months.

    :raises OptionError: for an hour or a day that there is not.
    """

    every: Every = Every.NEVER
    hour: int = 5
    weekday: int = 0
    month_day: int = 1

    def __post_init__(self) -> None:
        if self.hour not in HOURS or self.weekday not in WEEKDAYS or self.month_day not in MONTH_DAYS:
            raise OptionError("the schedule has an hour or a day that there is not.", "Choose it anew.")


def keep_schedule(schedule: Schedule, folder: Path | None = None, now: datetime | None = None) -> None:
    """Keep a schedule in a workspace's folder, by default the data folder, whole or not at all.

    What is due by now counts as done.

    :param now: with a time zone, by default the present.
    """
    path = _path(folder)
    make_private_folder(path.parent)
    fresh = path.with_suffix(f".{os.getpid()}")
    seen_to = (now or datetime.now(UTC)).isoformat()
    fresh.write_text(json.dumps({**asdict(schedule), _SEEN_TO: seen_to}))
    fresh.chmod(0o600)
    fresh.replace(path)


def load_schedule(folder: Path | None = None) -> Schedule:
    """Read the schedule of the workspace in a folder; never, where none was kept.

    :raises OptionError: if the file is there and is no schedule.
    """
    return _load(folder)[0]


def seen_to(folder: Path | None = None) -> datetime | None:
    """Return up to when everything due was done or has begun; None where there is no schedule yet.

    :raises OptionError: if the file is there and is no schedule.
    """
    return _load(folder)[1]


def _load(folder: Path | None) -> tuple[Schedule, datetime | None]:
    try:
        stored = json.loads(_path(folder).read_text())
        moment = stored.pop(_SEEN_TO, None)
        schedule = Schedule(**{**stored, "every": Every(stored["every"])})
        return schedule, datetime.fromisoformat(moment) if moment else None
    except FileNotFoundError:
        return Schedule(), None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise OptionError(f"{_path(folder)} is no schedule.", "Delete it and choose one anew.") from error


def schedules() -> list[Path]:
    """List the schedules that are kept: of the data folder, and of the workspaces below it."""
    kept = [_path(None), *sorted((home() / WORKSPACES).glob(f"*/{FILE}"))]
    return [path for path in kept if path.is_file()]


def _path(folder: Path | None) -> Path:
    return (folder or home()) / FILE
