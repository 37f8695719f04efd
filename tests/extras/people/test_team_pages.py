"""Screens that there are only where people sign in: for all eyes and hands, few words, no scrolling sideways.

One visit sees all of them, in both themes and at three widths.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pages.shell.routes import TEAM_PATHS
from segmentation.people import TeamRole
from tests.browser.test_accessible import SCHEMES, drawn, faults
from tests.browser.test_every_screen import FITS, address_of, open_screen
from tests.browser.test_one_look import HEIGHT, HIGHEST, MOST_WORDS, words
from tests.extras.people.conftest import Server, share, sign_in, unshare


def test_team_screens_hinder_nobody(someone: Callable[..., Page], server: Server) -> None:
    share(server, TeamRole.VIEWER)  # an invitation stands on the page
    try:
        page = someone("")
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()
            assert faults(page, rules) == []
        sign_in(page, server, "ann")
        for path in TEAM_PATHS:
            open_screen(page, server.address, path)
            drawn(page)
            for scheme, rules in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                assert faults(page, rules) == [], f"{address_of(path)} in {scheme}"
            for width in (1440, 900, 420):
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_function(FITS, arg=width)
                assert words(page) <= MOST_WORDS
            assert page.evaluate(HEIGHT) < HIGHEST
            assert faults(page) == [], f"{address_of(path)} on a phone"
            page.set_viewport_size({"width": 1440, "height": 900})
        ask_whether_to_remove(page, server)
    finally:
        unshare(server)


def ask_whether_to_remove(page: Page, server: Server) -> None:
    """Open the question before somebody is removed, and leave it."""
    open_screen(page, server.address, TEAM_PATHS[0])
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        assert faults(page, rules) == []
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
