"""Adopting segments and putting customers into them, as the page does it."""

from __future__ import annotations

from pages.shell import latest
from pages.shell.held.remembered import forget_runs
from pages.shell.people.audited import witness
from pages.shell.people.rights import require
from pages.shell.workspace import job_manager, workspace
from segmentation.jobs import Job, Progress
from segmentation.people import Right
from segmentation.people.deed import Action
from segmentation.runs import delete_run, load_run, number_of
from segmentation.track.frozen import adopt, frozen_run
from segmentation.workspace import Workspace

ASSIGN = "Put customers into your segments"


def adopt_and_assign(run_id: str) -> Job:
    """Adopt a run in the shop's own number of segments, or the suggested one, and queue the assigning.

    :raises NotFrozenError: if nobody can be assigned to it.
    """
    opened = workspace()
    run = frozen_run(opened, run_id).run
    adopt(opened, run_id, number_of(run, latest.own()))
    return start_assigning()


def start_assigning() -> Job:
    """Queue putting all customers into the adopted segments, or the newest ones."""
    opened = workspace()
    return job_manager().start(ASSIGN, lambda on_progress: _assign(opened, on_progress))


def delete(run_id: str) -> None:
    """Delete an older run.

    :raises OptionError: for the newest and the adopted one.
    """
    require(Right.OWN)
    witness().watch(Action.DELETE, f"run {run_id}", lambda: delete_run(workspace(), run_id))
    forget_runs()


def names_of(run_id: str, k: int) -> list[str] | None:
    """Return the names of the segments of a run; None where it is gone."""
    run = load_run(workspace(), run_id)
    return run.names_at(k) if run is not None and k in run.cuts else None


def _assign(opened: Workspace, on_progress: Progress) -> object:
    from segmentation.text.encoders.load import load_encoder
    from segmentation.track.assign import assign_everybody
    from segmentation.track.assign.words import departure_sentences

    found = assign_everybody(opened, frozen_run(opened), on_progress=on_progress, load=load_encoder)
    return (departure_sentences(found.departures),)
