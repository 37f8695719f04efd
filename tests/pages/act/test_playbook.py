"""The playbook page: a play for each segment, edited in place, honest where something is missing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.act.playbook import kept as playbook_data
from pages.shell import latest
from pages.shell.latest import latest_run
from pages.shell.routes import PLAYBOOK
from pages.shell.workspace import StateKeys, workspace
from segmentation.action.playbook.edits import versions_of
from segmentation.action.playbook.play import LIFT, Aspect
from tests.pages.helpers import text_of


@pytest.fixture
def page(segmented: AppTest) -> AppTest:
    """Give the page of a small sample shop."""
    opened = segmented.run().switch_page(PLAYBOOK).run()
    assert not opened.exception
    return opened


def goal_of(page: AppTest, segment: int = 0) -> str:
    """Read the goal of the shown segment."""
    value = page.text_area(f"play_{segment}_{Aspect.GOAL}").value
    assert value is not None
    return value


def test_without_segments_it_says_what_is_missing(app: AppTest) -> None:
    app.run().switch_page(PLAYBOOK).run()
    assert "A play for each segment appears here" in app.info[0].value
    assert not app.exception


def test_each_segment_has_its_play(page: AppTest) -> None:
    run = latest_run()
    assert run is not None
    k = run.suggestion.k
    for play in playbook_data.playbook(latest.view(run, k), LIFT).plays:
        page.pills(StateKeys.SEGMENT).set_value(play.segment).run()
        assert not page.exception
        assert goal_of(page, play.segment) == play.lines[Aspect.GOAL].text
        assert f"**{play.customers:,}** customers" in text_of(page)
        assert "How to test it" in text_of(page)


def test_a_line_is_edited_in_place_and_brought_back(page: AppTest) -> None:
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


def test_a_bolder_lift_changes_the_test(page: AppTest) -> None:
    before = text_of(page)
    page.selectbox("playbook_lift").set_value(0.5).run()
    assert not page.exception
    assert text_of(page) != before


def test_changed_files_wait_for_new_segments(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latest, "is_current", lambda run: False)
    page.run()
    assert "waits for new segments" in page.info[0].proto.title
    assert not page.text_area
