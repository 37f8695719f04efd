"""The profile: each segment explained, chosen here or from Explore, and honest where something is missing."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from pages.segments.profile.customers import EDGE
from pages.shell.latest import latest_run
from pages.shell.routes import PROFILE
from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from segmentation.action.playbook import LABELS, Aspect
from tests.pages.helpers import folding_tables, text_of


def test_without_segments_it_says_what_is_missing(app: AppTest) -> None:
    app.switch_page(PROFILE).run()
    assert "Segments are explained here once you have added files" in app.info[0].value
    assert not app.exception


def test_each_segment_is_explained(segmented: AppTest) -> None:
    page = segmented.switch_page(PROFILE).run()
    run = latest_run()
    assert run is not None
    for segment, name in zip(
        run.cuts[run.suggestion.k].segments, run.names_at(run.suggestion.k), strict=True
    ):
        page.pills(StateKeys.SEGMENT).set_value(segment.label).run()
        assert not page.exception
        assert plain(name.replace("·", ""))[:5] in page.header[0].value
        assert {metric.label: metric.value for metric in page.metric}["Customers"] == f"{segment.size:,}"
        assert "What sets it apart" in [heading.value for heading in page.subheader]
        [bars] = [json.loads(chart.proto.spec)["data"][0] for chart in page.get("plotly_chart")]
        sizes = [abs(effect) for effect in bars["x"]]
        assert 0 < len(sizes) <= 10
        assert sizes == sorted(sizes, reverse=True)


def test_each_tab_is_drawn_when_it_is_opened(segmented: AppTest) -> None:
    page = segmented.switch_page(PROFILE).run()
    assert not {"Theme", "Customer"} & {table.columns[0] for table in folding_tables(page)}
    page.session_state["tab"] = "What they say"
    page.run()
    assert [table.columns[0] for table in folding_tables(page)] == ["Theme"]
    assert "In what they buy and view" in text_of(page)
    page.session_state["tab"] = "Who they are"
    page.run()
    assert [table.columns[0] for table in folding_tables(page)] == ["Customer"]
    page.session_state["tab"] = "What to tell them"
    page.run()
    for aspect in (Aspect.ANGLE, Aspect.OFFER, Aspect.CHANNEL):
        assert f"**{LABELS[aspect]}**" in text_of(page)
    assert not page.exception


def test_spreads_rule_and_edge_are_drawn_once_they_are_asked_for(segmented: AppTest) -> None:
    page = segmented.switch_page(PROFILE).run()
    assert len(page.get("plotly_chart")) == 1
    assert not page.code
    for key in ("profile_spreads", "profile_rule"):
        page.session_state[key] = True
    page.session_state["tab"] = "Who they are"
    page.session_state["profile_customers"] = EDGE
    page.run()
    assert not page.exception
    assert len(page.get("plotly_chart")) > 1
    assert "SELECT" in page.code[0].value
    page.button("_count_rule").click().run()
    assert "It returns **" in text_of(page)
    assert any("Nearest other segment" in table for table in folding_tables(page))
