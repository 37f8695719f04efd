"""Audiences that were checked: made by a job, kept until files, lists or the server change."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass

from pages.shell import latest
from pages.shell.workspace import job_manager, workspace
from segmentation.action.audience import (
    Audience,
    AudienceOptions,
    audience_of_run,
    chosen_share,
    suppressed_keys,
)
from segmentation.jobs import Job, Progress
from segmentation.runs import Run, View
from segmentation.workspace import Workspace

AUDIENCE = "Check an audience"
FOLDER = "audiences"
MOST = 8


@dataclass(frozen=True)
class AudienceRequest:
    """What is asked for: a segment (0-based, None for all) of a run at k, and how."""

    run_id: str
    k: int
    segment: int | None
    options: AudienceOptions


Key = tuple[AudienceRequest, int, float]


def start_audience(run: Run, request: AudienceRequest) -> Job:
    """Queue writing the files of this request."""
    opened, shelf, key = workspace(), _shelf(), _key(request)

    def work(on_progress: Progress) -> object:
        found = _write(opened, run, request, on_progress)
        for old in list(shelf)[: max(0, len(shelf) - MOST + 1)]:
            shutil.rmtree(shelf.pop(old).list_of_left_out.parent, ignore_errors=True)
        shelf[key] = found
        return (found.people,)

    return job_manager().start(AUDIENCE, work)


def checked(request: AudienceRequest) -> Audience | None:
    """Return the files of this request, if it was checked with the lists as they are now."""
    return _shelf().get(_key(request))


def forget() -> None:
    """Delete the files that wait to be taken."""
    _shelf.clear()
    shutil.rmtree(workspace().staging / FOLDER, ignore_errors=True)


@latest.remembered(1)
def _shelf() -> dict[Key, Audience]:
    return {}


def _key(request: AudienceRequest) -> Key:
    return request, hash(suppressed_keys(workspace())), chosen_share(workspace())


def _write(opened: Workspace, run: Run, request: AudienceRequest, on_progress: Progress) -> Audience:
    folder = opened.staging / FOLDER / uuid.uuid4().hex[:12]
    view = View.of(opened, run, request.k)
    return audience_of_run(opened, view, request.segment, request.options, folder, on_progress)
