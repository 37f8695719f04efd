"""Every page of the navigation opens on a machine where nobody has uploaded anything."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import PATHS, SECTIONS
from tests.pages.helpers import ROOT


@pytest.mark.parametrize("path", PATHS)
def test_it_opens_empty(app: AppTest, path: str) -> None:
    app.run().switch_page(path).run()
    assert not app.exception
    assert len(app.title) == 1
    assert "No data yet" in app.sidebar.caption[0].value
    assert "Everyone who opens this address shares this workspace" in app.sidebar.caption[0].value


def test_no_script_lies_directly_in_pages() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []


def test_every_page_about_segments_leads_on_to_another_one(segmented: AppTest) -> None:
    segmented.run()
    for route in SECTIONS["Segment"]:
        segmented.switch_page(route.path).run()
        assert not segmented.exception
        onward = [link.proto.label for link in segmented.get("page_link")]
        assert [label for label in onward if not label.startswith("Back")], route.title
