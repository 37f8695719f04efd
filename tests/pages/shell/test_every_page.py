"""Every page of the navigation opens on a machine where nobody has uploaded anything."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import latest
from pages.shell.routes import PATHS, SECTIONS, Route
from pages.shell.words import WORD_JOINER
from tests.pages.helpers import ROOT, forget_caches


@pytest.mark.parametrize("route", [route for routes in SECTIONS.values() for route in routes])
def test_it_opens_empty_with_a_heading_and_an_address_like_its_name(app: AppTest, route: Route) -> None:
    app.switch_page(route.path).run()
    assert not app.exception
    assert [title.value for title in app.title] == [route.title]
    assert Path(route.path).stem == route.title.lower().replace(" ", "_")
    assert "No data yet" in app.sidebar.caption[0].value
    assert "Everyone who opens this address shares this workspace" in app.sidebar.caption[0].value


def test_no_script_lies_directly_in_pages() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []


def test_every_page_about_segments_leads_on_to_another_one(segmented: AppTest) -> None:
    segmented.run()
    for route in SECTIONS["Segments"]:
        segmented.switch_page(route.path).run()
        assert not segmented.exception
        onward = [link.proto.label for link in segmented.get("page_link")]
        assert [label for label in onward if not label.startswith("Back")], route.title


def test_what_is_no_markdown_is_not_escaped(segmented: AppTest) -> None:
    segmented.run()
    latest.rename(0, "camping & tent (new)")
    for path in PATHS:
        segmented.switch_page(path).run()
        assert not segmented.exception, path
        offered = [option for box in (*segmented.selectbox, *segmented.multiselect) for option in box.options]
        assert not [option for option in offered if "\\" in option or WORD_JOINER in option], path


def test_who_comes_lands_on_data_and_once_there_are_segments_on_overview(
    app: AppTest, home_with_segments: Path, tmp_path: Path
) -> None:
    assert app.run().title[0].value == "Data"
    forget_caches()
    shutil.rmtree(tmp_path / "home")
    shutil.copytree(home_with_segments, tmp_path / "home")
    assert app.run().title[0].value == "Data"
    later = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    assert later.run().title[0].value == "Overview"
