"""The address in a real browser: it holds what is looked at and "Back" leads back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from pages.shell.routes import EXPLORE, PROFILE
from tests.browser.helpers import expect_map, move_slider
from tests.browser.test_every_screen import address_of, follow_in_sidebar, open_screen


def test_a_reload_keeps_the_view_and_back_leads_to_the_page_before(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, EXPLORE)
    move_slider(visitor, "Home")
    expect(visitor).to_have_url(re.compile(r"explore\?k=2$"))
    move_slider(visitor, "End")
    expect(visitor).to_have_url(re.compile(r"explore\?k=4$"))
    visitor.reload()
    expect_map(visitor, 4)
    follow_in_sidebar(visitor, "Profile")
    expect(visitor).to_have_url(re.compile(r"profile\?k=4&segment=1$"))
    visitor.go_back()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Explore")
    expect_map(visitor, 4)


def test_a_link_opens_one_segment_of_so_many(visitor: Page, shop: str) -> None:
    visitor.goto(f"{shop}/{address_of(PROFILE)}?k=3&segment=2")
    chosen = visitor.get_by_test_id("stMain").get_by_role("radio", checked=True)
    expect(chosen).to_have_text(re.compile(r"\b2\b"))
    visitor.get_by_test_id("stMain").get_by_role("radio").nth(2).click()
    expect(visitor).to_have_url(re.compile(r"profile\?k=3&segment=3$"))


def test_a_link_opens_a_tab_of_the_profile(visitor: Page, shop: str) -> None:
    visitor.goto(f"{shop}/{address_of(PROFILE)}?k=3&segment=2&tab=Who+they+are")
    expect(visitor.get_by_role("tab", name="Who they are")).to_have_attribute("aria-selected", "true")
    visitor.get_by_role("tab", name="What to tell them").click()
    expect(visitor).to_have_url(re.compile(r"k=3&segment=2&tab=What(\+|%20)to(\+|%20)tell(\+|%20)them$"))
    expect(visitor.get_by_text("Message angle")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("Message angle")).to_be_visible()
    follow_in_sidebar(visitor, "Explore")
    expect(visitor).to_have_url(re.compile(r"explore\?k=3$"))


def test_an_address_that_leads_nowhere_is_explained_and_leads_on(visitor: Page, shop: str) -> None:
    answer = visitor.goto(f"{shop}/customers/ann?k=3")
    assert answer is not None
    assert answer.status == 404
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    expect(visitor.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    visitor.get_by_role("link", name="Profile").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Profile")
