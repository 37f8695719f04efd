"""The lines of the segments in a real browser: a name typed, a way to the people, nothing cut at any k."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.browser.helpers import (
    expect_cards,
    expect_map,
    expect_name,
    move_slider,
    painted_k,
    rename,
    visit,
)

PARTS = ".line .name, .line .chip, .line .badge, .line button"
CUT = """parts => [...document.querySelectorAll('*')]
    .flatMap(one => one.shadowRoot ? [...one.shadowRoot.querySelectorAll(parts)] : [])
    .filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 3)
    .map(one => one.value ?? one.textContent)"""
LONG = "Those who come every spring and buy for the whole family 2024"


def expect_large_map(page: Page) -> None:
    """Expect the map to take two fifths of a first screen of 1440 × 900."""
    plane = page.locator(".plane").bounding_box()
    assert plane is not None
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    assert plane["width"] * (min(plane["y"] + plane["height"], 900) - plane["y"]) >= 0.4 * 1440 * 900


def expect_names_apart(page: Page, k: int) -> None:
    """Expect the name of every segment within the map, and none over another."""
    plane = page.locator(".plane").bounding_box()
    boxes = [box for one in page.locator(".place").all() if (box := one.bounding_box())]
    assert plane is not None and len(boxes) == k
    for at, one in enumerate(boxes):
        assert plane["x"] <= one["x"] and one["x"] + one["width"] <= plane["x"] + plane["width"]
        for other in boxes[:at]:
            aside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            above = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
            assert aside or above


@pytest.fixture
def home(tmp_path: Path, shared_data: Path) -> Path:
    """Give the home folder of a table of customers, in 2 to 12 segments."""
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, shared_data / "mall-customers" / "Mall_Customers.csv")
        find_segments(workspace, RunOptions(model="none", resamples=2, resamples_of_suggested=2))
    return tmp_path / "home"


def test_names_ways_and_widths(home: Path, visitor: Page) -> None:
    with visit(visitor, home, "explore"):
        expect_cards(visitor, painted_k(visitor))
        expect_large_map(visitor)
        move_slider(visitor, "End")
        expect_cards(visitor, 12)
        expect_map(visitor, 12)
        expect_names_apart(visitor, 12)
        rename(visitor, 3, LONG)
        expect(visitor.locator("div.legend", has_text=LONG[:60])).to_be_visible()
        for width in (1440, 900, 420):
            visitor.set_viewport_size({"width": width, "height": 900})
            visitor.wait_for_timeout(500)
            assert visitor.evaluate(CUT, PARTS) == []
        rename(visitor, 3, "")
        expect_name(visitor, 3, re.compile("[Ii]ncome|[Ss]pending|[Aa]ge|Mixed|All-rounders"))
        visitor.get_by_role("button", name="People").nth(3).click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Profile")
        expect(visitor.get_by_test_id("stException")).to_have_count(0)
        visitor.go_back()
        expect_cards(visitor, 12)
        visitor.get_by_role("button", name="What to do").nth(2).click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Playbook")
