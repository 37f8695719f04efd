"""Every screen for all eyes and hands: what axe finds, in both themes, and names for all pictures."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.shell.routes import PATHS
from tests.browser.test_every_screen import open_screen

HINDERS = ("moderate", "serious", "critical")
# Streamlit's own, which cannot be mended from outside.
EXCUSED = {
    "list": "the sidebar's navigation lays boxes between a list and its items",
    "listitem": "the same",
    "svg-img-alt": "the marks in the small charts of its metrics, drawn by Vega",
}
RULES = {"rules": {rule: {"enabled": False} for rule in EXCUSED}, "resultTypes": ["violations"]}


def drawn(page: Page) -> None:
    """Wait until everything on a screen is drawn."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def faults(page: Page) -> list[str]:
    """Name what axe finds moderate or worse."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"
        for one in found
        if one["impact"] in HINDERS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_that_hinders(
    visitor: Page, sample_shop: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    visitor.emulate_media(color_scheme=scheme)
    open_screen(visitor, sample_shop, path)
    drawn(visitor)
    assert faults(visitor) == []


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_has_a_name(visitor: Page, sample_shop: str, path: str) -> None:
    open_screen(visitor, sample_shop, path)
    drawn(visitor)
    nameless = visitor.locator("[data-testid=stPlotlyChart]:not(:has([aria-label])):not([aria-label])")
    expect(nameless).to_have_count(0)


def test_the_page_for_unknown_addresses_too(visitor: Page, sample_shop: str) -> None:
    for scheme in ("light", "dark"):
        visitor.emulate_media(color_scheme=scheme)
        visitor.goto(f"{sample_shop}/nowhere")
        assert faults(visitor) == []
