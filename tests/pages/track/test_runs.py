"""The page of runs: adopt, put customers in, and what is kept of earlier runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import RUNS
from pages.shell.workspace import workspace
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, list_runs
from segmentation.runs.kept.standing import in_figures
from segmentation.track.frozen import adopted_run
from tests.pages.helpers import text_of, the_run, wait_for_the_job


@pytest.fixture
def runs_page(segmented: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> AppTest:
    """Give the page of a small sample shop, whose texts a fake encoder reads."""
    monkeypatch.setattr("segmentation.text.encoders.load.load_encoder", load_fake)
    return segmented.switch_page(RUNS).run()


def test_nothing_is_shown_before_there_are_segments(app: AppTest) -> None:
    page = app.switch_page(RUNS).run()
    assert not page.exception and "once there are segments" in text_of(page)


def test_segments_are_adopted_and_customers_put_into_them(runs_page: AppTest) -> None:
    assert "Nothing is found anew until you ask for it" in text_of(runs_page)
    run = the_run()
    runs_page.button(key="adopt_newest").click().run()
    wait_for_the_job()
    runs_page.run()
    adopted, found = adopted_run(workspace()), in_figures(workspace())
    assert adopted is not None and adopted.run_id == run.run_id and found is not None
    assert found.customers == run.customers and found.moved == 0
    figures = {metric.label: metric.value for metric in runs_page.metric}
    assert figures["Moved within 31 days"] == "0"
    assert figures["Unlike anybody"] == str(found.unlike_anybody)
    assert next(iter(figures.values())) == str(run.customers)


def test_an_older_run_can_be_deleted_and_the_newest_cannot(runs_page: AppTest, load_fake: Callable) -> None:
    older = the_run().run_id
    find_segments(
        workspace(), RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1), load=load_fake
    )
    newest = the_run().run_id
    runs_page.run()
    keys = {button.key for button in runs_page.button}
    assert f"delete_run_{older}" in keys and f"delete_run_{newest}" not in keys
    runs_page.button(key=f"delete_run_{older}").click().run()
    assert [one.run_id for one in list_runs(workspace())] == [newest]
