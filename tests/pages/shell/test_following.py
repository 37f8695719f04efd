"""What follows segments by itself fills its pages without a press, can be stopped, and says what failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.following.follow import AHEAD, OFFERS, follow
from pages.shell.options import save_options
from pages.shell.routes import OFFERS as OFFERS_PAGE
from pages.shell.routes import PLAYBOOK, PROFILE, WIN_BACK
from pages.shell.work import start_finding_segments
from pages.shell.workspace import job_manager, workspace
from segmentation import course
from segmentation.action.recommend.job import recommend
from segmentation.action.recommend.store import load_recommended
from segmentation.action.retention.job import load_outlook
from segmentation.errors import SegmentationError
from segmentation.jobs import Job, JobState, Progress
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions
from tests.pages.helpers import drop_in, folding_tables, text_of, the_run

QUICK = RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1)
TABLE = b"customer_id,age,income\n" + b"".join(b"c%d,%d,%d\n" % (n, n % 50, n % 7 * 900) for n in range(80))


@pytest.fixture(autouse=True)
def _no_model_is_loaded(monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> None:
    monkeypatch.setattr("segmentation.pipeline.find_segments", partial(find_segments, load=load_fake))
    monkeypatch.setattr("segmentation.action.recommend.job.recommend", partial(recommend, load=load_fake))


def wait_for_all() -> None:
    """Wait until no job is active, those that nobody asked for among them."""
    deadline = time.monotonic() + 180
    while (job_manager().running or job_manager().aside) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not (job_manager().running or job_manager().aside)


def stuck_until(release: threading.Event) -> Callable[..., object]:
    """Give work that goes on until it is released, or stopped."""

    def work(*_: object, on_progress: Progress | None = None, **__: object) -> None:
        tell = on_progress or next(one for one in reversed(_) if callable(one))
        while not release.is_set():
            tell("Going on", 0, 1)
            time.sleep(0.01)

    return work


def jobs_of(run: Run) -> list[Job | None]:
    """Give the jobs that follow a run."""
    return [AHEAD.job(run), OFFERS.job(run)]


def test_both_pages_are_filled_after_the_segments_without_a_press(segmented: AppTest) -> None:
    segmented.run()
    before = the_run()
    save_options(workspace(), QUICK)
    start_finding_segments()
    wait_for_all()
    run = the_run()
    assert run.run_id != before.run_id
    assert [job.state for job in jobs_of(run) if job] == [JobState.DONE, JobState.DONE]
    assert [job.journey.course[job.journey.place] for job in jobs_of(run) if job] == [
        course.AHEAD[-1],
        course.OFFERS[-1],
    ]
    assert jobs_of(before) == [None, None]
    assert "Your segments are ready." in [one.value for one in segmented.run().success]
    segmented.switch_page(WIN_BACK).run()
    assert not segmented.exception
    assert segmented.header[0].value.startswith("This week: ")
    assert "E-mail" in segmented.dataframe[0].value
    segmented.switch_page(OFFERS_PAGE).run()
    assert not segmented.exception
    assert "**To buy again**" in text_of(segmented)
    jobs = jobs_of(run)
    follow(run)  # a run that has them is left alone
    assert jobs_of(run) == jobs


def test_a_page_shows_the_job_stops_it_and_begins_again(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr("segmentation.action.retention.job.look_ahead", stuck_until(release))
        segmented.switch_page(WIN_BACK).run()  # nobody has looked yet: it begins by itself
        assert AHEAD.title in text_of(segmented)
        assert not segmented.dataframe
        segmented.button("_cancel_page").click().run()
        wait_for_all()
    job = AHEAD.job(the_run())
    assert job is not None and job.state == JobState.CANCELLED
    segmented.run()
    assert "was stopped" in segmented.info[0].value
    assert AHEAD.job(the_run()) is job  # not again, unless somebody asks
    segmented.button("try_again").click().run()
    wait_for_all()
    assert load_outlook(workspace(), the_run().run_id) is not None
    assert segmented.run().header[0].value.startswith("This week: ")


def test_the_playbook_is_read_while_what_lies_ahead_is_being_found(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr("segmentation.action.retention.job.look_ahead", stuck_until(release))
        segmented.switch_page(PLAYBOOK).run()
        assert not segmented.exception
        assert "Paid in 365 days" in folding_tables(segmented)[0].columns
        assert AHEAD.title in "".join(one.value for one in segmented.sidebar.markdown)
        release.set()
        wait_for_all()


def test_what_fails_is_said_in_a_line_with_a_button(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SegmentationError("the disk is full.", "Make room, and try again.")

    with monkeypatch.context() as patch:
        patch.setattr("segmentation.action.recommend.job.recommend", fail)
        segmented.switch_page(OFFERS_PAGE).run()
        wait_for_all()
    segmented.run()
    assert [one.value for one in segmented.error] == ["The disk is full\\. Make room, and try again\\."]
    segmented.button("try_again").click().run()
    wait_for_all()
    assert load_recommended(workspace(), the_run().run_id) is not None
    assert not segmented.run().error


def test_without_orders_nothing_begins_and_the_pages_say_what_is_missing(app: AppTest) -> None:
    drop_in(app.run(), ("people.csv", TABLE))
    save_options(workspace(), QUICK)
    start_finding_segments()
    wait_for_all()
    assert jobs_of(the_run()) == [None, None]
    for page, said in ((WIN_BACK, "no orders with dates"), (OFFERS_PAGE, "which products were bought")):
        app.switch_page(page).run()
        assert not app.exception
        assert any(said in one.value for one in app.info)
    assert jobs_of(the_run()) == [None, None]
    assert app.switch_page(PROFILE).run().tabs[0].label == "Who they are"  # what they buy nobody knows


def test_a_newer_run_stops_what_follows_the_older_one(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, older = threading.Event(), the_run()
    monkeypatch.setattr("segmentation.action.retention.job.look_ahead", stuck_until(release))
    monkeypatch.setattr("segmentation.action.recommend.job.recommend", stuck_until(release))
    segmented.run()
    follow(older)
    save_options(workspace(), QUICK)
    found = start_finding_segments()
    while found.active:
        time.sleep(0.05)
    assert found.error is None  # it did not wait for what nobody asked for
    release.set()
    wait_for_all()
    newer = the_run()
    assert [job.state for job in jobs_of(older) if job] == [JobState.CANCELLED, JobState.CANCELLED]
    assert [job.state for job in jobs_of(newer) if job] == [JobState.DONE, JobState.DONE]


def test_nothing_is_kept_where_the_files_change_meanwhile(segmented: AppTest, tmp_path: Path) -> None:
    from segmentation.intake.uploads.load import load_file

    segmented.run()
    more = tmp_path / "more.csv"
    more.write_bytes(b"customer_id,order_date,amount\nC1,2024-01-01,5\nC2,2024-02-01,7\n")
    run, gate = the_run(), threading.Event()
    job_manager().start("Hold up", lambda _: gate.wait(60))
    follow(run)
    load_file(workspace(), more)
    gate.set()
    wait_for_all()
    assert [job.state for job in jobs_of(run) if job] == [JobState.FAILED, JobState.FAILED]
    assert load_outlook(workspace(), run.run_id) is load_recommended(workspace(), run.run_id) is None
    segmented.switch_page(WIN_BACK).run()
    assert "have changed since these segments were found" in text_of(segmented)
