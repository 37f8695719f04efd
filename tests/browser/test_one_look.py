"""What a screen shows before anything is unfolded: few words, and on a phone no endless page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import EXPLORE, PATHS, PLAYBOOK
from tests.browser.test_accessible import drawn
from tests.browser.test_every_screen import open_screen

MOST_WORDS, HIGHEST = 250, 5_000
LISTS = {PLAYBOOK: ".folding tbody tr", EXPLORE: ".line textarea"}
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


# What has a letter is a word. Elements of our own keep theirs in a shadow root, and names in boxes.
WORDS = r"""() => {
    const main = document.querySelector("[data-testid=stMain]");
    const count = (...texts) => texts.join(" ").split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
    const shown = (all, read) => [...all].filter((one) => one.checkVisibility()).map(read);
    const within = [...main.querySelectorAll("*")].flatMap(({ shadowRoot: root }) =>
        root ? [
            ...shown(root.children, (one) => one.innerText),
            ...shown(root.querySelectorAll("textarea"), (one) => one.value),
        ] : []);
    const inMap = [...main.querySelectorAll("*")].flatMap(({ shadowRoot: root }) =>
        root ? shown(root.querySelectorAll(".place"), (one) => one.innerText) : []);
    const charts = shown(main.querySelectorAll("svg text"), (one) => one.textContent);
    return count(main.innerText, ...within) - count(...inMap, ...charts);
}"""


def words(page: Page) -> int:
    """Count the words on screen beside the navigation and the labels within charts and the map."""
    return int(page.evaluate(WORDS))


@pytest.mark.parametrize("path", PATHS)
def test_it_says_little_of_many_segments_before_anything_is_unfolded(
    visitor: Page, sample_shop: str, path: str
) -> None:
    open_screen(visitor, sample_shop, path, "?k=12")
    if path in LISTS:
        expect(visitor.locator(LISTS[path])).to_have_count(12)
    drawn(visitor)
    assert words(visitor) <= MOST_WORDS


@pytest.mark.parametrize("path", PATHS)
def test_it_is_not_endless_nor_wordy_on_a_phone_with_many_segments(
    visitor: Page, sample_shop: str, path: str
) -> None:
    visitor.set_viewport_size({"width": 420, "height": 900})
    open_screen(visitor, sample_shop, path, "?k=12")
    drawn(visitor)
    assert visitor.evaluate(HEIGHT) < HIGHEST
    assert words(visitor) <= MOST_WORDS
