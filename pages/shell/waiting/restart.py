"""After a start the server remembers nothing: what pages show first is made before anybody comes.

Where people sign in it is made as each workspace is opened: nobody knows before who comes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pages.shell import explanations, latest
from pages.shell.held.remembered import remembered
from pages.shell.people.settings import signs_in
from pages.shell.waiting.ready import make_first_views, make_other_numbers, make_ready, takes_long
from pages.shell.workspace import job_manager, starter, workspace
from segmentation.errors import Cancelled
from segmentation.jobs import Job, Progress
from segmentation.stages import Stage


@asynccontextmanager
async def made_ready(app: object) -> AsyncIterator[None]:
    """Fill the memory of a server beside its first visits, and stop with it.

    Where people sign in, that is done for each workspace when somebody comes to it.
    """
    job = None if signs_in() else begin()
    yield
    if job:
        job.cancel()


def begin_as_it_opens() -> None:
    """Begin it once for each time that a workspace is opened, where people sign in."""
    if signs_in():
        _begun()


@remembered(1, with_runs=False)
def _begun() -> Job:
    return begin()


def begin() -> Job:
    """Make it beside what people do, unless they ask for a job: that makes it, too."""
    return starter().start(
        "Make pages ready", lambda on_progress: _make(_while_idle(on_progress)), aside=True
    )


def _while_idle(on_progress: Progress) -> Progress:
    def tell(step: str, done: int, total: int) -> None:
        if job_manager().running:
            raise Cancelled
        on_progress(step, done, total)

    return tell


def _make(on_progress: Progress) -> object:
    with workspace().at_work():  # or what is deleted meanwhile would be remembered
        on_progress(Stage.EXPLAINING, 0, 1)
        run = latest.latest_run()
        if run is None:
            return ()
        if latest.is_current(run):
            make_ready(run, 0.0, on_progress)
            make_first_views(run)
            if takes_long(run):
                make_other_numbers(run, on_progress)
        else:
            explanations.by_features(latest.view(run, latest.number(run)))
    return ()
