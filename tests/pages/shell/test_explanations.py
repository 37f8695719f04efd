"""What explains the segments is there before the first visitor asks for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import explanations, latest
from pages.shell.routes import DATA, EXPLORE, FEATURES, PLAYBOOK, PROFILE, RFM_TIERS, TRUST
from pages.shell.waiting.ready import make_first_views, make_ready
from segmentation.insight.facts.explain import explain_segments


@pytest.fixture
def explained(segmented: AppTest, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note for which k segments are explained."""
    asked: list[int] = []

    def note(*arguments: object) -> object:
        asked.append(arguments[2])  # type: ignore[arg-type]
        return explain_segments(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(explanations, "explain_segments", note)
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


def test_nothing_that_a_page_shows_is_left_for_its_first_visitor(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    segmented.run()
    run = latest.latest_run()
    assert run is not None
    with ThreadPoolExecutor(1) as job:  # where there is no page
        job.submit(make_ready, run, 0.0).result()
        job.submit(make_first_views, run).result()

    def again(*arguments: object) -> object:
        raise AssertionError("this was made for the first visitor")

    for name in (
        "cached.build_features",
        "cached.build_rfm",
        "cached.summarise",
        "explanations.gather_evidence",
    ):
        monkeypatch.setattr(f"pages.shell.{name}", again)
    monkeypatch.setattr("pages.act.playbook.kept.find_out", again)
    for name in ("alarms.alarms", "receipts.receipts", "months.months", "coverage.leader", "coverage.span"):
        monkeypatch.setattr(f"segmentation.intake.proof.{name}", again)
    for path in (DATA, FEATURES, RFM_TIERS, PROFILE, TRUST, EXPLORE, PLAYBOOK):
        segmented.switch_page(path).run()
        assert not segmented.exception
