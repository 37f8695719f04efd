"""The explore page: the slider, the lines, their names, the number kept, the lasso, the table."""

from __future__ import annotations

import itertools
import json
import re
import traceback
from typing import Any, NoReturn

import duckdb
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.segments.explore.circled import file_of, people_within
from pages.segments.explore.map_colours import shades
from pages.segments.explore.slider import slider_marks
from pages.shell import latest
from pages.shell.routes import DATA, EXPLORE, PLAYBOOK, PROFILE, TRUST
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, workspace
from segmentation import formats
from segmentation.action.files.run_files import RunFiles
from segmentation.charts.figures import style_of
from segmentation.features.table import Unit
from segmentation.insight.sentences.verdicts import in_short, verdict
from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import list_uploads, set_kind, set_role
from segmentation.runs import Run, View
from segmentation.workspace import Workspace
from tests.pages.helpers import after_restart, sent_with, text_of

FIRST_PAGE = ""
PRESSES = itertools.count(1)
STALE = "Your files or cleaning rules have changed since these segments were found"


@pytest.fixture
def explore(segmented: AppTest) -> AppTest:
    """Give the page of a small sample shop."""
    return segmented.switch_page(EXPLORE).run()


def the_run() -> Run:
    """Give the run on screen."""
    run = latest.latest_run()
    assert run is not None
    return run


def test_a_mark_below_the_slider_stays_within_its_width() -> None:
    first, last = (slider_marks((2, 3, 4), {k: "suggested"}) for k in (2, 4))
    assert 'left:0.0%;transform:translateX(-0.0%);white-space:nowrap">2 suggested' in first
    assert 'left:100.0%;transform:translateX(-100.0%);white-space:nowrap">4 suggested' in last


def move_to(page: AppTest, k: int) -> AppTest:
    """Move the slider."""
    return page.select_slider("explore_k").set_value(k).run()


def names_on_lines(page: AppTest) -> list[str]:
    """Read the names from top to bottom."""
    return [line["name"] for line in sent_with(page, "lines")["lines"]]


def press(page: AppTest, what: str, label: int, name: str = "") -> AppTest:
    """Press a button on a line, or give its segment a name, as the browser tells it."""
    pressed = {"what": what, "label": label, "name": name, "number": next(PRESSES), "run": the_run().run_id}
    page.session_state["explore_lines"] = {"asked": pressed}
    return page.run()


def rename(page: AppTest, label: int, name: str) -> AppTest:
    """Type a name into a line."""
    return press(page, "name", label, name)


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
    return sent_with(page, "rows")


def headings(page: AppTest) -> list[str]:
    """Read the segments' headings in the segment table."""
    return [column["name"] for column in segment_table(page)["columns"]]


def test_empty_it_says_which_upload_lights_it_up_and_links_there(app: AppTest) -> None:
    app.switch_page(EXPLORE).run()
    assert not app.exception
    assert "orders alone will do" in app.info[0].value
    [link] = app.get("page_link")
    assert (link.proto.label, link.proto.page) == ("Go to your data", FIRST_PAGE)
    assert not app.select_slider


def test_it_opens_at_the_suggestion_and_says_why(explore: AppTest) -> None:
    run = the_run()
    assert not explore.exception
    assert explore.select_slider("explore_k").value == run.suggestion.k
    assert names_on_lines(explore) == [segment.name for segment in run.cuts[run.suggestion.k].segments]
    assert "300 customers" in text_of(explore)
    assert STALE not in text_of(explore)
    assert headings(explore) == names_on_lines(explore)


@pytest.mark.parametrize("k", [3, 7, 12])
def test_lines_and_table_follow_the_slider(explore: AppTest, k: int) -> None:
    move_to(explore, k)
    cut = the_run().cuts[k]
    assert not explore.exception
    assert names_on_lines(explore) == [segment.name for segment in cut.segments]
    assert headings(explore) == names_on_lines(explore)
    lines = sent_with(explore, "lines")["lines"]
    shares = [(formats.percent(one.share), formats.percent(one.revenue_share)) for one in cut.segments]
    assert [(line["share"]["text"], line["revenue"]["text"]) for line in lines] == shares
    assert sent_with(explore, "lines")["heads"][:3] == ["Orders", "Spent", "Days since order"]
    assert all("order" in line["chips"][0]["text"] for line in lines)
    assert all(re.fullmatch(r"€?[\d,.]+", chip["bare"]) for line in lines for chip in line["chips"])
    assert max(bar["width"] for line in lines for bar in (line["share"], line["revenue"])) == 1.0


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
        assert len(names_on_lines(explore)) == k
    assert asked == []


def test_a_name_follows_its_segment_over_every_k_and_a_restart(explore: AppTest) -> None:
    generated = names_on_lines(explore)[1]
    rename(explore, 1, "  Gift   hunters ")
    for k in (6, 2):
        assert names_on_lines(move_to(explore, k))[1] == "Gift hunters"
        assert headings(explore)[1] == "Gift hunters"
    again = after_restart(EXPLORE)
    assert names_on_lines(again)[1] == "Gift hunters"
    assert names_on_lines(rename(again, 1, ""))[1] == generated


