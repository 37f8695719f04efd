"""The quick draft: chosen on the data page, offered while texts are read, labelled until the full reading."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import work
from pages.shell.options import load_options
from pages.shell.workspace import job_manager, workspace
from segmentation.errors import NothingToCompareError
from segmentation.jobs import JobState, Progress
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from tests.conftest import HashEncoder
from tests.pages.helpers import text_of

NOTICE = "These segments are a quick draft"


def load(options: object) -> HashEncoder:
    """Give an encoder that reads roughly where a draft is asked for."""
    encoder = HashEncoder()
    encoder.draft = bool(getattr(options, "draft", False))
    encoder.key += "|draft" if encoder.draft else ""
    return encoder


def wait() -> None:
    """Wait until nothing runs."""
    deadline = time.monotonic() + 60
    while job_manager().running and time.monotonic() < deadline:
        time.sleep(0.02)


def notices(app: AppTest) -> list[str]:
    """Give the titles of the notes on the page."""
    return [note.proto.title for note in app.info]


def test_a_chosen_draft_comes_first_and_the_full_reading_replaces_it(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Run] = []

    def find(opened: Workspace, options: RunOptions, on_progress: Progress) -> Run:
        made.append(
            find_segments(
                opened,
                RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1, draft=options.draft),
                load=load,
            )
        )
        return made[-1]

    monkeypatch.setattr(work, "_find_segments", find)
    segmented.run()
    assert NOTICE not in notices(segmented)
    segmented.checkbox("draft_first").check().run()
    assert load_options(workspace()).draft
    segmented.button("find_segments").click().run()
    wait()
    assert [run.draft for run in made] == [True, False]
    assert NOTICE not in notices(segmented.run())
    with workspace().cursor() as cursor:
        kept = {run_id for (run_id,) in cursor.execute("SELECT run_id FROM runs").fetchall()}
    assert made[0].run_id not in kept and made[1].run_id in kept


def test_a_draft_is_labelled_on_every_page(segmented: AppTest) -> None:
    segmented.run()
    find_segments(
        workspace(), RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1, draft=True), load=load
    )
    for page in ("start/data/data.py", "segments/explore/explore.py", "act/files/files.py"):
        segmented.switch_page(str(Path("pages") / page)).run()
        assert not segmented.exception
        assert NOTICE in notices(segmented)


def test_a_long_reading_offers_a_draft_and_a_press_puts_it_first(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(work, "_find_segments", lambda opened, options, _: asked.append(options.draft))

    def slow(on_progress: Progress) -> None:
        on_progress(f"{Stage.READING_TEXTS}: products", 0, 100_000)
        while True:
            on_progress(f"{Stage.READING_TEXTS}: products", 1, 100_000)
            time.sleep(0.01)

    segmented.run()
    job = job_manager().start(work.FIND_SEGMENTS, slow)
    time.sleep(0.3)
    segmented.run()
    assert "a draft is there in a minute or so" in text_of(segmented)
    segmented.button("draft_now").click().run()
    wait()
    assert job.state == JobState.CANCELLED
    assert asked == [True, False]


def test_a_draft_that_fails_or_is_stopped_is_not_followed(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise NothingToCompareError("nothing here.")

    segmented.run()
    monkeypatch.setattr(work, "_find_segments", fail)
    draft = work.start_draft_first()
    wait()
    last = job_manager().latest
    assert last is not None and last.title == work.FULL_READING
    assert draft.state == last.state == JobState.FAILED and last.error is draft.error
