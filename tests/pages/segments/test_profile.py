"""The profile: each segment explained, chosen here or from Explore, and honest where something is missing."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.shell.latest import latest_run
from pages.shell.routes import PROFILE
from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from tests.pages.helpers import text_of


def test_without_segments_it_says_what_is_missing(app: AppTest) -> None:
    app.run().switch_page(PROFILE).run()
    assert "Segments are explained here once you have added files" in app.info[0].value
    assert not app.exception


def test_each_segment_is_explained(segmented: AppTest) -> None:
    page = segmented.run().switch_page(PROFILE).run()
    run = latest_run()
    assert run is not None
    for segment, name in zip(
        run.cuts[run.suggestion.k].segments, run.names_at(run.suggestion.k), strict=True
    ):
        page.pills(StateKeys.SEGMENT).set_value(segment.label).run()
        assert not page.exception
        assert plain(name.replace("·", ""))[:5] in page.header[0].value
        assert f"**{segment.size:,}** customers" in text_of(page)
        assert {heading.value for heading in page.subheader} >= {
            "What sets it apart",
            "Its words and themes",
            "Its customers",
            "As a rule",
        }
