"""Workspaces of one server: each opened once, no more than so many at once, and nothing of one in another."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pages.shell.held.held import Held
from pages.shell.held.here import here
from pages.shell.held.places import Places, most_open, share_of
from pages.shell.held.remembered import remembered
from pages.shell.workspace import job_manager, workspace
from segmentation.errors import OptionError, WaitForPlaceError
from segmentation.jobs import Progress
from segmentation.people import Seat, TeamRole
from segmentation.workspace.rewriting import WHOLE

LONG = 10.0


class Two(Places):
    """A server with room for two workspaces that lets go of one as soon as nobody is in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(2, idle_seconds=0.0)
        self.folder = folder


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Give such a server."""
    places = Two(tmp_path)
    yield places
    places.close()


def at(places: Two, name: str) -> Held:
    """Give the workspace of this name."""
    return places.at(places.folder / name / "workspace.duckdb")


def name_it(places: Two, name: str) -> None:
    """Open a workspace and let it keep its own name."""
    with at(places, name).entered():
        workspace().set_meta("name", name)


@remembered(2)
def told(word: str) -> str:
    """Say a word in the name of the workspace."""
    return f"{workspace().meta('name')} says {word}"


def test_a_workspace_is_opened_once_for_all_who_come_at_once(two: Two) -> None:
    together = threading.Barrier(6)

    def come(_: int) -> tuple[int, int]:
        together.wait()
        held = at(two, "shop")
        with held.entered():
            return id(held), id(workspace())

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(come, range(6)))) == 1


def test_no_more_are_open_than_may_be_and_all_come_to_their_turn(two: Two) -> None:
    for name in ("a", "b", "c", "d", "a"):
        name_it(two, name)
        assert len(two.open) <= 2
    assert [held.path.parent.name for held in two.open] == ["d", "a"]
    with at(two, "c").entered():
        assert workspace().meta("name") == "c"


def test_one_that_somebody_is_in_stays_open(two: Two) -> None:
    name_it(two, "a")
    with at(two, "a").entered():
        opened = workspace()
        for name in ("b", "c", "d"):
            elsewhere(lambda n=name: name_it(two, n))
        assert at(two, "a") in two.open
        assert opened.meta("name") == "a"


def test_where_all_are_in_use_the_next_has_to_wait(two: Two) -> None:
    with ExitStack() as inside:
        for name in ("a", "b"):
            name_it(two, name)
            inside.enter_context(at(two, name).entered())
        with pytest.raises(WaitForPlaceError, match="2 workspaces are in use"):
            elsewhere(lambda: name_it(two, "c"))
    name_it(two, "c")


def test_one_that_was_open_before_waits_like_any_other(two: Two) -> None:
    name_it(two, "c")
    two.sweep()
    with ExitStack() as inside:
        for name in ("a", "b"):
            name_it(two, name)
            inside.enter_context(at(two, name).entered())
        with pytest.raises(WaitForPlaceError):
            elsewhere(lambda: at(two, "c").workspace)
    assert at(two, "c").workspace.meta("name") == "c"


def test_a_part_of_a_page_whose_workspace_has_to_wait_has_the_whole_page_drawn(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Again(Exception):
        """The page is drawn anew."""

    def rerun() -> None:
        raise Again

    seat = Seat("c", "Tea shop", TeamRole.EDITOR, at(two, "c").path)
    monkeypatch.setattr("pages.shell.held.here.signs_in", lambda: True)
    monkeypatch.setattr("pages.shell.held.here.places", lambda: two)
    monkeypatch.setattr("pages.shell.held.here._seat", lambda: seat)
    monkeypatch.setattr("pages.shell.held.here._is_part_of_a_page", lambda: True)
    monkeypatch.setattr("streamlit.rerun", rerun)
    elsewhere(here)
    assert at(two, "c") in two.open
    two.sweep()
    with ExitStack() as inside:
        for name in ("a", "b"):
            name_it(two, name)
            inside.enter_context(at(two, name).entered())
        with pytest.raises(Again):
            elsewhere(here)


def test_a_job_keeps_its_workspace_open(two: Two) -> None:
    go, names = threading.Event(), list[str | None]()
    with at(two, "a").entered():
        workspace().set_meta("name", "a")
        job = job_manager().start("Wait", lambda _: (go.wait(LONG), names.append(workspace().meta("name"))))
    for name in ("b", "c"):
        name_it(two, name)
    assert at(two, "a") in two.open
    go.set()
    ends = time.monotonic() + LONG
    while job.active and time.monotonic() < ends:
        time.sleep(0.01)
    assert names == ["a"]


def test_a_page_keeps_what_it_looks_at_until_its_thread_has_ended(two: Two) -> None:
    drawn, go = threading.Event(), threading.Event()
    held = at(two, "a")

    def draw() -> None:
        held.look()
        _ = held.workspace
        drawn.set()
        go.wait(LONG)

    page = threading.Thread(target=draw)
    page.start()
    drawn.wait(LONG)
    two.sweep()
    assert two.open == (held,)
    go.set()
    page.join()
    two.sweep()
    assert two.open == ()


def test_a_page_that_was_drawn_before_a_rest_goes_on_after_it(two: Two) -> None:
    name_it(two, "a")
    with at(two, "a").entered():
        drawn = workspace()  # as a part of a page does that is drawn again by itself
    for name in ("b", "c"):
        name_it(two, name)
    assert at(two, "a") not in two.open
    assert drawn.meta("name") == "a"
    assert at(two, "a") in two.open and len(two.open) == 2
    with at(two, "a").entered():
        assert workspace() is drawn


def test_many_threads_in_three_workspaces_of_two_hear_of_their_own_alone(two: Two) -> None:
    heard, sweeping = list[bool](), threading.Event()

    def ask(number: int) -> None:
        name = "abc"[number % 3]
        for turn in range(20):
            with suppress(WaitForPlaceError), at(two, name).entered():
                workspace().set_meta("name", name)
                heard.append(told(f"word {turn % 3}") == f"{name} says word {turn % 3}")
                if turn % 7 == number:
                    told.clear()

    def sweep() -> None:
        while not sweeping.wait(0.002):
            two.sweep()
            heard.append(len(two.open) <= 2)

    with ThreadPoolExecutor(7) as pool:
        swept = pool.submit(sweep)
        for asked in [pool.submit(ask, number) for number in range(6)]:
            asked.result(60)
        sweeping.set()
        swept.result(LONG)
    assert all(heard) and len(heard) > 20


def test_jobs_and_their_results_are_of_one_workspace(two: Two) -> None:
    with at(two, "a").entered():
        job = job_manager().start("Find segments", lambda _: "secret")
        ends = time.monotonic() + LONG
        while job.active and time.monotonic() < ends:
            time.sleep(0.01)
    with at(two, "b").entered():
        assert job_manager().latest is job_manager().running is None
        assert job_manager().get(job.job_id) is job_manager().find("Find segments", "") is None
    with at(two, "a").entered():
        assert job_manager().get(job.job_id) is job


def test_a_rest_leaves_neither_memory_nor_results_nor_threads(two: Two) -> None:
    name_it(two, "a")
    before, held = threading.active_count(), at(two, "a")
    with held.entered():
        told("hello")
        job = job_manager().start("Find segments", lambda _: "secret")
        while job.active:
            time.sleep(0.01)
    assert len(held.memory) == 1
    ends = time.monotonic() + LONG
    while two.open and time.monotonic() < ends:
        two.sweep()
    while threading.active_count() > before and time.monotonic() < ends:
        time.sleep(0.01)
    assert (len(held.memory), held.jobs.latest, threading.active_count()) == (0, None, before)


def test_what_is_made_for_a_visit_takes_turns_and_ends_with_it(two: Two) -> None:
    go, begun = threading.Event(), list[str]()

    def make(name: str, on_progress: Progress) -> object:
        begun.append(name)
        while not go.wait(0.01):
            on_progress("Making", 0, 1)
        return told(name)

    a, b = at(two, "a"), at(two, "b")
    for held in (a, b):
        name = held.path.parent.name
        name_it(two, name)
        held.starter.start("Make", lambda told, name=name: make(name, told), aside=True)
    until(lambda: begun == ["a"])
    used = a.used
    two.sweep()  # nobody is in either of them any more
    until(lambda: not (a.starter.busy or b.starter.busy))
    two.sweep()
    assert (two.open, begun, a.used) == ((), ["a"], used)


def test_what_fails_to_open_takes_no_place(two: Two) -> None:
    broken = at(two, "broken")
    broken.path.parent.mkdir(parents=True)
    broken.path.write_bytes(b"no workspace at all" * 1000)
    for _ in range(3):
        with pytest.raises(ValueError), broken.entered():
            workspace()
    assert two.open == ()


def test_the_number_is_told_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSERA_OPEN_WORKSPACES", "3")
    assert most_open() == 3
    for wrong in ("0", "many", "-1", ""):
        monkeypatch.setenv("TESSERA_OPEN_WORKSPACES", wrong)
        with pytest.raises(OptionError):
            most_open()


def test_one_workspace_has_the_machine_and_many_share_it() -> None:
    assert share_of(1) is WHOLE
    assert share_of(8).memory == 512 << 20
    assert share_of(1000).memory == 256 << 20 and share_of(1000).threads == 1


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + LONG
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    assert holds()


def elsewhere(do: object) -> None:
    """Do something in a thread of its own, and raise what it raises."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result(LONG)  # type: ignore[arg-type]


