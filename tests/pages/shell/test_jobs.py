"""The running job on screen: its bar, the words beside it, and what other pages say meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.jobs import describe_progress
from pages.shell.routes import DATA, FEATURES, PATHS, WHAT_COUNTS
from pages.shell.workspace import job_manager
from segmentation.course import FINDING, UNKNOWN, Course, Journey
from segmentation.jobs import Job, JobState, Progress
from segmentation.stages import Stage
from tests.pages.helpers import ORDERS, drop_in, text_of

Start = Callable[[], None]


@pytest.fixture
def resampling() -> Iterator[Start]:
    """Start a job that looks for segments, has come to its re-samples and is held there."""
    release, reached = threading.Event(), threading.Event()

    def work(on_progress: Progress) -> None:
        on_progress(Stage.RESAMPLING, 40, 100)
        reached.set()
        release.wait(60)
        on_progress(Stage.RESAMPLING, 41, 100)

    def start() -> None:
        job_manager().start("Find segments", work, FINDING)
        assert reached.wait(10)

    yield start
    release.set()


def told(step: str, done: int, total: int, seconds: float, course: Course = UNKNOWN) -> str:
    """Say how far a job is that has taken so many seconds of its step."""
    job = Job("Find segments", journey=Journey(course))
    job.report(step, 0, total)
    job.step_started -= seconds
    job.journey._step_began -= seconds
    job.report(step, done, total)
    return describe_progress(job)


def test_a_job_that_waits_says_no_numbers() -> None:
    assert describe_progress(Job("Find segments")) == ""


def test_a_job_that_waits_has_come_nowhere() -> None:
    job = Job("Find segments")
    job.journey._step_began -= 60
    assert job.share == 0.0
    job.state = JobState.RUNNING
    assert job.share > 0.5


def test_a_page_waits_for_no_job_about_segments_that_are_there(segmented: AppTest) -> None:
    segmented.run()
    release = threading.Event()
    job_manager().start("See who moved", lambda _: release.wait(60), about="run")
    for path in (FEATURES, WHAT_COUNTS):
        page = segmented.switch_page(path).run()
        assert not page.exception
        assert len(page.header) > 1
    release.set()


def test_progress_says_how_much_how_fast_and_how_long_still() -> None:
    assert told("Reading texts", 500, 1500, 10) == "500 of 1,500 · 50 per second · about 20 seconds left"


def test_a_slow_step_names_no_rate() -> None:
    assert told("Trying numbers of segments", 2, 4, 8) == "2 of 4 · about 8 seconds left"


def test_it_says_which_step_of_the_whole_it_is() -> None:
    assert told(Stage.BUILDING_FEATURES, 0, 1, 0.0, FINDING).startswith(f"Step 2 of {len(FINDING)} · about ")


def test_while_segments_are_found_no_page_says_that_files_are_missing(
    app: AppTest, resampling: Start
) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    resampling()
    for path in PATHS:
        if path != DATA:
            app.switch_page(path).run()
            assert not app.exception, path
            assert [info.title for info in app.info] == ["Your segments are being found"], path
            assert not app.get("page_link"), path
            assert "a segment that does not come back was chance" in text_of(app), path


def test_who_cancels_sees_that_it_is_stopping(app: AppTest, resampling: Start) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    resampling()
    app.run()
    app.button("_cancel_data").click().run()
    assert app.button("_cancel_data").disabled
    assert "Stopping …" in [bar.proto.text for bar in app.get("progress")]
