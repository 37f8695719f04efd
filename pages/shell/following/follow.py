"""What follows segments by itself: what lies ahead of their customers, and what to offer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pages.shell import cached
from pages.shell.following import kept
from pages.shell.following.alarms import follow_alarms
from pages.shell.following.moves import follow_moves
from pages.shell.waiting.ready import make_first_views, make_other_numbers, takes_long
from pages.shell.workspace import job_manager, workspace
from segmentation import course
from segmentation.course import Course
from segmentation.jobs import Job, Progress
from segmentation.runs import Run
from segmentation.runs.unchanged import check_unchanged
from segmentation.workspace import Workspace

OTHER_NUMBERS = "Make the other numbers of segments ready"

Work = Callable[..., object]
"""Takes the workspace, the run and where to tell progress."""


@dataclass(frozen=True)
class Following:
    """Work that follows segments: what the shop must have for it, whether a run has it, and how it is done.

    `needs` is an entry of `Shop.has`, `without` says to people what is missing where the shop has it not.
    """

    title: str
    needs: str
    without: str
    is_kept: Callable[[Run], bool]
    work: Work
    course: Course

    def can(self) -> bool:
        """Whether the files have what it needs."""
        return self.needs in cached.shop().has

    def job(self, run: Run) -> Job | None:
        """Return the last job that did this for a run, since the server was started."""
        return job_manager().find(self.title, run.run_id)

    def begin(self, run: Run) -> Job:
        """Queue it behind everything that somebody asks for; a run that has it already is left alone."""
        return self._start(lambda *given: None if self.is_kept(run) else self.work(*given), run, aside=True)

    def ask_for(self, run: Run, days: int | None = None) -> Job:
        """Queue it because somebody asks for it, with other days than by default where it knows days."""
        return self._start(partial(self.work, days=days) if days else self.work, run, aside=False)

    def _start(self, work: Work, run: Run, aside: bool) -> Job:
        def checked(on_progress: Progress) -> object:
            opened = workspace()  # of the job: it keeps what it finds, whoever came first
            found = (work(opened, run, _while_unchanged(opened, run, on_progress)),)
            make_first_views(run)
            return found

        return job_manager().start(self.title, checked, self.course, run.run_id, aside)


def _while_unchanged(opened: Workspace, run: Run, on_progress: Progress) -> Progress:
    """Tell progress on, and stop at the next stage where the files are not those of the run any more."""
    stages = set[str]()

    def tell(step: str, done: int, total: int) -> None:
        if step not in stages:
            stages.add(step)
            check_unchanged(opened, run)
        on_progress(step, done, total)

    return tell


def follow(run: Run) -> None:
    """Queue all that follows this run and that it has not; what followed an earlier run is stopped.

    Nothing follows a quick draft: the full reading comes next, and replaces it. First views of pages rest on
    what follows, and are made at once where nothing does.
    """
    job_manager().cancel_aside(but=run.run_id)
    coming = [one for one in (AHEAD, OFFERS) if not run.draft and one.can() and not one.is_kept(run)]
    for one in coming:
        one.begin(run)
    if not coming:
        make_first_views(run)
    follow_moves(run)
    follow_alarms(run)
    if not run.draft and takes_long(run):
        _begin_other_numbers(run)


def _begin_other_numbers(run: Run) -> None:
    """Queue making the pages of the other numbers of segments ready, behind all that they rest on."""

    def work(on_progress: Progress) -> object:
        make_other_numbers(run, _while_unchanged(workspace(), run, on_progress))
        return (run.run_id,)

    job_manager().start(OTHER_NUMBERS, work, about=run.run_id, aside=True)


def _look_ahead(opened: Workspace, run: Run, on_progress: Progress, days: int | None = None) -> object:
    from segmentation.action.retention.job import look_ahead

    found = look_ahead(opened, run, days, on_progress)
    kept.forget()
    return found


def _recommend(opened: Workspace, run: Run, on_progress: Progress) -> object:
    from segmentation.action.recommend.job import recommend

    found = recommend(opened, run, on_progress=on_progress)
    kept.forget()
    return found


AHEAD = Following(
    "Look ahead at your customers",
    "lines.ordered_at",
    "Your files have no orders with dates, and without them nobody can tell who stays away. Upload orders "
    "with their dates; amounts add the money.",
    lambda run: kept.outlook(run) is not None,
    _look_ahead,
    course.AHEAD,
)
OFFERS = Following(
    "Choose products to offer",
    "lines.product_id",
    "Your files do not say which products were bought. Upload orders with a row per product, with its name "
    "or number.",
    lambda run: bool((found := kept.offers(run)) and found.tiles),
    _recommend,
    course.OFFERS,
)
