"""One workspace on this server: its file, its jobs, and what is remembered of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakSet

from pages.shell.held.memory import Memory
from segmentation.fair_turns import FairTurns
from segmentation.jobs import JobManager
from segmentation.people import TeamRole, seen_by
from segmentation.workspace import Workspace
from segmentation.workspace.open_file import Admission
from segmentation.workspace.rewriting import Share


@dataclass(frozen=True)
class Stay:
    """A thread's stay in a workspace, with the rights of a role; None for all: the server's own work."""

    held: Held
    role: TeamRole | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace as this role may use it."""
        whole = self.held.workspace
        return whole if self.role is None else seen_by(whole, self.role)


_stay: ContextVar[Stay | None] = ContextVar("stay", default=None)


def stay() -> Stay | None:
    """Return where this thread was let in, as a job is; None where it has to ask who its visitor is."""
    return _stay.get()


class Held:
    """One workspace with all that goes with it, of which another workspace never sees anything.

    :param turns: jobs of all workspaces wait for them.
    :param starts: what is made as workspaces are opened waits for these.
    :param admission: asked each time before the file is opened.
    """

    def __init__(
        self,
        path: Path,
        share: Share,
        turns: FairTurns,
        starts: FairTurns,
        admission: Callable[[Held], AbstractContextManager[None]],
    ) -> None:
        self.path, self._share = path, share
        self._admission: Admission = lambda: admission(self)  # pages that know the workspace keep this, too
        self.memory = Memory()
        self.jobs = JobManager(turns=turns, around=self.entered)
        self.starter = JobManager(
            keep=1, steps_back=False, turns=starts, around=lambda: self.entered(aside=True)
        )
        """Of what a server does as it starts, or opens this: beside jobs, and not after people's pages.

        Whoever opens a page meanwhile waits for what is being made, so that it must not wait for them.
        """
        self.used = time.monotonic()
        self._inside: WeakSet[threading.Thread] = WeakSet()
        self._door = threading.Lock()
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace, open from now on where it was not.

        :raises WorkspaceError: if it cannot be opened.
        """
        with self._lock:
            if self._workspace is None:
                self._workspace = Workspace(self.path, share=self._share, admission=self._admission)
            self._workspace.wake()
            return self._workspace

    def look(self) -> bool:
        """Note that this thread needs it until it has ended; return whether that was not known."""
        self.used = time.monotonic()
        return self._come_in()

    @contextmanager
    def entered(self, role: TeamRole | None = None, aside: bool = False) -> Iterator[None]:
        """Let this thread work in it, with the rights of a role or with all, and keep it open for so long.

        :param aside: nobody has asked for this work, so that it counts as no visit.
        """
        new, within = self._come_in(), _stay.set(Stay(self, role))
        visit = new and not aside
        try:
            self.used = time.monotonic() if visit else self.used
            yield
        finally:
            _stay.reset(within)
            self.used = time.monotonic() if visit else self.used
            with self._door:
                if new:
                    self._inside.discard(threading.current_thread())

    def idle(self, seconds: float) -> bool:
        """Whether nobody has been in it for so long, and no job is waiting or at work.

        What was to be ready for whoever has gone is not made any more.
        """
        if time.monotonic() - self.used < seconds:
            return False
        self.starter.cancel_aside()
        with self._door:
            inside = any(thread.is_alive() for thread in self._inside)
        return not (inside or self.jobs.busy or self.starter.busy)

    def rest(self) -> bool:
        """Let go of the file and of all that is remembered; return False where somebody is in."""
        if self._workspace is None or not self._workspace.rest():
            return False
        self.forget()
        return True

    def _come_in(self) -> bool:
        """Note that this thread needs it; return whether that was not known."""
        me = threading.current_thread()
        with self._door:
            new = me not in self._inside
            self._inside.add(me)
        return new

    def forget(self) -> None:
        """Drop what is remembered, the results of jobs among it."""
        self.memory.forget_all()
        self.jobs.forget()
        self.starter.forget()

    def close(self) -> None:
        """Stop the jobs and close the file, for good."""
        self.jobs.close()
        self.starter.close()
        self.memory.forget_all()
        with self._lock:
            if self._workspace is not None:
                self._workspace.close()
