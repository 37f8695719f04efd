"""What is looked at is in the address, and comes from there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.address.looked_at import of_segment
from pages.shell.routes import EXPLORE, FILES, PROFILE, RFM_TIERS, TRUST
from pages.shell.workspace import StateKeys
from tests.pages.helpers import the_run


def open_at(app: AppTest, path: str, **asked: str) -> AppTest:
    """Open a page by a link."""
    app.switch_page(path)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("path", [EXPLORE, PROFILE, TRUST, RFM_TIERS, FILES])
def test_a_link_opens_as_many_segments(segmented: AppTest, path: str) -> None:
    open_at(segmented, path, k="7")
    assert segmented.session_state[StateKeys.K] == 7
    assert segmented.query_params["k"] == "7"


def test_the_address_follows_the_slider_and_is_no_wish_of_its_own(segmented: AppTest) -> None:
    open_at(segmented, TRUST, k="4")
    segmented.select_slider(key=StateKeys.K).set_value(6).run()
    assert segmented.query_params["k"] == "6"
    segmented.switch_page(PROFILE).run()
    assert segmented.session_state[StateKeys.K] == 6
    assert segmented.query_params["k"] == "6"


def test_a_link_opens_a_segment_and_another_choice_goes_into_the_address(segmented: AppTest) -> None:
    open_at(segmented, PROFILE, **of_segment(5, 3))
    assert segmented.pills(StateKeys.SEGMENT).value == 3
    segmented.pills(StateKeys.SEGMENT).set_value(1).run()
    assert segmented.query_params["segment"] == "2"
    assert segmented.query_params["k"] == "5"


@pytest.mark.parametrize("garbage", ["", "0", "-1", "99", "4.5", "four", "<b>4</b>", "٤", "9" * 6_000])
def test_what_is_not_offered_is_ignored(segmented: AppTest, garbage: str) -> None:
    open_at(segmented, PROFILE, k=garbage, segment=garbage)
    run = the_run()
    assert segmented.query_params["k"] == str(run.suggestion.k)
    assert segmented.query_params["segment"] == "1"
    assert segmented.pills(StateKeys.SEGMENT).value == 0
