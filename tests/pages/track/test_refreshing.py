"""Refreshing on the page of runs, and by the clock of the server with no page open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.date import DateTrigger
from streamlit.testing.v1 import AppTest

from pages.shell.held.held import Held
from pages.shell.routes import RUNS
from pages.shell.waiting import clock
from pages.shell.words import plain
from pages.shell.workspace import job_manager, workspace
from pages.track.runs.refreshing import BY_HAND
from segmentation.connect.kept import Kept, keep
from segmentation.errors import WaitForPlaceError
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.inbox import inbox_folder
from segmentation.track.refresh import (
    Every,
    Schedule,
    StartedBy,
    keep_schedule,
    list_refreshes,
    load_schedule,
)
from segmentation.track.refresh.refreshed import MadeUp
from segmentation.track.refresh.words import made_up_sentence
from tests.pages.helpers import open_folds, text_of, wait_for_the_job


@pytest.fixture
def runs_page(segmented: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> AppTest:
    """Give the page of a small sample shop, whose texts a fake encoder reads."""
    monkeypatch.setattr("segmentation.text.encoders.load.load_encoder", load_fake)
    return segmented.switch_page(RUNS).run()


def test_who_fetched_is_told_that_the_clock_does_not(runs_page: AppTest) -> None:
    open_folds(runs_page, "runs_schedule")
    assert BY_HAND not in text_of(runs_page)
    keep(workspace(), Kept("postgresql://db.example/shop", "orders", list_uploads(workspace())[0].upload_id))
    assert BY_HAND in text_of(runs_page.run())


def test_a_refresh_says_what_changed_and_what_was_not_done(runs_page: AppTest) -> None:
    assert "Never refreshed yet" in text_of(runs_page)
    (inbox_folder(workspace()) / "broken.xlsx").write_bytes(b"no workbook")
    runs_page.button(key="refresh_now").click().run()
    wait_for_the_job()
    runs_page.run()
    [line] = list_refreshes(workspace())
    assert line.started_by is StartedBy.PERSON and f"{line.customers:,} customers" in text_of(runs_page)
    assert any("broken" in warning.value for warning in runs_page.warning)


def test_a_schedule_is_chosen_and_told(runs_page: AppTest) -> None:
    assert "Nothing is refreshed by itself" in text_of(runs_page)
    open_folds(runs_page, "runs_schedule")
    runs_page.selectbox(key="_refresh_every").select(Every.WEEK).run()
    runs_page.selectbox(key="_refresh_weekday").select(2)
    runs_page.selectbox(key="_refresh_hour").select(6)
    runs_page.button(key="refresh_keep").click().run()
    assert not runs_page.exception
    assert load_schedule() == Schedule(Every.WEEK, hour=6, weekday=2)
    assert "06:00" in text_of(runs_page.run())
    expected = clock.next_time(load_schedule(), datetime(2026, 3, 2, tzinfo=UTC))
    assert expected is not None and (expected.weekday(), expected.hour) == (2, 6)


def test_what_was_due_while_the_app_was_down_is_made_up_for_once_and_said(
    runs_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    monkeypatch.setattr(clock, "start_refreshing", begun.append)
    now, path = datetime(2026, 3, 5, 9, 30).astimezone(), workspace().path
    daily, late = Schedule(Every.DAY, hour=5), f"{path} late"
    clock.make_up(path, now)
    assert clock.clock().get_job(late) is None and load_schedule() == Schedule(), "nothing was chosen"
    keep_schedule(daily, path.parent, now - timedelta(hours=4))
    clock.make_up(path, now)
    assert clock.clock().get_job(late) is None, "it ran at five, and nothing was due since"
    keep_schedule(daily, path.parent, now - timedelta(days=3))
    clock.make_up(path, now)
    clock._tick(*clock.clock().get_job(late).args)
    clock.clock().remove_job(late)
    clock.make_up(path, now)
    assert clock.clock().get_job(late) is None and load_schedule() == daily
    assert begun == [StartedBy.MADE_UP]
    said = made_up_sentence(MadeUp(3, datetime(2026, 3, 5, 5)))
    assert said.startswith(
        "3 refreshes were missed, since the app was not running: the last on 5 Mar 2026, 05:00."
    )
    assert plain(said) in text_of(runs_page.run())
    clock._tick(path)
    assert begun[1:] == [StartedBy.SCHEDULE] and "missed" not in text_of(runs_page.run())


@pytest.mark.parametrize(("every", "times"), [(Every.NEVER, 0), (Every.WEEK, 1), (Every.MONTH, 0)])
def test_only_what_is_due_counts_as_missed(every: Every, times: int) -> None:
    now = datetime(2026, 3, 5, 9, 30).astimezone()  # a Thursday
    found = clock.missed(Schedule(every), now - timedelta(days=3, hours=6), now)
    assert (found.times if found else 0) == times


def test_a_workspace_that_has_to_wait_is_refreshed_as_soon_as_it_may_be(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def at(path: Path) -> Held:
        raise WaitForPlaceError.of(1)

    monkeypatch.setattr(clock, "at", at)
    clock._tick(tmp_path / "workspace.duckdb")
    assert clock.clock().get_job(f"{tmp_path / 'workspace.duckdb'} soon") is not None


def test_the_clock_of_the_server_refreshes_with_no_page_open(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable, tmp_path: Path
) -> None:
    monkeypatch.setattr("segmentation.text.encoders.load.load_encoder", load_fake)
    soon = DateTrigger(datetime.now(UTC) + timedelta(seconds=1))
    monkeypatch.setattr(clock, "trigger_of", lambda _: soon)
    keep_schedule(Schedule(Every.DAY))

    async def serve() -> None:
        async with clock.running_with_clock(None):
            for _ in range(600):
                await asyncio.sleep(0.1)
                if list_refreshes(workspace()):
                    return

    with ThreadPoolExecutor(1) as pool:  # the browser of other tests runs a loop in this thread
        pool.submit(lambda: asyncio.run(serve())).result()
    [line] = list_refreshes(workspace())
    assert line.started_by is StartedBy.SCHEDULE
    assert not clock.clock().running
    assert job_manager().running is None or job_manager().running.title == clock.REFRESH
