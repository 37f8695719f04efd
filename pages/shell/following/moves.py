"""Who moved between two days: compared by a job, kept, and read from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pages.shell import cached, latest
from pages.shell.held.remembered import remembered, remembered_once_found
from pages.shell.workspace import job_manager, workspace
from segmentation.jobs import Job, Progress
from segmentation.runs import Run
from segmentation.runs.unchanged import state_for
from segmentation.track.movement.cells import Cell, Look, count_cells
from segmentation.track.movement.kept_movements import Movement, find_movement
from segmentation.workspace import Workspace

COMPARE = "See who moved"
NEEDS = frozenset({"lines.ordered_at", "events.happened_at", "reviews.reviewed_at"})
"""Any of these lets two days be told apart."""


@dataclass(frozen=True)
class Comparison:
    """What is asked for: a run, the state of the files, and two days; or an earlier run beside it."""

    run_id: str
    fingerprint: str
    since: datetime
    until: datetime
    from_run: str | None = None

    @property
    def about(self) -> str:
        """Tells its job from the others."""
        return (
            f"{self.run_id} {self.fingerprint} {self.since:%Y%m%d} {self.until:%Y%m%d} {self.from_run or ''}"
        )

    def found(self) -> Movement | None:
        """Return what is kept of it; None where nobody has compared these days yet."""
        return _found(self)

    def job(self) -> Job | None:
        """Return the last job that compared these days, since the server was started."""
        return job_manager().find(COMPARE, self.about)

    def begin(self, aside: bool = True) -> Job:
        """Queue it; behind everything that somebody asks for where nobody asked for it."""

        def work(on_progress: Progress) -> object:
            if self.found() is None:
                self._compare(workspace(), on_progress)  # of the job: it keeps what it finds
            return (self.about,)

        return job_manager().start(COMPARE, work, about=self.about, aside=aside)

    def _compare(self, opened: Workspace, on_progress: Progress) -> None:
        from segmentation.track.frozen import frozen_run
        from segmentation.track.movement.job import compare_days
        from segmentation.track.movement.runs import compare_runs

        if self.from_run:
            compare_runs(opened, latest.run_of(self.from_run), latest.run_of(self.run_id), on_progress)
        else:
            compare_days(opened, frozen_run(opened, self.run_id), (self.since, self.until), on_progress)


def of_runs(before: Run, after: Run) -> Comparison:
    """Ask for where two runs have their customers, each in its own segments."""
    from segmentation.track.movement.runs import day_of

    return Comparison(after.run_id, after.fingerprint, day_of(before), day_of(after), before.run_id)


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


@remembered_once_found(12)
def _found(asked: Comparison) -> Movement | None:
    days = asked.since, asked.until
    return find_movement(workspace(), asked.run_id, asked.fingerprint, days, asked.from_run)


@remembered(48)
def _cells(look: Look) -> tuple[Cell, ...]:
    return count_cells(workspace(), look)
