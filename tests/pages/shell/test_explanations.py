"""What explains the segments is there before the first visitor asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import explanations, latest
from pages.shell.routes import (
    DATA,
    EXPLORE,
    FEATURES,
    OVERVIEW,
    PLAYBOOK,
    PROFILE,
    RFM_TIERS,
    THEMES,
    TRUST,
    WHAT_COUNTS,
)
from pages.shell.waiting.ready import make_first_views, make_ready
from pages.shell.waiting.restart import begin
from pages.shell.workspace import job_manager, starter, workspace
from segmentation.first_views.every import keep_first_views
from segmentation.insight.facts.explain import explain_segments
from segmentation.intake.uploads.load import load_file
from segmentation.jobs import JobState
from segmentation.runs.theme_names import rename_theme
from tests.pages.helpers import ORDERS, after_restart, forget_caches, text_of, the_run


@pytest.fixture
def explained(segmented: AppTest, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note for which k segments are explained."""
    asked: list[int] = []

    def note(*arguments: object) -> object:
        asked.append(arguments[2].k)  # type: ignore[arg-type]
        return explain_segments(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("segmentation.runs.explain.explain_segments", note)
    return asked


def test_a_page_shows_what_the_job_has_explained(segmented: AppTest, explained: list[int]) -> None:
    run = latest.latest_run()
    assert run is not None
    with ThreadPoolExecutor(1) as job:  # where there is no page
        job.submit(explanations.prepare, run, 60.0).result()
    assert sorted(explained) == list(run.ks)
    assert explained[0] == run.suggestion.k
    profile = segmented.switch_page("pages/segments/profile/profile.py").run()
    assert not profile.exception
    assert len(explained) == len(run.ks)


def test_without_time_only_the_suggested_segments_are_explained(explained: list[int]) -> None:
    run = latest.latest_run()
    assert run is not None
    explanations.prepare(run, 0.0)
    assert explained == [run.suggestion.k]


def as_segments_are_found() -> None:
    """Make first views as the job does that has found segments."""
    with ThreadPoolExecutor(1) as job:  # where there is no page
        job.submit(make_ready, the_run(), 0.0).result()
        job.submit(make_first_views, the_run()).result()


def as_the_server_starts() -> None:
    """Make first views as a server does of which nobody has asked anything yet."""
    forget_caches()
    job = begin()
    starter()._pool.submit(lambda: None).result(timeout=120)
    assert job.state == JobState.DONE


def test_other_numbers_of_segments_are_ready_as_the_server_starts(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.shell.waiting.ready.MANY", 1)
    segmented.run()
    as_the_server_starts()

    def again(*arguments: object) -> object:
        raise AssertionError("this was made for who moves the slider")

    monkeypatch.setattr("segmentation.runs.explain.explain_segments", again)
    monkeypatch.setattr("segmentation.first_views.plays.make_playbook", again)
    for page in (PROFILE, PLAYBOOK):
        segmented.switch_page(page).run()
        for k in the_run().ks:
            segmented.selectbox(key="_profile_k").set_value(k).run()
            assert not segmented.exception


def test_after_a_restart_nothing_is_explained_anew(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    segmented.run()
    as_segments_are_found()
    before = segmented.switch_page(PROFILE).run()
    told = text_of(before)

    def again(*arguments: object) -> object:
        raise AssertionError("this is kept beside the workspace")

    monkeypatch.setattr("segmentation.features.rfm.build_rfm", again)
    for name in ("explain_segments", "gather_evidence", "find_rules", "bought_by_segments"):
        monkeypatch.setattr(f"segmentation.runs.explain.{name}", again)
    for name in ("alarms.alarms", "receipts.receipts", "coverage.leader"):
        monkeypatch.setattr(f"segmentation.intake.proof.{name}", again)
    after = after_restart(PROFILE)
    assert not after.exception
    assert text_of(after) == told
    for path in (DATA, RFM_TIERS, PLAYBOOK):
        assert not after.switch_page(path).run().exception


def test_what_is_called_otherwise_is_explained_anew(segmented: AppTest, explained: list[int]) -> None:
    run = the_run()
    explanations.prepare(run, 0.0)
    forget_caches()
    rename_theme(workspace(), run.themes[0], "Presents")
    explanations.prepare(run, 0.0)
    assert explained == [run.suggestion.k] * 2


def as_the_command_line() -> None:
    """Make first views as `run --workspace` does, before any server starts."""
    keep_first_views(workspace(), the_run())
    forget_caches()


def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a page makes what it shows instead of finding it."""

    def again(*arguments: object) -> object:
        raise AssertionError("this was made for the first visitor")

    for name in ("build.build_features", "rfm.build_rfm", "cutoff.choose_period"):
        monkeypatch.setattr(f"segmentation.features.{name}", again)
    for name in ("explain_segments", "gather_evidence", "find_rules", "bought_by_segments"):
        monkeypatch.setattr(f"segmentation.runs.explain.{name}", again)
    for name in ("find_out", "make_playbook", "load_theme_months"):
        monkeypatch.setattr(f"segmentation.first_views.plays.{name}", again)
    for name in ("alarms.alarms", "receipts.receipts", "months.months", "coverage.leader", "coverage.span"):
        monkeypatch.setattr(f"segmentation.intake.proof.{name}", again)
    monkeypatch.setattr("segmentation.intake.uploads.summary.summarise", again)
    monkeypatch.setattr("pages.start.overview.kept.keep_overview", again)


@pytest.mark.parametrize("make", [as_segments_are_found, as_the_server_starts, as_the_command_line])
def test_nothing_that_a_page_shows_is_left_for_its_first_visitor(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch, make: Callable[[], None]
) -> None:
    segmented.run()
    make()
    nothing_is_made(monkeypatch)
    for path in (OVERVIEW, DATA, FEATURES, RFM_TIERS, PROFILE, TRUST, THEMES, EXPLORE, PLAYBOOK, WHAT_COUNTS):
        segmented.switch_page(path).run()
        assert not segmented.exception


def test_a_server_starts_without_segments(app: AppTest) -> None:
    as_the_server_starts()
    assert latest.latest_run() is None
    assert not app.run().exception


def test_a_server_starts_with_segments_of_other_files(
    segmented: AppTest, tmp_path: Path, explained: list[int]
) -> None:
    (tmp_path / "more.csv").write_bytes(ORDERS)
    load_file(workspace(), tmp_path / "more.csv")
    as_the_server_starts()
    assert explained == [the_run().suggestion.k]
    assert not segmented.switch_page(PROFILE).run().exception


def test_what_is_made_ready_makes_way_for_what_is_asked_for(segmented: AppTest, explained: list[int]) -> None:
    segmented.run()
    release = threading.Event()
    job_manager().start("Something asked for", lambda _: release.wait(60))
    job = begin()
    starter()._pool.submit(lambda: None).result(timeout=120)
    release.set()
    assert job.state == JobState.CANCELLED
    assert explained == []


def test_another_number_of_segments_costs_only_what_the_open_tab_shows(
    segmented: AppTest, explained: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(*arguments: object) -> object:
        raise AssertionError("no tab that is open shows this")

    for name in ("gather_evidence", "find_rules"):
        monkeypatch.setattr(f"segmentation.runs.explain.{name}", again)
    profile = segmented.switch_page(PROFILE).run()
    for k in the_run().ks:
        assert not profile.selectbox(key="_profile_k").set_value(k).run().exception
    assert explained == []
