"""The overview: with orders, without amounts or any orders, before there are segments, and out of date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.deletion import forget_memory
from pages.shell.routes import EXPLORE, OVERVIEW, PLAYBOOK
from pages.shell.work import start_finding_segments
from pages.shell.workspace import StateKeys, workspace
from pages.start.overview.words import WHAT_AMOUNTS_ADD, WHAT_ORDERS_ADD
from segmentation import formats
from segmentation.action.forget import forget_customer
from segmentation.action.overview import keep_overview, load_overview
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.pages.helpers import text_of, the_run, wait_for_the_job

QUICK = RunOptions(k_range=(2, 3), model="none", resamples=2, resamples_of_suggested=2)
TODOS = ["do_win_back", "do_offer", "do_thank"]


@pytest.fixture
def overview(segmented: AppTest) -> AppTest:
    """Give the page, opened on the small sample shop."""
    segmented.switch_page(OVERVIEW).run()
    assert not segmented.exception
    return segmented


def charts(app: AppTest) -> list[str]:
    """Name the charts on the page by their keys."""
    return [chart.proto.id.rpartition("-")[2] for chart in app.get("plotly_chart")]  # type: ignore[attr-defined]


def opened(app: AppTest, folder: Path, content: str) -> AppTest:
    """Open the page on segments of one file."""
    (folder / "file.csv").write_text(content)
    with Workspace.open(folder / "home" / "workspace.duckdb") as fresh:
        load_file(fresh, folder / "file.csv")
        keep_overview(fresh, find_segments(fresh, QUICK))
    app.run()
    assert app.title[0].value == "Overview"
    assert not app.exception
    return app


def test_the_sample_shop_at_a_glance(overview: AppTest) -> None:
    found = load_overview(workspace(), the_run().run_id)  # counted by the first view of an older run
    assert found is not None
    assert found.orders is not None
    now, tiles = found.orders.now, {tile.label: tile.value for tile in overview.metric}
    assert tiles["Customers"] == "300"
    assert tiles["Active"] == f"{now.active:,}"
    assert tiles["Year’s revenue"].replace("\\", "") == formats.money(now.revenue, "EUR")
    assert tiles["Overdue"] == f"{now.overdue:,}"
    assert charts(overview) == [f"overview_{name}" for name in ("months", "retention", "shares", "tenths")]
    assert [button.key for button in overview.button if button.key in TODOS] == TODOS
    assert "four weeks before" in text_of(overview)
    assert f"The top tenth brings {found.orders.tenths[0]:.0%}" in [one.value for one in overview.header]  # type: ignore[index]


def test_a_change_to_the_worse_points_down(overview: AppTest) -> None:
    found = load_overview(workspace(), the_run().run_id)
    assert found is not None
    assert found.orders is not None
    assert found.orders.then is not None
    now, then = found.orders.now, found.orders.then
    [tile] = [tile for tile in overview.metric if tile.label == "Active"]
    change = now.active - then.active
    assert tile.delta == (f"{change:+,}" if change else "0")


def test_every_number_of_segments_has_its_own_pictures(overview: AppTest) -> None:
    for k in (2, 12):
        overview.switch_page(EXPLORE).run()
        overview.select_slider(key=StateKeys.K).set_value(k).run()
        overview.switch_page(OVERVIEW).run()
        assert not overview.exception
        assert len(overview.selectbox(key=f"overview_retention_of_{k}").options) == k + 1
        assert [button.key for button in overview.button if button.key in TODOS] == TODOS


def test_retention_of_a_segment_in_money(overview: AppTest) -> None:
    [box] = [box for box in overview.selectbox if str(box.key).startswith("overview_retention_of")]
    box.set_value(1).run()
    overview.segmented_control(key="overview_retention_in").set_value("Money").run()
    assert not overview.exception
    assert "what each paid on average" in text_of(overview)


def test_who_was_looked_ahead_at_is_at_risk(
    app: AppTest, move_in: Callable[[Path], None], home_ahead: Path
) -> None:
    move_in(home_ahead)
    app.switch_page(OVERVIEW).run()
    assert not app.exception
    assert "At risk" in [tile.label for tile in app.metric]
    assert "more likely to leave than to stay" in text_of(app)


def test_the_job_counts_before_anybody_looks(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load_fake: Callable
) -> None:
    app.run()
    rows = "\n".join(f"{n},c{n % 40},2024-0{1 + n % 6}-1{n % 9},{5 + n % 70}" for n in range(400))
    (tmp_path / "orders.csv").write_text(f"order_id,customer_id,order_date,amount\n{rows}\n")
    load_file(workspace(), tmp_path / "orders.csv")
    monkeypatch.setattr("pages.shell.work.load_options", lambda _: QUICK)
    start_finding_segments()
    wait_for_the_job()
    assert load_overview(workspace(), the_run().run_id) is not None


def test_orders_without_amounts(app: AppTest, tmp_path: Path) -> None:
    rows = "\n".join(f"{n},c{n % 40},2024-0{1 + n % 6}-1{n % 9}" for n in range(400))
    opened(app, tmp_path, f"order_id,customer_id,order_date\n{rows}\n")
    assert charts(app) == [f"overview_{name}" for name in ("months", "retention", "shares")]
    assert [tile.label for tile in app.metric][:4] == ["Customers", "Active", "Orders", "Repeat rate"]
    assert WHAT_AMOUNTS_ADD in text_of(app)
    assert "€" not in text_of(app)


def test_a_table_of_customers(app: AppTest, tmp_path: Path) -> None:
    rows = "\n".join(f"{who},{20 + who % 50},{(who * 7) % 100}" for who in range(120))
    opened(app, tmp_path, f"customer_id,age,score\n{rows}\n")
    assert charts(app) == ["overview_shares"]
    assert [tile.label for tile in app.metric] == ["Customers", "Segments", "In the largest"]
    assert WHAT_ORDERS_ADD in text_of(app)
    assert not [button for button in app.button if button.key in TODOS]
    app.switch_page(PLAYBOOK).run()
    assert not app.exception
    assert "playbook_lift" not in {box.key for box in app.selectbox}  # no orders, no test, no lift


def test_without_a_run_the_page_says_what_it_waits_for(app: AppTest) -> None:
    app.switch_page(OVERVIEW).run()
    assert not app.exception
    assert "Find segments" in text_of(app)
    assert not app.metric


def test_other_files_are_said_and_what_is_kept_is_shown(overview: AppTest, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("order_id,customer_id,order_date,amount\n1,new,2024-12-30,5.00\n")
    load_file(workspace(), tmp_path / "more.csv")
    overview.run()
    assert not overview.exception
    assert "have changed since" in text_of(overview)
    assert "Year’s revenue" in [tile.label for tile in overview.metric]


def test_what_a_forgotten_customer_brought_is_gone(overview: AppTest) -> None:
    with workspace().cursor() as cursor:
        [(who,)] = cursor.execute("SELECT customer_id FROM shop.customers ORDER BY ALL LIMIT 1").fetchall()
    forget_customer(workspace(), who)
    forget_memory()
    overview.run()
    assert not overview.exception
    assert overview.metric[0].value == "299"
    found = load_overview(workspace(), the_run().run_id)
    assert found is not None
    assert found.orders is not None
    assert found.orders.now.buyers <= 299
