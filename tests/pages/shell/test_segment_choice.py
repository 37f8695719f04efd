"""The choice of a segment for a client that says nothing of its widgets."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell.routes import PROFILE
from pages.shell.workspace import StateKeys
from segmentation.charts.figures import style_of


def page() -> None:
    import streamlit as st

    from pages.shell.segment_choice import choose_segment
    from tests.pages.helpers import the_run

    st.write(str(choose_segment(the_run())))


def test_the_first_segment_is_taken_where_none_is_said(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    pills = st.pills

    def silent(*arguments: Any, key: str, **options: Any) -> None:
        pills(*arguments, key=f"{key}_elsewhere", **options)
        st.session_state[key] = None

    monkeypatch.setattr(st, "pills", silent)
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert app.markdown[-1].value.endswith(", 0)")


def test_the_segment_stays_where_there_are_too_many_to_lie_side_by_side(segmented: AppTest) -> None:
    page = segmented.switch_page(PROFILE).run()
    page.selectbox("_profile_k").set_value(4).run()
    page.pills(StateKeys.SEGMENT).set_value(2).run()
    page.selectbox("_profile_k").set_value(9).run()
    assert page.selectbox(StateKeys.SEGMENT).value == 2
    page.selectbox(StateKeys.SEGMENT).set_value(3).run()
    page.selectbox("_profile_k").set_value(4).run()
    assert page.pills(StateKeys.SEGMENT).value == 3
    assert not page.exception


def test_the_marks_of_the_pills_have_the_colours_of_their_segments(segmented: AppTest) -> None:
    page = segmented.switch_page(PROFILE).run()
    page.selectbox("_profile_k").set_value(3).run()
    styles = "".join(element.proto.body for element in page.get("html"))
    for place in range(3):
        rule = f"button:nth-of-type({place + 1}) p::first-letter {{color: {style_of(place).colour}}}"
        assert rule in styles
