"""The explore page: the slider, the cards, their names, the lasso, any two features, the table."""

from __future__ import annotations

import json
import traceback
from typing import Any, NoReturn

import duckdb
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.segments.explore.centroid_view import shade
from pages.segments.explore.circled import file_of
from pages.segments.explore.map_colours import shades
from pages.shell import latest
from pages.shell.routes import DATA, EXPLORE
from pages.shell.workspace import workspace
from segmentation.action.files.run_files import RunFiles
from segmentation.features.table import Unit
from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import list_uploads, set_kind, set_role
from segmentation.runs import Run, View
from segmentation.workspace import Workspace
from tests.pages.helpers import after_restart, text_of

FIRST_PAGE = ""
STALE = "Your files or cleaning rules have changed since these segments were found"


@pytest.fixture
def explore(segmented: AppTest) -> AppTest:
    """Give the page of a small sample shop."""
    return segmented.run().switch_page(EXPLORE).run()


def the_run() -> Run:
    """Give the run on screen."""
    run = latest.latest_run()
    assert run is not None
    return run


def move_to(page: AppTest, k: int) -> AppTest:
    """Move the slider."""
    return page.select_slider("explore_k").set_value(k).run()


def names_on_cards(page: AppTest) -> list[str]:
    """Read the names from left to right."""
    return [box.value for box in page.text_input if box.key.startswith("name_")]


def rename(page: AppTest, label: int, name: str) -> AppTest:
    """Type a name into a card."""
    return page.text_input(f"name_{label}").set_value(name).run()


def circle(page: AppTest, corners: list[tuple[float, float]], run_id: str | None = None) -> AppTest:
    """Draw around customers, as the browser tells it; by default on the map of the run on screen."""
    outline = {"run": run_id or the_run().run_id, "corners": [list(corner) for corner in corners]}
    page.session_state["explore_map"] = {"outline": outline}
    return page.run()


def around(customer: int) -> list[tuple[float, float]]:
    """Give a square around one customer and the nearest on the map."""
    places = latest.places(the_run().run_id)
    x, y = float(places.x[customer]), float(places.y[customer])
    return [(x - 0.2, y - 0.2), (x + 0.2, y - 0.2), (x + 0.2, y + 0.2), (x - 0.2, y + 0.2)]


def tables(page: AppTest) -> dict[str, pd.DataFrame]:
    """Give the tables by their first column: "Customer" is the lasso's."""
    return {element.value.columns[0]: element.value for element in page.dataframe}


def segment_table(page: AppTest) -> dict[str, Any]:
    """Give the segment table as it is sent to the browser."""
    sent = [json.loads(element.proto.json) for element in page.get("bidi_component") if element.proto.json]
    [table] = [one for one in sent if "rows" in one]
    return dict(table)


def headings(page: AppTest) -> list[str]:
    """Read the segments' headings in the segment table."""
    return [column["name"] for column in segment_table(page)["columns"]]


def keys_of_charts(page: AppTest) -> list[str]:
    """Name the Plotly charts on screen, from top to bottom."""
    return [chart.proto.id.rsplit("-", 1)[-1] for chart in page.get("plotly_chart")]


def test_empty_it_says_which_upload_lights_it_up_and_links_there(app: AppTest) -> None:
    app.run().switch_page(EXPLORE).run()
    assert not app.exception
    assert "orders alone will do" in app.info[0].value
    [link] = app.get("page_link")
    assert (link.proto.label, link.proto.page) == ("Go to your data", FIRST_PAGE)
    assert not app.select_slider


def test_it_opens_at_the_suggestion_and_says_why(explore: AppTest) -> None:
    run = the_run()
    assert not explore.exception
    assert explore.select_slider("explore_k").value == run.suggestion.k
    assert names_on_cards(explore) == [segment.name for segment in run.cuts[run.suggestion.k].segments]
    assert "300 customers" in text_of(explore)
    assert STALE not in text_of(explore)
    assert headings(explore) == names_on_cards(explore)


