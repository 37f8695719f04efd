"""Many at once: whoever writes the file anew waits for the others, or says that somebody is still at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from segmentation.action.recommend.job import recommend
from segmentation.errors import WorkspaceError
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.workspace import Workspace
from segmentation.workspace import database as module
from segmentation.workspace.at_work import undisturbed
from segmentation.workspace.gate import Gate
from segmentation.workspace.trial import trial_of

SLOW_QUERY = "SELECT count(*) FROM range(9_000) AS a, range(9_000) AS b WHERE a.range + b.range = -1"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait long."""
    monkeypatch.setattr(module, "PATIENCE", 0.2)


DELETIONS: dict[str, Callable[[Workspace], object]] = {
    "rewrite": Workspace.rewrite,
    "everything": Workspace.delete_everything,
    "a file": lambda workspace: delete_upload(workspace, list_uploads(workspace)[0].upload_id),
}


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with a file and a setting."""
    (tmp_path / "people.csv").write_text("customer_id,city\n1,Ulm\n2,Bonn\n")
    load_file(workspace, tmp_path / "people.csv")
    workspace.set_meta("name", "shop")
    return workspace


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("what", DELETIONS)
def test_while_somebody_works_a_deletion_is_refused_and_nothing_is_deleted(
    filled: Workspace, what: str
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work() -> list[tuple[int]]:
        with filled.transaction() as cursor:
            cursor.execute("CREATE TABLE theirs AS SELECT 7 AS seven")
            begun.set()
            assert go_on.wait(30)
            return cursor.execute("SELECT seven FROM theirs").fetchall()

    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(work)
        assert begun.wait(30)
        with pytest.raises(WorkspaceError, match="somebody is still working"):
            DELETIONS[what](filled)
        go_on.set()
        assert theirs.result() == [(7,)]
    assert filled.meta("name") == "shop"
    assert len(list_uploads(filled)) == 1
    with filled.cursor() as cursor:
        assert cursor.execute("FROM theirs").fetchall() == [(7,)]
    DELETIONS[what](filled)


@pytest.mark.parametrize("what", DELETIONS)
def test_a_query_that_runs_is_waited_for(filled: Workspace, what: str) -> None:
    begun = threading.Event()

    def ask() -> list[tuple[int]]:
        with filled.cursor() as cursor:
            begun.set()
            return cursor.execute(SLOW_QUERY).fetchall()

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(ask)
        assert begun.wait(30)
        DELETIONS[what](filled)
        assert found.done()
        assert found.result() == [(0,)]
    filled.set_meta("name", "goes on")
    assert filled.meta("name") == "goes on"


@pytest.mark.usefixtures("impatient")
def test_who_is_in_themselves_is_told_and_not_kept_waiting(filled: Workspace) -> None:
    with filled.cursor(), pytest.raises(WorkspaceError, match="somebody is still working"):
        filled.rewrite()
    with trial_of(filled), pytest.raises(WorkspaceError, match="somebody is still working"):
        filled.delete_everything()
    assert filled.meta("name") == "shop"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("what", DELETIONS)
def test_nothing_is_deleted_under_a_job_that_would_bring_it_back(filled: Workspace, what: str) -> None:
    begun, go_on = threading.Event(), threading.Event()

    @undisturbed
    def job(workspace: Workspace, name: str) -> str | None:
        begun.set()
        assert go_on.wait(30)
        return workspace.meta(name)

    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(job, filled, "name")
        assert begun.wait(30)
        with pytest.raises(WorkspaceError, match="somebody is still working"):
            DELETIONS[what](filled)
        go_on.set()
        assert theirs.result() == "shop"
    DELETIONS[what](filled)


def test_finding_segments_and_recommending_are_such_jobs(filled: Workspace) -> None:
    """Each asks for its turn before anything else; here somebody is alone, so that it waits."""
    for job in (find_segments, recommend):
        with ThreadPoolExecutor(1) as pool, filled._gate.alone(5):
            waiting = pool.submit(job, filled, None)  # type: ignore[operator]
            with pytest.raises(TimeoutError):
                waiting.exception(0.3)
        assert waiting.exception(30) is not None, "there is nothing to work with"


@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_being_read_is_not_waited_for_for_ever(filled: Workspace) -> None:
    with filled.importing, pytest.raises(WorkspaceError, match="somebody is still working"):
        delete_upload(filled, list_uploads(filled)[0].upload_id)
    with filled.filling, pytest.raises(WorkspaceError, match="somebody is still working"):
        filled.delete_everything()
    assert filled.importing.acquire(blocking=False), "both locks are free again"


def test_newcomers_wait_while_somebody_is_alone_and_who_is_in_goes_on() -> None:
    gate, order = Gate(), []
    inside, wanted = gate.enter(), threading.Event()

    def alone() -> None:
        wanted.set()
        with gate.alone(30):
            order.append("alone")

    def newcomer() -> None:
        gate.leave(gate.enter())
        order.append("newcomer")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(alone)
        assert wanted.wait(30)
        time.sleep(0.1)
        second = pool.submit(newcomer)
        time.sleep(0.1)
        assert order == []
        gate.leave(gate.enter())  # in already, so in again
        gate.leave(inside)
        first.result(30)
        second.result(30)
    assert order == ["alone", "newcomer"]


def test_who_gave_up_waiting_keeps_nobody_out() -> None:
    gate = Gate()
    inside = gate.enter()
    with ThreadPoolExecutor(1) as pool:

        def impatiently() -> None:
            with pytest.raises(WorkspaceError), gate.alone(0.05):
                pass

        pool.submit(impatiently).result(30)
        pool.submit(lambda: gate.leave(gate.enter())).result(30)
    gate.leave(inside)
    with gate.alone(0.05), gate.alone(0.05):
        gate.leave(gate.enter())


def write(workspace: Workspace, over: threading.Event, number: int) -> int:
    """Write two rows together until it is over; return how often."""
    done = 0
    while not over.is_set():
        with workspace.transaction() as cursor:
            cursor.execute("INSERT INTO written VALUES (?, ?)", [number, done])
            cursor.execute("INSERT INTO again VALUES (?, ?)", [number, done])
        workspace.set_meta(f"done {number}", str(done))
        done += 1
    return done


def read(workspace: Workspace, over: threading.Event, number: int) -> int:
    """Read that there are as many rows here as there until it is over; return how often."""
    done = 0
    while not over.is_set():
        with workspace.cursor() as cursor:
            [[here, there]] = cursor.execute(
                "SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM again)"
            ).fetchall()
        assert here == there
        workspace.meta(f"done {number}")
        done += 1
    return done


def together(workspace: Workspace, rounds: int) -> None:
    """Let 8 threads read and write while the file is written anew this many times."""
    over = threading.Event()
    with workspace.transaction() as cursor:
        cursor.execute("CREATE TABLE written (who BIGINT, what BIGINT)")
        cursor.execute("CREATE TABLE again (who BIGINT, what BIGINT)")
    with ThreadPoolExecutor(8) as pool:
        writers = [pool.submit(write, workspace, over, number) for number in range(4)]
        readers = [pool.submit(read, workspace, over, number) for number in range(4)]
        try:
            for number in range(rounds):
                if number % 2:
                    workspace.rewrite()
                else:
                    with workspace.deletion() as cursor:
                        cursor.execute("DELETE FROM meta WHERE key = 'doomed'")
                workspace.set_meta("doomed", "x")
        finally:
            over.set()
    assert min(one.result() for one in readers) > 0
    with workspace.cursor() as cursor:
        kept = dict(cursor.execute("SELECT who, count(DISTINCT what) FROM written GROUP BY who").fetchall())
    assert kept == {number: one.result() for number, one in enumerate(writers) if one.result()}


def test_8_threads_read_and_write_through_12_rewritings_and_lose_nothing(workspace: Workspace) -> None:
    together(workspace, 12)


@pytest.mark.slow
def test_8_threads_read_and_write_through_200_rewritings_and_lose_nothing(workspace: Workspace) -> None:
    together(workspace, 200)


def test_8_threads_read_on_while_everything_is_deleted(filled: Workspace) -> None:
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            filled.meta("name")
            list_uploads(filled)

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        for number in range(10):
            filled.set_meta("name", str(number))
            filled.delete_everything()
            assert filled.meta("name") is None
        over.set()
        for reader in readers:
            reader.result()


def test_two_who_change_the_same_at_once_are_told(filled: Workspace) -> None:
    with filled.transaction() as first:
        first.execute("UPDATE meta SET value = 'a' WHERE key = 'name'")
        with pytest.raises(WorkspaceError, match="same moment"), filled.transaction() as second:
            second.execute("UPDATE meta SET value = 'b' WHERE key = 'name'")
    assert filled.meta("name") == "a"
