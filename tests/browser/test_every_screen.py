"""Every screen with segments in a real browser: no sideways scrolling, nothing blocked, no user text run.

The shop's file name, columns, values and customer numbers are what an attacker would type.
"""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import DATA, EXPLORE, FILES, OVERVIEW, SECTIONS, TRUST
from tests.browser.conftest import CUSTOMERS, FORMULA, HOSTILE, expect_only_text
from tests.browser.helpers import (
    draw_on_map,
    drop_in,
    expect_name,
    place_of_map,
    press_download,
    rename,
    visit,
)

FITS = """width => innerWidth === width
    && [document.documentElement, document.querySelector('[data-testid=stMain]')]
        .every(box => box.scrollWidth === box.clientWidth)"""


def address_of(path: str) -> str:
    """Give the address of a screen below the server's; the first screen's leads to the root."""
    return Path(path).stem


def open_screen(page: Page, shop: str, path: str, query: str = "") -> None:
    """Open a screen and wait until it is drawn."""
    page.goto(f"{shop}/{address_of(path)}{query}")
    expect_drawn(page)


def expect_drawn(page: Page) -> None:
    """Wait until the screen is drawn."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def follow_in_sidebar(page: Page, name: str) -> None:
    """Press a screen's name in the sidebar."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()


def hover_a_customer(page: Page) -> None:
    """Move over the map until it says who is there."""
    plane = place_of_map(page)
    for step in range(400):
        u, v = step % 20 / 20, step // 20 / 20
        page.mouse.move(plane["x"] + u * plane["width"], plane["y"] + v * plane["height"])
        if page.locator(".note").is_visible():
            return


def hover_a_point(page: Page, chart: str) -> None:
    """Point at the marks of a chart until it says who one is: a mark moves while its fold opens."""
    points = page.locator(f"{chart} .points path.point")
    for turn in range(40):
        points.nth(turn % points.count()).hover(force=True)
        with suppress(AssertionError):
            expect(page.locator(".hoverlayer .hovertext").first).to_be_visible(timeout=500)
            return


def test_every_screen_fits_its_window_says_its_name_and_shows_user_text_as_text(
    guarded: Page, shop: str
) -> None:
    open_screen(guarded, shop, OVERVIEW)
    for route in (route for routes in SECTIONS.values() for route in routes):
        follow_in_sidebar(guarded, route.title)
        expect(guarded).to_have_title(f"{route.title} · Tessera")
        expect_drawn(guarded)
        guarded.wait_for_load_state("networkidle")  # what draws the parts is fetched when the first is drawn
        for width in (900, 1440):
            guarded.set_viewport_size({"width": width, "height": 900})
            guarded.wait_for_function(FITS, arg=width)
        expect(guarded.get_by_test_id("stException")).to_have_count(0)
        expect_only_text(guarded)


def test_a_hostile_name_and_customer_are_only_text(guarded: Page, shop: str) -> None:
    open_screen(guarded, shop, EXPLORE)
    rename(guarded, 0, HOSTILE)
    expect(guarded.locator("div.legend", has_text=HOSTILE)).to_be_visible()
    hover_a_customer(guarded)
    expect(guarded.locator(".note")).to_contain_text(HOSTILE)
    expect(guarded.locator(".place", has_text=HOSTILE)).to_be_visible()
    open_screen(guarded, shop, TRUST)
    guarded.locator(".st-key-trust_pair_open summary").click()
    expect(guarded.locator(".legendtext", has_text=HOSTILE).first).to_be_visible()
    hover_a_point(guarded, ".st-key-trust_pair")
    expect(guarded.locator(".hoverlayer .hovertext").first).to_contain_text(HOSTILE)
    open_screen(guarded, shop, FILES)
    assert press_download(guarded, 0).suggested_filename == "1-img-src-x-onerror-alert-1.csv"
    guarded.get_by_role("button", name="Audience").filter(visible=True).first.click()
    expect(guarded.get_by_role("dialog").get_by_text(HOSTILE)).to_be_visible()


def test_a_lasso_lists_its_customers(guarded: Page, shop: str) -> None:
    open_screen(guarded, shop, EXPLORE)
    draw_on_map(guarded, "box", [(0.005, 0.005), (0.995, 0.995)])
    expect(guarded.get_by_text(f"{CUSTOMERS} of {CUSTOMERS} customers inside your outline")).to_be_visible()
    with guarded.expect_download() as started:
        guarded.get_by_role("button", name="Download these customers (CSV)").click()
    with started.value.path().open(encoding="utf-8-sig", newline="") as file:
        circled = [row["customer_id"] for row in csv.DictReader(file)]
    assert len(circled) == CUSTOMERS
    assert {f"'{FORMULA}", f"{HOSTILE}1"} <= set(circled)


def test_a_file_that_cannot_be_read_is_explained_and_nothing_is_lost(
    guarded: Page, shop: str, tmp_path: Path
) -> None:
    broken = tmp_path / f"{HOSTILE} broken.csv"
    broken.write_bytes(bytes(range(256)) * 40)
    open_screen(guarded, shop, DATA)
    drop_in(guarded, broken)
    message = guarded.get_by_test_id("stAlert")
    expect(message).to_contain_text(f"{HOSTILE} broken.csv")
    expect(message).not_to_contain_text("Traceback")
    expect(guarded.locator("[class*='st-key-file_'] summary")).to_have_count(2)
    open_screen(guarded, shop, EXPLORE)
    expect_name(guarded, 1, re.compile("."))


@pytest.mark.parametrize("path", [EXPLORE, pytest.param(FILES, marks=pytest.mark.slow)])
def test_a_direct_link_to_a_fresh_server_opens_that_screen_and_home_says_what_to_do(
    visitor: Page, tmp_path: Path, path: str
) -> None:
    with visit(visitor, tmp_path / "home", address_of(path)):
        expect(visitor.get_by_text("Nothing to show yet")).to_be_visible()
        expect(visitor.get_by_role("link", name="Go to your data")).to_be_visible()
        expect(visitor.get_by_role("dialog")).to_have_count(0)
        expect(visitor.get_by_text("Page not found")).to_have_count(0)
        answer = visitor.goto(visitor.url.rpartition("/")[0])
        assert answer is not None
        assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
        expect(visitor.get_by_role("heading", name="Drop in your shop's exports")).to_be_visible()
        expect(visitor.get_by_role("button", name="Try the sample shop")).to_be_visible()
        expect(visitor).to_have_title("Data · Tessera")
