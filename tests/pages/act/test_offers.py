"""The page about what to recommend: from the press of the button to one customer's products."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import OFFERS
from pages.shell.workspace import job_manager, workspace
from segmentation.action.files.export_log import list_exports
from segmentation.action.recommend.job import recommend
from segmentation.action.recommend.store import load_recommended, recommendations_of
from segmentation.action.recommend.words import FITS, LIFTED, NEAR, check_sentences
from segmentation.runs import latest_run_id, load_run
from tests.pages.helpers import ORDERS, drop_in, text_of


@pytest.fixture
def page(segmented: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> AppTest:
    """Give the page, opened on the small sample shop, whose texts nobody has to read with a model."""
    monkeypatch.setattr("segmentation.action.recommend.job.recommend", partial(recommend, load=load_fake))
    segmented.run().switch_page(OFFERS).run()
    assert not segmented.exception
    return segmented


def test_products_are_chosen_at_a_press_and_kept(
    page: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    assert "which fit its themes" in text_of(page)
    page.button(key="recommend").click().run()
    job_manager()._pool.submit(lambda: None).result(timeout=120)
    assert job_manager().latest.error is None  # type: ignore[union-attr]
    page.run()
    assert not page.exception
    run = load_run(workspace())
    assert run is not None
    found = load_recommended(workspace(), run.run_id)
    assert found is not None
    assert found.check is not None
    assert all(one in text_of(page) for one in check_sentences(found.check))
    assert any(reason in text_of(page) for reason in (LIFTED, FITS, NEAR))
    assert page.button(key="recommend").label == "Choose again"
    chosen = page.selectbox(key="recommend_customer").options[3]
    page.selectbox(key="recommend_customer").set_value(chosen).run()
    rows = recommendations_of(workspace(), run.run_id, chosen)
    table = next(one.value for one in page.dataframe if "Why" in one.value)
    assert table["Product"].tolist() == rows[rows["is_new"]]["product"].tolist()
    assert table["Why"].tolist() == rows[rows["is_new"]]["reason"].tolist()
    offered["_download_recommendations.csv"]()
    (logged,) = list_exports(workspace())
    assert (logged.file_names, logged.rows) == (("recommendations.csv",), run.customers)
    page.selectbox(key="_recommend_k").set_value(2).run()
    assert not page.exception
    page.text_input(key="recommend_find").set_value("nobody").run()
    assert "No customer’s number begins so." in text_of(page)


def test_files_that_changed_ask_for_new_segments(page: AppTest) -> None:
    page.switch_page("pages/start/data/data.py").run()
    drop_in(page, ("more.csv", ORDERS)).switch_page(OFFERS).run()
    assert latest_run_id(workspace()) is not None
    assert not [button for button in page.button if button.key == "recommend"]
    assert any("have changed since these segments were found" in info.value for info in page.info)
