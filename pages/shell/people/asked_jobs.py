"""Jobs of a workspace as one of its people may ask for them: each is written into the audit."""

from __future__ import annotations

from collections.abc import Callable

from pages.shell.people.audited import witness
from segmentation.course import UNKNOWN, Course
from segmentation.errors import NotAllowedError
from segmentation.jobs import Job, JobManager, Progress
from segmentation.people import Right, TeamRole
from segmentation.people.deed import Action, Ending


def asked_by(jobs: JobManager, role: TeamRole | None) -> JobManager:
    """Give the jobs to somebody with this role; as they are to the server, and where nobody signs in."""
    return jobs if role is None else AskedJobs(jobs, role)


class AskedJobs(JobManager):
    """The same jobs, of which a viewer starts none but those that pages start by themselves.

    These work out what the files say already, with the server's own rights.
    """

    def __init__(self, jobs: JobManager, role: TeamRole) -> None:
        vars(self).update(vars(jobs))
        self._whole, self._role = jobs, role

    def start(
        self,
        title: str,
        work: Callable[[Progress], object],
        course: Course = UNKNOWN,
        about: str = "",
        aside: bool = False,
    ) -> Job:
        """Queue it as the jobs do.

        :raises NotAllowedError: to a viewer who asks for it.
        """
        if aside:
            return self._whole.start(title, work, course, about, aside)
        if not self._role.may(Right.EDIT):
            witness().note(Action.RUN, title, ending=Ending.REFUSED)
            raise NotAllowedError.in_role(self._role, Right.EDIT)
        writes = witness()
        watched = lambda on_progress: writes.watch(Action.RUN, title, lambda: work(on_progress))  # noqa: E731
        return self._whole.start(title, watched, course, about)

    def forget(self) -> None:
        """Drop the jobs that have ended."""
        self._whole.forget()

    def close(self) -> None:
        """Leave them to others."""