@pytest.mark.parametrize("k", [3, 7, 12])
def test_cards_and_table_follow_the_slider(explore: AppTest, k: int) -> None:
    move_to(explore, k)
    cut = the_run().cuts[k]
    assert not explore.exception
    assert names_on_cards(explore) == [segment.name for segment in cut.segments]
    assert headings(explore) == names_on_cards(explore)
    shown = text_of(explore)
    assert all(f"of customers ({segment.size:,})" in shown for segment in cut.segments)


def test_the_way_back_to_the_suggestion_is_one_press(explore: AppTest) -> None:
    suggested = the_run().suggestion.k
    move_to(explore, 9).button("_back_to_suggestion").click().run()
    assert explore.select_slider("explore_k").value == suggested


def test_a_move_of_the_slider_fits_nothing_and_asks_the_database_nothing(
    explore: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **named: object) -> NoReturn:
        raise AssertionError("a slider move must not do this")

    for work in ("pipeline.find_segments", "clusters.fit.sweep", "features.build.build_features"):
        monkeypatch.setattr(f"segmentation.{work}", refuse)
    monkeypatch.setattr("sklearn.cluster.KMeans.fit", refuse)
    asked: list[traceback.FrameSummary] = []

    def watched_cursor(self: Workspace) -> duckdb.DuckDBPyConnection:
        asked.extend(frame for frame in traceback.extract_stack() if frame.name == "explore")
        return cursor(self)

    cursor = Workspace.cursor
    monkeypatch.setattr(Workspace, "cursor", watched_cursor)
    for k in (5, 3, 8):
        assert not move_to(explore, k).exception
        assert len(names_on_cards(explore)) == k
    assert asked == []


def test_a_name_follows_its_segment_over_every_k_and_a_restart(explore: AppTest) -> None:
    generated = names_on_cards(explore)[1]
    rename(explore, 1, "  Gift   hunters ")
    for k in (6, 2):
        assert names_on_cards(move_to(explore, k))[1] == "Gift hunters"
        assert headings(explore)[1] == "Gift hunters"
    again = after_restart(EXPLORE)
    assert names_on_cards(again)[1] == "Gift hunters"
    assert names_on_cards(rename(again, 1, ""))[1] == generated


def test_emptying_a_generated_name_brings_it_back(explore: AppTest) -> None:
    generated = names_on_cards(explore)[0]
    assert names_on_cards(rename(explore, 0, ""))[0] == generated
    assert names_on_cards(explore.run())[0] == generated


def test_two_segments_may_have_the_same_name(explore: AppTest) -> None:
    rename(rename(explore, 0, "VIP"), 1, "VIP")
    assert not explore.exception
    assert names_on_cards(explore)[:2] == ["VIP", "VIP"]
    assert headings(explore)[:2] == ["VIP", "VIP (2)"]
    rename(explore, 1, "All customers")
    assert not explore.exception


def test_a_lasso_lists_the_customers_inside(explore: AppTest) -> None:
    rows = latest.customer_rows(the_run().run_id)
    at = rows.loc[120]
    near = (rows["map_x"] - at["map_x"]).abs().lt(0.2) & (rows["map_y"] - at["map_y"]).abs().lt(0.2)
    circle(move_to(explore, 4), around(120))
    circled = tables(explore)["Customer"]
    names = names_on_cards(explore)
    assert circled["Customer"].tolist() == rows.loc[near, "customer_id"].tolist()
    assert circled["Segment"].tolist() == [names[label] for label in rows.loc[near, "segment_4"]]
    assert f"{near.sum()} of 300 customers inside your outline" in text_of(explore)


def test_without_a_lasso_nobody_is_listed(explore: AppTest) -> None:
    assert tables(explore) == {}
    assert tables(circle(explore, [])) == {}
    assert tables(circle(explore, around(3), run_id="an earlier one")) == {}


def test_a_lasso_around_nobody_says_so(explore: AppTest) -> None:
    circle(explore, [(900, 900), (901, 900), (901, 901)])
    assert not explore.exception
    assert "0 of 300 customers inside your outline" in text_of(explore)
    assert tables(explore) == {}


