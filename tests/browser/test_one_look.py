"""What a screen shows before anything is unfolded: few words, and on a phone no endless page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.shell.routes import PATHS
from tests.browser.test_accessible import drawn
from tests.browser.test_every_screen import address_of, open_screen

MOST_WORDS, HIGHEST = 250, 5_000
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


def words(page: Page) -> int:
    """Count the words on screen beside the navigation and the labels within charts."""
    charts = page.get_by_test_id("stMain").locator("svg text").all_text_contents()
    return len(page.get_by_test_id("stMain").inner_text().split()) - len(" ".join(charts).split())


@pytest.mark.parametrize("path", PATHS)
def test_it_says_little_before_anything_is_unfolded(visitor: Page, sample_shop: str, path: str) -> None:
    open_screen(visitor, sample_shop, path)
    drawn(visitor)
    assert words(visitor) <= MOST_WORDS


@pytest.mark.parametrize("path", PATHS)
def test_it_is_not_endless_on_a_phone_with_many_segments(visitor: Page, sample_shop: str, path: str) -> None:
    visitor.set_viewport_size({"width": 420, "height": 900})
    visitor.goto(f"{sample_shop}/{address_of(path)}?k=12")
    visitor.get_by_role("heading", level=1).wait_for()
    visitor.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    drawn(visitor)
    assert visitor.evaluate(HEIGHT) < HIGHEST
