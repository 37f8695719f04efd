"""After a start the server remembers nothing: what pages show first is made before anybody comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pages.shell import explanations, latest
from pages.shell.jobs import UNSEEN
from pages.shell.waiting.ready import make_first_views, make_ready
from pages.shell.workspace import job_manager, workspace
from segmentation.jobs import Job, Progress


@asynccontextmanager
async def made_ready(app: object) -> AsyncIterator[None]:
    """Fill the memory of a server beside its first visits, and stop with it."""
    job = begin()
    yield
    job.cancel()


def begin() -> Job:
    """Queue it behind all that somebody asks for."""
    return job_manager().start(UNSEEN, _make, aside=True)


def _make(on_progress: Progress) -> object:
    with workspace().at_work():  # or what is deleted meanwhile would be remembered
        run = latest.latest_run()
        if run is None:
            return ()
        if latest.is_current(run):
            make_ready(run, 0.0, on_progress)
            make_first_views(run)
        else:
            explanations.by_features(latest.view(run, latest.number(run)))
    return ()