def test_a_file_of_the_customers_inside_has_them_all(explore: AppTest) -> None:
    run = the_run()
    rows = latest.customer_rows(run.run_id)
    positions = np.array([3, 7, 120])
    written = file_of(View.of(workspace(), run, 4), positions).decode("utf-8-sig")
    assert written == RunFiles(View(run, 4, rows)).customers(positions).decode("utf-8-sig")


def test_the_map_can_be_coloured_by_anything(explore: AppTest) -> None:
    run = the_run()
    for chosen in ("Confidence", *(feature.name for feature in run.features)):
        assert not explore.selectbox("explore_colour").set_value(chosen).run().exception, chosen


def test_shades_spread_over_the_scale_and_know_who_has_none() -> None:
    values = np.array([0, 1, 2, 3, 4, np.nan] * 20)
    shade, scale = shades(values, "Orders", Unit.COUNT)
    assert shade[:6].tolist() == [0, 64, 127, 190, 254, 255]
    assert (scale["low"], scale["middle"], scale["high"]) == ("0", "2", "4")
    assert scale["unknown"]


def test_a_few_giants_do_not_take_the_scale_for_themselves() -> None:
    shade, scale = shades(np.array([*range(1, 1000), 1e9]), "Net spend", Unit.MONEY, currency="EUR")
    assert scale["high"] == "€990 or more"
    assert np.ptp(shade[:999]) == 254
    shade, scale = shades(np.array([0.0, 9.0, 99.0]), "Orders", Unit.COUNT, log=True)
    assert (scale["middle"], shade[1]) == ("9", 127)


def test_where_nobody_has_a_value_all_are_grey() -> None:
    shade, _ = shades(np.array([np.nan, np.nan]), "Rating", Unit.RATING)
    assert shade.tolist() == [255, 255]


def test_any_two_features_can_be_drawn(explore: AppTest) -> None:
    names = [feature.name for feature in the_run().features][::4]
    explore.session_state["explore_pair_open"] = True
    explore.run()
    for x, y in zip(names, reversed(names), strict=True):
        explore.selectbox("explore_x").set_value(x)
        explore.selectbox("explore_y").set_value(y)
        assert not explore.run().exception, (x, y)
        assert keys_of_charts(explore) == ["explore_quality", "explore_pair"]


def test_two_features_are_not_drawn_until_they_are_asked_for(explore: AppTest) -> None:
    assert keys_of_charts(explore) == ["explore_quality"]
    assert keys_of_charts(move_to(explore, 5)) == ["explore_quality"]


@pytest.mark.parametrize("change", ["role", "kind"])
def test_segments_older_than_the_files_say_so(explore: AppTest, change: str) -> None:
    uploads = {upload.kind: upload for upload in list_uploads(workspace())}
    if change == "role":
        orders = uploads[Kind.ORDERS]
        column = next(column for column in orders.columns if column.role == Role.QUANTITY)
        set_role(workspace(), orders.upload_id, column.name, Role.IGNORE)
    else:
        set_kind(workspace(), uploads[Kind.REVIEWS].upload_id, Kind.OTHER)
    explore.run()
    assert not explore.exception
    assert STALE in text_of(explore)
    assert names_on_cards(explore)


def test_deleted_customers_are_gone_from_memory_too(explore: AppTest) -> None:
    rename(explore, 0, "VIP")
    run = the_run()
    explore.switch_page(DATA).run().button("delete_everything").click().run()
    explore.button("delete_everything").click()
    explore.button("confirm_delete_everything").click().run()
    assert latest.with_names(run).names == {}
    assert "orders alone will do" in explore.switch_page(EXPLORE).run().info[0].value


@pytest.mark.parametrize(
    ("effect", "style"),
    [
        (0.1, ""),
        (-0.24, ""),
        (1.0, "background-color: rgba(0, 101, 159, 0.28)"),
        (-5.0, "background-color: rgba(255, 98, 4, 0.55)"),
    ],
)
def test_cells_are_tinted_by_their_distance_from_the_average(effect: float, style: str) -> None:
    assert shade(effect) == style
