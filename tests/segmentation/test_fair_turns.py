"""Turns go to who has waited longest, and to what nobody asked for last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from segmentation.errors import Cancelled
from segmentation.fair_turns import FairTurns
from segmentation.jobs import Job, JobManager, JobState, Progress

LONG = 10.0


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.005)


def ended(*jobs: Job) -> list[JobState]:
    """Wait for jobs; tell how they ended."""
    until(lambda: not any(job.active for job in jobs))
    return [job.state for job in jobs]


def test_who_starts_many_jobs_does_not_keep_another_from_its_one() -> None:
    turns, order, go = FairTurns(), list[str](), threading.Event()
    first, second = JobManager(turns=turns), JobManager(turns=turns)
    held = first.start("0", lambda _: go.wait(LONG))
    until(lambda: held.state == JobState.RUNNING)
    many = [
        first.start(f"first {number}", lambda _, n=number: order.append(f"first {n}")) for number in range(3)
    ]
    one = second.start("second", lambda _: order.append("second"))
    until(lambda: turns.wanted)
    go.set()
    assert set(ended(held, *many, one)) == {JobState.DONE}
    assert order.index("second") <= 1
    for manager in (first, second):
        manager.close()


def test_never_more_at_once_than_there_are_turns() -> None:
    turns, at_once, most, lock = FairTurns(2), [0], [0], threading.Lock()

    def work(_: Progress) -> None:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.05)
        with lock:
            at_once[0] -= 1

    managers = [JobManager(turns=turns) for _ in range(5)]
    assert set(ended(*[manager.start("work", work) for manager in managers])) == {JobState.DONE}
    assert most == [2]
    for manager in managers:
        manager.close()


def test_what_nobody_asked_for_makes_way_for_another_workspace_and_is_done_afterwards() -> None:
    turns, done = FairTurns(), list[str]()
    first, second = JobManager(turns=turns), JobManager(turns=turns)

    def aside(on_progress: Progress) -> None:
        while "asked" not in done:
            on_progress("Going on", 0, 1)
            time.sleep(0.005)
        done.append("aside")

    nobody = first.start("aside", aside, aside=True)
    until(lambda: nobody.state == JobState.RUNNING)
    asked = second.start("asked", lambda _: done.append("asked"))
    assert ended(nobody, asked) == [JobState.DONE, JobState.DONE]
    assert done == ["asked", "aside"]
    for manager in (first, second):
        manager.close()


def test_a_job_that_waits_for_its_turn_can_be_cancelled() -> None:
    turns, go = FairTurns(), threading.Event()
    first, second = JobManager(turns=turns), JobManager(turns=turns)
    held = first.start("held", lambda _: go.wait(LONG))
    until(lambda: held.state == JobState.RUNNING)
    waits = second.start("waits", lambda _: None)
    until(lambda: turns.wanted)
    assert waits.state == JobState.QUEUED
    waits.cancel()
    assert ended(waits) == [JobState.CANCELLED]
    assert not turns.wanted
    go.set()
    ended(held)
    for manager in (first, second):
        manager.close()


def test_who_gives_up_waiting_leaves_the_turn_to_others() -> None:
    turns = FairTurns()

    def give_up() -> None:
        raise Cancelled

    with turns.turn(False, lambda: None), pytest.raises(Cancelled), turns.turn(False, give_up):
        pass
    with turns.turn(False, give_up):
        pass