NAMES = st.sampled_from(["a", "b", "c", "d"])
WORDS = st.sampled_from(["hello", "goodbye", "thanks"])


class Apart(RuleBasedStateMachine):
    """Whatever is opened, remembered, renamed, forgotten and let go of: all hear of their own alone."""

    @initialize()
    def begin(self) -> None:
        """Start a server."""
        self.folder = tempfile.TemporaryDirectory()
        self.places = Two(Path(self.folder.name))
        self.names: dict[str, str] = {}

    @rule(name=NAMES, number=st.integers(0, 9))
    def rename(self, name: str, number: int) -> None:
        """Call a workspace otherwise, and forget what was said in its old name."""
        with at(self.places, name).entered():
            self.names[name] = f"{name}{number}"
            workspace().set_meta("name", self.names[name])
            told.clear()

    @rule(name=NAMES, word=WORDS)
    def ask(self, name: str, word: str) -> None:
        """Ask for a word: it is said in the workspace's own name."""
        with at(self.places, name).entered():
            assert told(word) == f"{self.names.get(name)} says {word}"

    @rule()
    def sweep(self) -> None:
        """Let go of all that nobody is in."""
        self.places.sweep()
        assert self.places.open == ()

    @invariant()
    def bounded(self) -> None:
        """No more are open than may be, and what rests remembers nothing."""
        if hasattr(self, "places"):
            assert len(self.places.open) <= 2
            for name in "abcd":
                held = at(self.places, name)
                assert len(held.memory) <= (2 if held in self.places.open else 0)

    def teardown(self) -> None:
        """Stop the server."""
        if hasattr(self, "places"):
            self.places.close()
            self.folder.cleanup()


class TestApart(Apart.TestCase):
    """Runs it."""

    settings = settings(max_examples=5, stateful_step_count=12, deadline=None)
