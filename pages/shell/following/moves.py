"""Who moved between two days: compared by a job, kept, and read from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pages.shell import cached
from pages.shell.held.remembered import remembered
from pages.shell.workspace import job_manager, workspace
from segmentation.jobs import Job, Progress
from segmentation.runs import Run
from segmentation.runs.unchanged import state_for
from segmentation.track.movement.cells import Cell, Look, count_cells
from segmentation.track.movement.kept_movements import Movement, find_movement

COMPARE = "See who moved"
NEEDS = frozenset({"lines.ordered_at", "events.happened_at", "reviews.reviewed_at"})
"""Any of these lets two days be told apart."""


@dataclass(frozen=True)
class Comparison:
    """What is asked for: a run, the state of the files, and two days."""

    run_id: str
    fingerprint: str
    since: datetime
    until: datetime

    @property
    def about(self) -> str:
        """Tells its job from the others."""
        return f"{self.run_id} {self.fingerprint} {self.since:%Y%m%d} {self.until:%Y%m%d}"

    def found(self) -> Movement | None:
        """Return what is kept of it; None where nobody has compared these days yet."""
        [found] = _found(self)
        if found is None:
            _found.clear(self)
        return found

    def job(self) -> Job | None:
        """Return the last job that compared these days, since the server was started."""
        return job_manager().find(COMPARE, self.about)

    def begin(self, aside: bool = True) -> Job:
        """Queue it; behind everything that somebody asks for where nobody asked for it."""

        def work(on_progress: Progress) -> object:
            from segmentation.track.frozen import frozen_run
            from segmentation.track.movement.job import compare_days

            opened = workspace()  # of the job: it keeps what it finds, whoever came first
            frozen = frozen_run(opened, self.run_id)
            if self.found() is None:
                compare_days(opened, frozen, (self.since, self.until), on_progress)
            return (self.about,)

        return job_manager().start(COMPARE, work, about=self.about, aside=aside)


def of_last_month(run: Run, as_of: datetime) -> Comparison:
    """Ask for the last month of the data, in the segments of a run."""
    from segmentation.track.movement.job import a_month_before, midnight

    return Comparison(run.run_id, state_for(workspace(), run), a_month_before(as_of), midnight(as_of))


def follow_moves(run: Run) -> None:
    """Queue comparing the last month in the segments of a new run, behind all else, where it can be done."""
    shop = cached.shop()
    if run.draft or shop.as_of is None or not shop.has & NEEDS:
        return
    of_last_month(run, shop.as_of).begin()


def cells(look: Look) -> tuple[Cell, ...]:
    """Return what a movement comes to, from memory."""
    return _cells(look)


@remembered(12)
def _found(asked: Comparison) -> tuple[Movement | None]:
    return (find_movement(workspace(), asked.run_id, asked.fingerprint, asked.since, asked.until),)


@remembered(48)
def _cells(look: Look) -> tuple[Cell, ...]:
    return count_cells(workspace(), look)
