"""Background jobs: one at a time, with progress, cancel, and calm errors."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from segmentation.commands.shared import ProgressLine
from segmentation.errors import EmptyFileError
from segmentation.jobs import NICENESS, Job, JobManager, JobState, Progress
from segmentation.stages import Stage

LONG = 10.0


@pytest.fixture
def manager() -> Iterator[JobManager]:
    made = JobManager()
    yield made
    made.close()


def wait(job: Job) -> Job:
    deadline = threading.Event()
    while job.active and not deadline.wait(0.005):
        pass
    return job


def test_a_job_runs_and_keeps_its_result(manager: JobManager) -> None:
    def work(on_progress: Progress) -> int:
        on_progress("Counting", 2, 4)
        return 42

    job = wait(manager.start("count", work))
    assert (job.state, job.result, job.step, job.done, job.total) == (JobState.DONE, 42, "Counting", 2, 4)
    assert manager.running is None
    assert manager.latest is job
    assert manager.get(job.job_id) is job


def test_cancelling_stops_it_at_the_next_batch(manager: JobManager) -> None:
    started, go_on = threading.Event(), threading.Event()

    def work(on_progress: Progress) -> None:
        on_progress("Waiting", 0, 2)
        started.set()
        go_on.wait(LONG)
        on_progress("Waiting", 1, 2)
        raise AssertionError("the job went on after it was cancelled")

    job = manager.start("wait", work)
    assert started.wait(LONG)
    job.cancel()
    go_on.set()
    assert wait(job).state == JobState.CANCELLED


def test_the_same_work_is_not_queued_twice(manager: JobManager) -> None:
    go_on = threading.Event()
    first = manager.start("embed", lambda _: go_on.wait(LONG))
    assert manager.start("embed", lambda _: None) is first
    go_on.set()
    wait(first)
    assert manager.start("embed", lambda _: None) is not first


def test_an_error_for_people_is_kept_as_it_is(manager: JobManager) -> None:
    def work(on_progress: Progress) -> None:
        raise EmptyFileError("only a header.", "Export it again.")

    job = wait(manager.start("read", work))
    assert job.state == JobState.FAILED
    assert str(job.error) == "This file has no rows: only a header. Export it again."


def test_an_unexpected_fault_is_logged_and_calmly_said(
    manager: JobManager, caplog: pytest.LogCaptureFixture
) -> None:
    def work(on_progress: Progress) -> None:
        raise ZeroDivisionError("secret detail")

    with caplog.at_level(logging.ERROR):
        job = wait(manager.start("divide", work))
    assert job.state == JobState.FAILED
    assert "secret detail" not in str(job.error)
    assert "secret detail" in caplog.text


def test_time_left_follows_from_the_rate() -> None:
    job = Job("embed")
    job.report("Reading", 0, 40)
    job.report("Reading", 10, 40)
    job.step_started -= 5.0
    assert job.rate == pytest.approx(2.0, rel=0.01)
    assert job.seconds_left == pytest.approx(15.0, rel=0.01)


def test_old_jobs_are_forgotten() -> None:
    manager = JobManager(keep=2)
    jobs = [wait(manager.start(f"job {number}", lambda _: None)) for number in range(4)]
    manager.close()
    assert manager.get(jobs[0].job_id) is None
    assert manager.get(jobs[3].job_id) is jobs[3]


def test_what_was_known_at_the_start_of_a_step_is_no_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("segmentation.jobs.time.monotonic", lambda: now[0])
    job = Job("embed")
    job.report("read", 900, 1_000)
    assert job.seconds_left is None
    now[0] = 10.0
    job.report("read", 910, 1_000)
    assert (job.rate, job.seconds_left) == (1.0, 90.0)


def test_the_command_line_says_once_that_reading_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("segmentation.jobs.time.monotonic", lambda: now[0])
    tell = ProgressLine()
    for done in (0, 10, 20):
        tell(f"{Stage.READING_TEXTS}: reviews", done, 1_000)
        now[0] += 10.0
    told = capsys.readouterr().err
    assert told.count("about 16 minutes left; --draft") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="a single thread has a priority of its own on Linux only")
def test_a_job_and_the_threads_that_it_starts_let_screens_go_first(manager: JobManager) -> None:
    def niceness(_: Progress | None = None) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def both(on_progress: Progress) -> tuple[int, int]:
        with ThreadPoolExecutor(1) as pool:
            return niceness(), pool.submit(niceness).result()

    job = manager.start("work", both)
    assert wait(job).result == (NICENESS, NICENESS)
    assert niceness() < NICENESS


def test_work_that_nobody_asked_for_makes_way_and_begins_anew(manager: JobManager) -> None:
    begun, go_on, order = threading.Event(), threading.Event(), list[str]()

    def beside(on_progress: Progress) -> None:
        order.append("beside begins")
        begun.set()
        go_on.wait(LONG)
        on_progress("Halfway", 1, 2)
        order.append("beside ends")

    job = manager.start("beside", beside, about="run 1", aside=True)
    assert begun.wait(LONG)
    assert (manager.running, manager.aside, manager.latest) == (None, job, None)
    asked = manager.start("asked", lambda _: order.append("asked"))
    go_on.set()
    assert wait(asked).state == wait(job).state == JobState.DONE
    assert order == ["beside begins", "asked", "beside begins", "beside ends"]
    assert (manager.aside, manager.latest) == (None, asked)


def test_work_that_nobody_asked_for_waits_for_what_was_asked_for_before_it_began(manager: JobManager) -> None:
    go_on, order = threading.Event(), list[str]()
    first = manager.start("first", lambda _: go_on.wait(LONG))
    beside = manager.start("beside", lambda _: order.append("beside"), aside=True)
    asked = manager.start("asked", lambda _: order.append("asked"))
    go_on.set()
    assert wait(beside).state == wait(asked).state == wait(first).state == JobState.DONE
    assert order == ["asked", "beside"]


def test_work_on_an_earlier_thing_is_stopped_and_the_rest_goes_on(manager: JobManager) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(on_progress: Progress) -> None:
        begun.set()
        go_on.wait(LONG)
        on_progress("Halfway", 1, 2)

    old = manager.start("look", work, about="run-1", aside=True)
    new = manager.start("look", work, about="run-2 files-7", aside=True)
    assert new is not old
    assert manager.start("look", work, about="run-2 files-7", aside=True) is new
    assert begun.wait(LONG)
    manager.cancel_aside(but="run-2")
    go_on.set()
    assert (wait(old).state, wait(new).state) == (JobState.CANCELLED, JobState.DONE)
    assert (manager.find("look", "run-1"), manager.find("look", "run-2 files-7")) == (old, new)
    assert manager.find("look", "run-3") is None


def test_closing_stops_work_that_made_way(manager: JobManager) -> None:
    begun, asked_begun = threading.Event(), threading.Event()

    def beside(on_progress: Progress) -> None:
        begun.set()
        while True:
            on_progress("Going on", 0, 1)

    def asked(on_progress: Progress) -> None:
        asked_begun.set()
        while True:
            on_progress("Going on", 0, 1)

    aside = manager.start("beside", beside, aside=True)
    assert begun.wait(LONG)
    job = manager.start("asked", asked)
    assert asked_begun.wait(LONG)
    manager.close()
    assert job.state == JobState.CANCELLED
    assert aside.state != JobState.RUNNING


def test_the_command_line_says_one_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("segmentation.jobs.time.monotonic", lambda: now[0])
    tell = ProgressLine()
    for done in (0, 10):
        tell(Stage.RESAMPLING, done, 72)
        now[0] += 10.0
    assert "about 1 minute left" in capsys.readouterr().err


def test_what_was_cancelled_while_it_waited_does_not_begin(manager: JobManager) -> None:
    go_on, begun = threading.Event(), list[str]()
    first = manager.start("first", lambda _: go_on.wait(LONG))
    second = manager.start("second", lambda _: begun.append("second"))
    second.cancel()
    go_on.set()
    assert wait(second).state == JobState.CANCELLED
    assert (wait(first).state, begun) == (JobState.DONE, [])


def test_all_that_nobody_asked_for_is_cancelled_whatever_it_is_on(manager: JobManager) -> None:
    go_on = threading.Event()
    asides = [
        manager.start(str(about), lambda _: go_on.wait(LONG), about=about, aside=True)
        for about in ("", "run-1")
    ]
    manager.cancel_aside()
    assert all(job.cancelled for job in asides)
    go_on.set()
