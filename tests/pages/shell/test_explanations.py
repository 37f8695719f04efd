"""What explains the segments is there before the first visitor asks for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import explanations, latest
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
