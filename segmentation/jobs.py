"""Long work in the background: a job has a state, progress and a cancel switch, and outlives any tab."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from segmentation.course import UNKNOWN, Course, Journey
from segmentation.errors import Cancelled, SegmentationError
from segmentation.fair_turns import FairTurns

log = logging.getLogger(__name__)

NICENESS = 10
"""How far a job steps back: twice as far changed nothing for thirty people and a job on two cores."""


class Progress(Protocol):
    """Called by library code once per batch; may raise Cancelled, which the caller lets pass."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say that `done` of `total` parts of the named step are finished."""


def silent(step: str, done: int, total: int) -> None:
    """Progress that tells nobody."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class SteppedBack(Cancelled):
    """Work that nobody asked for makes way for work that somebody did."""


@dataclass
class Job:
    """One piece of background work; written by its thread, read by any screen.

    `about` is what the work is on, such as the id of a run, and what more tells it apart, parted by blanks.
    Nobody has asked for work `aside`: it makes way
    for every job that somebody asks for, and begins anew after it.
    """

    title: str
    about: str = ""
    aside: bool = False
    job_id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    state: JobState = JobState.QUEUED
    step: str = ""
    done: int = 0
    total: int = 0
    known: int = 0
    result: object = None
    error: SegmentationError | None = None
    journey: Journey = field(default_factory=Journey)
    step_started: float = field(default_factory=time.monotonic)
    _cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def active(self) -> bool:
        """Whether the job is waiting or running."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def share(self) -> float:
        """Share of the whole that is done, 0..1; nothing while it waits, however long."""
        return 0.0 if self.state == JobState.QUEUED else self.journey.share

    @property
    def rate(self) -> float:
        """Parts per second of the present step, without those `known` at its start; 0 while unknown."""
        seconds = time.monotonic() - self.step_started
        return (self.done - self.known) / seconds if seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds to the end of the present step; None while unknown."""
        return (self.total - self.done) / self.rate if self.done and self.rate > 0 else None

    @property
    def cancelled(self) -> bool:
        """Whether a person has asked the job to stop."""
        return self._cancel.is_set()

    @property
    def stopping(self) -> bool:
        """Whether a person has cancelled it and it has not stopped yet."""
        return self.active and self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next batch."""
        self._cancel.set()

    def report(self, step: str, done: int, total: int) -> None:
        """Be the Progress callback of the work.

        :raises Cancelled: when a person has pressed cancel.
        """
        if self._cancel.is_set():
            raise Cancelled
        if step != self.step:
            self.step, self.step_started, self.known = step, time.monotonic(), done
        self.done, self.total = done, total
        self.journey.report(step, done, total)


