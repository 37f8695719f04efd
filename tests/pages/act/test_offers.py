"""The page about what to offer: three tiles for a segment, one customer's products, and the check."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import OFFERS
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, workspace
from segmentation.action.files.export_log import list_exports
from segmentation.action.recommend.job import recommend
from segmentation.action.recommend.store import load_recommended, recommendations_of
from segmentation.action.recommend.tiles import TileKind
from segmentation.action.recommend.words import FITS, LIFTED, NEAR, TILES, check_sentences, taken_line
from segmentation.runs import latest_run_id, load_run
from segmentation.workspace import Workspace
from tests.pages.helpers import (
    ORDERS,
    drop_in,
    folding_tables,
    open_folds,
    text_of,
    the_run,
    wait_for_the_job,
)


@pytest.fixture(scope="module")
def home_with_offers(
    home_with_segments: Path, tmp_path_factory: pytest.TempPathFactory, load_fake: Callable
) -> Path:
    """Give the home folder of the small sample shop, for which products were chosen."""
    home = tmp_path_factory.mktemp("offers") / "home"
    shutil.copytree(home_with_segments, home)
    with Workspace.open(home / "workspace.duckdb") as opened:
        run = load_run(opened)
        assert run is not None
        recommend(opened, run, load=load_fake)
    return home


@pytest.fixture
def page(app: AppTest, home_with_offers: Path, move_in: Callable[[Path], None]) -> AppTest:
    """Give the page, opened on that shop."""
    move_in(home_with_offers)
    app.switch_page(OFFERS).run()
    assert not app.exception
    return app


def test_a_segment_has_three_tiles_with_reach_and_who_buys_again(page: AppTest) -> None:
    run, found = the_run(), load_recommended(workspace(), the_run().run_id)
    assert found is not None
    for label in (0, run.suggestion.k - 1):
        page.session_state[StateKeys.SEGMENT] = label
        page.run()
        assert not page.exception
        tiles = found.tiles[run.suggestion.k][label]
        assert list(tiles) == [TileKind.NEW, TileKind.AGAIN, TileKind.OWN]
        assert all(one.reach >= 3 for one in tiles[TileKind.OWN])
        for kind, products in tiles.items():
            assert len(products) == 3 or kind is TileKind.OWN
            [tile] = [one.value for one in page.markdown if one.value.startswith(f"**{TILES[kind][0]}**")]
            for one in products:
                told = f"{one.reach:,} · {one.again:.0%} buy it again" if one.again else f"{one.reach:,}"
                assert plain(told) in tile
                assert plain(one.name) in tile
    assert taken_line(found.settings) in text_of(page)
    [table] = folding_tables(open_folds(page, "offers_glance_open"))
    assert len(table) == run.suggestion.k
    assert table["To buy again"].iloc[0] == found.tiles[run.suggestion.k][0][TileKind.AGAIN][0].name
    assert len(text_of(page).split()) < 200
    page.selectbox(key="_profile_k").set_value(2).run()
    assert not page.exception
    assert len(folding_tables(page)[0]) == 2


def test_one_customers_offers_and_the_reasons_stay_reachable(
    page: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    run, found = the_run(), load_recommended(workspace(), the_run().run_id)
    assert found is not None
    assert found.check is not None
    open_folds(page, "offers_why", "offers_customer", "offers_check")
    assert all(one in text_of(page) for one in check_sentences(found.check))
    assert any(reason in text_of(page) for reason in (LIFTED, FITS, NEAR))
    chosen = page.selectbox(key="recommend_customer").options[3]
    page.selectbox(key="recommend_customer").set_value(chosen).run()
    rows = recommendations_of(workspace(), run.run_id, chosen)
    table = next(one.value for one in page.dataframe if "Why" in one.value)
    assert table["Product"].tolist() == rows[rows["is_new"]]["product"].tolist()
    assert table["Why"].tolist() == rows[rows["is_new"]]["reason"].tolist()
    offered["_download_recommendations.csv"]()
    (logged,) = list_exports(workspace())
    assert (logged.file_names, logged.rows) == (("recommendations.csv",), run.customers)
    page.text_input(key="recommend_find").set_value("nobody").run()
    assert "No customer’s number begins so." in text_of(page)


def test_products_can_be_chosen_once_more(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable
) -> None:
    monkeypatch.setattr("segmentation.action.recommend.job.recommend", partial(recommend, load=load_fake))
    before = load_recommended(workspace(), the_run().run_id)
    open_folds(page, "offers_check").button(key="recommend").click().run()
    wait_for_the_job()
    after = load_recommended(workspace(), the_run().run_id)
    assert before is not None and after is not None
    assert before.seconds != after.seconds
    assert before.tiles == after.tiles


def test_files_that_changed_leave_what_was_chosen_but_choose_no_more(page: AppTest) -> None:
    page.switch_page("pages/start/data/data.py").run()
    drop_in(page, ("more.csv", ORDERS)).switch_page(OFFERS).run()
    assert latest_run_id(workspace()) is not None
    open_folds(page, "offers_check")
    assert not [button for button in page.button if button.key == "recommend"]
