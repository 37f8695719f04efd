"""The playbook page: a play for each segment, edited in place, honest where something is missing."""

from __future__ import annotations

import html

import pytest
from streamlit.testing.v1 import AppTest

from pages.act.playbook.card import EDITING
from pages.act.playbook.make_files import KEY, hold_out_share, platform_of
from pages.shell import latest
from pages.shell.following import plays
from pages.shell.routes import PLAYBOOK
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, workspace
from segmentation.action.audience import Platform, chosen_share
from segmentation.action.playbook.at_a_glance import at_a_glance
from segmentation.action.playbook.edits import versions_of
from segmentation.action.playbook.play import LIFT, Aspect
from tests.pages.helpers import folding_tables, text_of, the_run

FILES_BUTTON = f"audience_{KEY}"
BOLD = 0.5


@pytest.fixture
def page(segmented: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Give the page of a small sample shop, whose plays hold still: nobody looks ahead meanwhile."""
    monkeypatch.setattr("pages.shell.following.panel.begin_beside", lambda one, run: None)
    opened = segmented.switch_page(PLAYBOOK).run()
    assert not opened.exception
    return opened


def goal_of(page: AppTest, segment: int = 0) -> str:
    """Read the box of the shown segment's goal."""
    value = page.text_area(f"play_{segment}_{Aspect.GOAL}").value
    assert value is not None
    return value


def test_without_segments_it_says_what_is_missing(app: AppTest) -> None:
    app.switch_page(PLAYBOOK).run()
    assert "A play for each segment appears here" in app.info[0].value
    assert not app.exception


def test_each_segment_has_its_play_to_read_and_no_box(page: AppTest) -> None:
    run = the_run()
    view = latest.view(run, run.suggestion.k)
    playbook = plays.playbook(view, LIFT)
    for play in playbook.plays:
        page.pills(StateKeys.SEGMENT).set_value(play.segment).run()
        assert not page.exception
        assert plain(play.lines[Aspect.ANGLE].text) in text_of(page)
        assert f"**{play.customers:,}** customers" in text_of(page)
        assert not page.text_area
    [table] = [block.proto.body for block in page.get("html") if "<table" in block.proto.body]
    for row in at_a_glance(playbook, view.names, {}):
        assert all(html.escape(told) in table for told in (row.name, row.goal, row.people, row.hold_out))


def test_what_a_line_rests_on_is_drawn_when_it_is_unfolded(page: AppTest) -> None:
    folded = "**How to test it**"
    assert folded not in text_of(page)
    page.session_state["play_more"] = True
    page.run()
    assert not page.exception
    assert folded in text_of(page)


def test_a_line_is_edited_in_place_and_brought_back(page: AppTest) -> None:
    page.toggle(EDITING).set_value(True).run()
    generated, key = goal_of(page), f"play_0_{Aspect.GOAL}"
    page.text_area(key).set_value("Invite <b>them</b> to the shop.").run()
    assert goal_of(page) == "Invite <b>them</b> to the shop."
    assert any(caption.value.startswith("Yours. Generated:") for caption in page.caption)
    page.pills(StateKeys.SEGMENT).set_value(1).run().pills(StateKeys.SEGMENT).set_value(0).run()
    assert goal_of(page) == "Invite <b>them</b> to the shop."
    page.text_area(key).set_value("").run()
    assert goal_of(page) == generated
    assert len(versions_of(workspace(), 0, Aspect.GOAL)) == 2
    assert "back to the generated text" in text_of(page)


def test_a_bolder_lift_changes_how_many_are_held_out(page: AppTest) -> None:
    run = the_run()
    view = latest.view(run, run.suggestion.k)
    page.selectbox("playbook_lift").set_value(BOLD).run()
    assert not page.exception
    bold = plays.playbook(view, BOLD).plays[0].figures.test
    plain_lift = plays.playbook(view, LIFT).plays[0].figures.test
    assert bold
    assert plain_lift
    assert bold.target > plain_lift.target


def test_plays_are_still_read_where_the_files_are_newer(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {one.value for one in page.markdown}
    monkeypatch.setattr(latest, "is_current", lambda run: False)
    page.run()
    assert "newest files" in page.info[0].proto.title
    assert {one for one in read if one.startswith("**Goal**")} <= {one.value for one in page.markdown}
    assert FILES_BUTTON not in [button.key for button in page.button]
    assert not page.get("download_button")


def test_plays_that_nobody_looked_at_wait_for_new_segments(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    segmented.run()
    monkeypatch.setattr(latest, "is_current", lambda run: False)
    page = segmented.switch_page(PLAYBOOK).run()
    assert "waits for new segments" in page.info[0].proto.title


def test_making_the_files_holds_out_what_the_test_asks_for(page: AppTest) -> None:
    run = the_run()
    play = plays.playbook(latest.view(run, run.suggestion.k), LIFT).plays[0]
    test = play.figures.test
    assert test is not None
    page.button(FILES_BUTTON).click().run()
    assert not page.exception
    share = chosen_share(workspace())
    assert share == hold_out_share(play) > 0
    assert round(share * test.customers) >= test.held_out
    assert f"{play.customers:,} customers" in text_of(page)


@pytest.mark.parametrize(
    ("channel", "platform"),
    [("E-mail.", None), ("Ads on Meta and by post", Platform.META), ("Mailchimp", Platform.MAILCHIMP)],
)
def test_a_channel_may_name_its_platform(channel: str, platform: Platform | None) -> None:
    assert platform_of(channel) == platform


def _all_plays(hold_out: str) -> None:
    from pages.act.playbook.all_plays import all_plays
    from segmentation.action.playbook import Glance

    all_plays([Glance(0, "Best", "Keep", "9", "", "None yet", hold_out, "")], "Customers", "", chosen=0)


@pytest.mark.parametrize(("hold_out", "titles"), [("–", []), ("4", ["Hold out", "Finds a rise"])])
def test_hold_outs_have_no_columns_where_nothing_is_known_of_them(hold_out: str, titles: list[str]) -> None:
    [table] = folding_tables(AppTest.from_function(_all_plays, args=(hold_out,)).run())
    assert table.columns.tolist() == ["Segment", "Goal", "Customers", "Offer", *titles]