def _step_back() -> None:
    """Let everybody who waits at a screen go before this thread, and before the threads that it starts.

    Where the system can do so for a single thread, which is Linux; elsewhere a job takes its even share.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


class JobManager:
    """Runs jobs one after another in a background thread and remembers the latest ones.

    :param turns: shared with other managers, each of whose jobs then waits for a turn.
    :param around: entered in the thread for as long as a job is worked on.
    """

    def __init__(
        self,
        keep: int = 20,
        steps_back: bool = True,
        turns: FairTurns | None = None,
        around: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._first = _step_back if steps_back else None
        self._turns, self._around = turns or FairTurns(), around
        self._pool = self._new_pool()
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._keep = keep

    def start(
        self,
        title: str,
        work: Callable[[Progress], object],
        course: Course = UNKNOWN,
        about: str = "",
        aside: bool = False,
    ) -> Job:
        """Queue `work`; a job of the same title and on the same that is still active is returned instead.

        :param course: the stages it will go through.
        """
        with self._lock:
            twin = self._last(lambda job: job.active and (job.title, job.about) == (title, about))
            if twin:
                return twin
            job = Job(title, about, aside, journey=Journey(course))
            self._jobs[job.job_id] = job
            self._forget_old()
            self._pool.submit(self._run, job, work)
        return job

    def find(self, title: str, about: str) -> Job | None:
        """Return the last job of this title on this, if it is still remembered."""
        with self._lock:
            return self._last(lambda job: (job.title, job.about) == (title, about))

    def get(self, job_id: str) -> Job | None:
        """Return the job of this id, if it is still remembered."""
        return self._jobs.get(job_id)

    @property
    def latest(self) -> Job | None:
        """The job that somebody asked for last."""
        with self._lock:
            return self._last(lambda job: not job.aside)

    @property
    def running(self) -> Job | None:
        """The job that somebody asked for and that is active now, if any."""
        with self._lock:
            return next((job for job in self._jobs.values() if job.active and not job.aside), None)

    @property
    def aside(self) -> Job | None:
        """The job that nobody asked for and that is active now, or is next, if any."""
        with self._lock:
            active = [job for job in self._jobs.values() if job.active and job.aside]
        return next((job for job in active if job.state == JobState.RUNNING), next(iter(active), None))

    def cancel_aside(self, but: str | None = None) -> None:
        """Cancel the jobs that nobody asked for, except those on `but`, whatever else they are on."""
        for job in list(self._jobs.values()):
            if job.aside and job.about.partition(" ")[0] != but:
                job.cancel()

    @property
    def busy(self) -> bool:
        """Whether any job is active."""
        return any(job.active for job in tuple(self._jobs.values()))

    def forget(self) -> None:
        """Drop the jobs that have ended, with their results, and the thread where none is active."""
        with self._lock:
            self._jobs = {job_id: job for job_id, job in self._jobs.items() if job.active}
            if not self._jobs:
                self._pool.shutdown(wait=False)
                self._pool = self._new_pool()

    def close(self) -> None:
        """Cancel what runs and wait for the thread."""
        with self._lock:
            for job in self._jobs.values():
                job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _new_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, thread_name_prefix="job", initializer=self._first)

    def _last(self, is_meant: Callable[[Job], bool]) -> Job | None:
        return next((job for job in reversed(self._jobs.values()) if is_meant(job)), None)

    def _forget_old(self) -> None:
        finished = [job_id for job_id, job in self._jobs.items() if not job.active]
        for job_id in finished[: max(0, len(self._jobs) - self._keep)]:
            del self._jobs[job_id]

    def _run(self, job: Job, work: Callable[[Progress], object]) -> None:
        try:
            self._make_way(job)
            with self._turns.turn(job.aside, lambda: self._make_way(job)), self._around():
                job.state, job.step_started = JobState.RUNNING, time.monotonic()
                job.journey = Journey(job.journey.course)  # its clock starts now, not while it waited
                job.result = work(lambda step, done, total: self._report(job, step, done, total))
            job.state = JobState.DONE
        except SteppedBack:
            self._queue_again(job, work)
        except Cancelled:
            job.state = JobState.CANCELLED
        except SegmentationError as error:
            job.error, job.state = error, JobState.FAILED
        except Exception:  # the outermost frame of the thread: log all, show the person a calm sentence
            log.exception("job %s failed", job.title)
            job.error = SegmentationError(
                "an unexpected fault stopped this job; nothing that was there before is lost.",
                "The details are in the terminal where the app was started.",
            )
            job.state = JobState.FAILED

    def _report(self, job: Job, step: str, done: int, total: int) -> None:
        self._make_way(job)
        if job.aside and self._turns.wanted:
            raise SteppedBack
        job.report(step, done, total)

    def _make_way(self, job: Job) -> None:
        if job.cancelled:
            raise Cancelled
        if job.aside and self.running:
            raise SteppedBack

    def _queue_again(self, job: Job, work: Callable[[Progress], object]) -> None:
        with self._lock:
            if job.cancelled:
                job.state = JobState.CANCELLED
                return
            job.state, job.step, job.done, job.total = JobState.QUEUED, "", 0, 0
            self._pool.submit(self._run, job, work)
