"""What is out of the ordinary: looked for by a job, kept, and read from memory."""

from __future__ import annotations

from pages.shell import cached
from pages.shell.following.moves import NEEDS
from pages.shell.held.remembered import remembered_once_found
from pages.shell.workspace import job_manager, workspace
from segmentation.jobs import Job, Progress
from segmentation.runs import Run
from segmentation.runs.unchanged import state_for
from segmentation.track.alarms.alarm_facts import Alarms
from segmentation.track.alarms.kept_alarms import load_alarms

RING = "Look for anything out of the ordinary"


def alarms_of(run: Run) -> Alarms | None:
    """Return what rang in the segments of a run, in the files as they are; None where nobody has looked."""
    return _found(run.run_id, state_for(workspace(), run))


def ringing(run: Run) -> Job | None:
    """Return the last job that looked, since the server was started."""
    return job_manager().find(RING, _about(run))


def begin_ringing(run: Run) -> Job:
    """Queue looking, behind everything that somebody asks for."""

    def work(on_progress: Progress) -> object:
        from segmentation.track.alarms.ring import ring_alarms
        from segmentation.track.frozen import frozen_run

        opened = workspace()  # of the job: it keeps what it finds, whoever came first
        if alarms_of(run) is None:
            ring_alarms(opened, frozen_run(opened, run.run_id), on_progress)
        return (run.run_id,)

    return job_manager().start(RING, work, about=_about(run), aside=True)


def can_ring(run: Run) -> bool:
    """Whether the files have dates, and the run all that new customers are measured by."""
    shop = cached.shop()
    return shop.as_of is not None and bool(shop.has & NEEDS) and bool(run.reach) and not run.draft


def follow_alarms(run: Run) -> None:
    """Queue looking in the segments of a new run, behind all else, where it can be done."""
    if can_ring(run):
        begin_ringing(run)


def _about(run: Run) -> str:
    return f"{run.run_id} {state_for(workspace(), run)}"


@remembered_once_found(4)
def _found(run_id: str, fingerprint: str) -> Alarms | None:
    found = load_alarms(workspace())
    fits = found is not None and (found.run_id, found.fingerprint) == (run_id, fingerprint)
    return found if fits else None
