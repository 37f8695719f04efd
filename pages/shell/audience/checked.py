"""Audiences that were checked: made by a job, kept until files, lists or the server change."""

from __future__ import annotations

import shutil
import time
import uuid
from dataclasses import dataclass

from pages.shell.held.remembered import remembered
from pages.shell.workspace import job_manager, workspace
from segmentation.action.audience import (
    Audience,
    AudienceOptions,
    PeopleList,
    audience_of_run,
    chosen_share,
    suppressed_keys,
)
from segmentation.jobs import Job, Progress
from segmentation.runs import Run, View

AUDIENCE = "Check an audience"
FOLDER = "audiences"
MOST = 32
SOON = 1.0
"""Seconds in which most lists are checked, so that nobody has to follow the job."""


@dataclass(frozen=True)
class AudienceRequest:
    """What is asked for: which people of a run, and how."""

    run: Run
    people: PeopleList
    options: AudienceOptions

    @property
    def key(self) -> Key:
        """Tells it from any other, and from itself with other lists of who stays out."""
        return (
            self.people.digest,
            self.options,
            hash(suppressed_keys(workspace())),
            chosen_share(workspace()),
        )


Key = tuple[str, AudienceOptions, int, float]


def start_audience(request: AudienceRequest) -> Job:
    """Queue writing the files of this request, and wait a moment for it."""
    opened, shelf, key = workspace(), _shelf(), request.key
    folder = opened.staging / FOLDER / uuid.uuid4().hex[:12]
    view = View.of(opened, request.run, request.people.k)

    def work(on_progress: Progress) -> object:
        found = audience_of_run(opened, view, request.people, request.options, folder, on_progress)
        for old in list(shelf)[: max(0, len(shelf) - MOST + 1)]:
            shutil.rmtree(shelf.pop(old).list_of_left_out.parent, ignore_errors=True)
        shelf[key] = found
        return (found.people,)

    job = job_manager().start(f"{AUDIENCE}: {request.people.title}", work)
    until = time.monotonic() + SOON
    while job.active and time.monotonic() < until:
        time.sleep(0.02)
    return job


def checked(request: AudienceRequest) -> Audience | None:
    """Return the files of this request, if it was checked with the lists as they are now."""
    return _shelf().get(request.key)


def forget() -> None:
    """Delete the files that wait to be taken."""
    _shelf.clear()
    shutil.rmtree(workspace().staging / FOLDER, ignore_errors=True)


@remembered(1)
def _shelf() -> dict[Key, Audience]:
    return {}