def test_emptying_a_generated_name_brings_it_back(explore: AppTest) -> None:
    generated = names_on_lines(explore)[0]
    assert names_on_lines(rename(explore, 0, ""))[0] == generated
    assert names_on_lines(explore.run())[0] == generated


def test_two_segments_may_have_the_same_name(explore: AppTest) -> None:
    rename(rename(explore, 0, "VIP"), 1, "VIP")
    assert not explore.exception
    assert names_on_lines(explore)[:2] == ["VIP", "VIP"]
    assert headings(explore)[:2] == ["VIP", "VIP (2)"]
    rename(explore, 1, "All customers")
    assert not explore.exception


def test_a_lasso_lists_the_customers_inside(explore: AppTest) -> None:
    rows = latest.customer_rows(the_run().run_id)
    at = rows.loc[120]
    near = (rows["map_x"] - at["map_x"]).abs().lt(0.2) & (rows["map_y"] - at["map_y"]).abs().lt(0.2)
    circle(move_to(explore, 4), around(120))
    circled = tables(explore)["Customer"]
    names = names_on_lines(explore)
    assert circled["Customer"].tolist() == rows.loc[near, "customer_id"].tolist()
    assert circled["Segment"].tolist() == [names[label] for label in rows.loc[near, "segment_4"]]
    assert f"{near.sum()} of 300 customers inside your outline" in text_of(explore)


def test_the_people_within_an_outline_are_an_audience(explore: AppTest) -> None:
    view, positions = latest.view(the_run(), 4), np.array([3, 7, 120])
    people = people_within(view, positions)
    ids = latest.customer_rows(the_run().run_id)["customer_id"].to_numpy()
    assert people.customer_ids.tolist() == ids[positions].tolist()
    circle(move_to(explore, 4), around(120))
    explore.button("audience_outline").click().run()
    assert not explore.exception


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


@pytest.mark.parametrize(("what", "page"), [("people", "Profile"), ("todo", "Playbook")])
def test_the_buttons_of_a_line_lead_to_the_page_about_that_segment(
    explore: AppTest, what: str, page: str
) -> None:
    press(move_to(explore, 4), what, 2)
    assert explore.title[0].value == page
    assert explore.pills(StateKeys.SEGMENT).value == 2
    assert not explore.exception
    explore.switch_page(EXPLORE).run()
    assert explore.title[0].value == "Explore"


def test_a_press_on_an_earlier_run_does_nothing(explore: AppTest) -> None:
    before = names_on_lines(explore)
    pressed = {"what": "name", "label": 0, "name": "VIP", "number": next(PRESSES), "run": "an earlier one"}
    explore.session_state["explore_lines"] = {"asked": pressed}
    assert names_on_lines(explore.run()) == before


def test_a_kept_number_holds_on_every_page_and_after_a_restart_until_it_is_given_back(
    explore: AppTest,
) -> None:
    suggested = the_run().suggestion.k
    own = suggested + 2
    move_to(explore, own).button("_keep_number").click().run()
    assert f"{own} yours" in explore.get("html")[0].proto.body
    again = after_restart(EXPLORE)
    assert len(names_on_lines(again)) == own
    assert View.of(workspace(), the_run()).k == own
    for page, box in ((PROFILE, "_profile_k"), (PLAYBOOK, "_profile_k")):
        again.switch_page(page).run()
        assert again.selectbox(box).value == own
    assert again.switch_page(TRUST).run().select_slider("explore_k").value == own
    move_to(again.switch_page(EXPLORE).run(), 3)
    again.button("_back_to_suggestion").click().run()
    assert len(names_on_lines(again)) == own
    again.button("_give_number_back").click().run()
    again.button("_back_to_suggestion").click().run()
    assert len(names_on_lines(again)) == suggested
    assert len(names_on_lines(after_restart(EXPLORE))) == suggested


def test_the_verdict_is_short_and_its_reason_is_behind_it(explore: AppTest) -> None:
    for k in (2, 5, 12):
        move_to(explore, k)
        said = in_short(the_run().suggestion, k)
        assert len(said.split()) <= 8
        assert said in text_of(explore)
        assert text_of(explore).count(plain(verdict(the_run().suggestion, k, names_on_lines(explore)))) == 1


def test_the_snake_plot_shows_the_rows_of_the_table_in_the_colours_of_the_segments(
    explore: AppTest,
) -> None:
    move_to(explore, 12)
    [chart] = explore.get("plotly_chart")
    lines = json.loads(chart.proto.spec)["data"]
    rows = segment_table(explore)["rows"]
    assert [line["line"]["color"] for line in lines] == [style_of(label).colour for label in range(12)]
    assert all(len(line["text"]) == len(rows) for line in lines)


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
    assert names_on_lines(explore)


def test_deleted_customers_are_gone_from_memory_too(explore: AppTest) -> None:
    rename(explore, 0, "VIP")
    run = the_run()
    explore.switch_page(DATA).run().button("delete_everything").click().run()
    explore.button("delete_everything").click()
    explore.button("confirm_delete_everything").click().run()
    assert latest.with_names(run).names == {}
    assert "orders alone will do" in explore.switch_page(EXPLORE).run().info[0].value
