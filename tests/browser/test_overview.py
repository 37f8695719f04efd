"""The overview in a real browser: its buttons and bars lead to the page and the people that they speak of."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import OVERVIEW
from tests.browser.test_every_screen import open_screen


@pytest.fixture
def shop(shop_ahead: str) -> str:
    """Give the address of the sample shop on which the job has done all that it does."""
    return shop_ahead


def people_of(page: Page, deed: str) -> str:
    """Read how many people a card of this week speaks of."""
    told = page.locator(f".st-key-todo_{deed} [data-testid=stMetricValue]").inner_text()
    return told.split()[0]


def name_of(page: Page, deed: str) -> str:
    """Read which segment a card of this week speaks of."""
    return page.locator(f".st-key-todo_{deed} [data-testid=stMarkdown] strong").first.inner_text()


def press(page: Page, deed: str, heading: str) -> None:
    """Press the button of a card, and wait for the page that it leads to."""
    page.locator(f".st-key-do_{deed} button").click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    drawn = expect(page.get_by_test_id("stApp"))
    drawn.to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )  # a first view may be slow


def test_win_back_leads_to_the_list_of_as_many_people(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, OVERVIEW)
    people = people_of(visitor, "win_back")
    press(visitor, "win_back", "Win back")
    expect(visitor.get_by_text(re.compile(rf"\b{people} (people|customers?)\b")).first).to_be_visible()


def test_an_offer_leads_to_the_offers_of_that_segment(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, OVERVIEW)
    people, name = people_of(visitor, "offer"), name_of(visitor, "offer")
    press(visitor, "offer", "Offers")
    expect(visitor.get_by_test_id("stMain").get_by_text(name).first).to_be_visible()
    expect(visitor.get_by_text(re.compile(rf"\b{people} (people|customers?)\b")).first).to_be_visible()


def test_thanks_lead_to_the_play_of_that_segment(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, OVERVIEW)
    name = name_of(visitor, "thank")
    press(visitor, "thank", "Playbook")
    expect(visitor.get_by_role("heading", level=2, name=name)).to_be_visible()


def test_a_click_on_a_bar_opens_the_profile_of_its_segment(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, OVERVIEW)
    bars = visitor.locator(".st-key-overview_shares .barlayer .point")
    expect(bars.first).to_be_visible()
    bars.nth(1).scroll_into_view_if_needed()
    place = bars.nth(1).bounding_box()
    assert place is not None
    visitor.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(visitor.get_by_role("heading", level=1, name="Profile")).to_be_visible()
    expect(visitor.get_by_role("radio", name=re.compile(r"^\W*2 "), checked=True)).to_be_visible()
    visitor.go_back()
    expect(visitor.get_by_role("heading", level=1, name="Overview")).to_be_visible()  # and there it stays
    expect(visitor.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(visitor.get_by_role("heading", level=1, name="Overview")).to_be_visible()


def test_by_keyboard_too(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, OVERVIEW)
    visitor.get_by_role("combobox", name="Open the profile of").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        visitor.keyboard.press(key)
    expect(visitor.get_by_role("heading", level=1, name="Profile")).to_be_visible()
    expect(visitor.get_by_role("radio", name=re.compile(r"^\W*2 "), checked=True)).to_be_visible()
    visitor.go_back()
    expect(visitor.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(visitor.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(visitor.get_by_role("heading", level=1, name="Overview")).to_be_visible()
