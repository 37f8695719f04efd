"""Every screen before anything is unfolded: few words, nothing that hinders, no endless page on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import EXPLORE, PATHS, PLAYBOOK
from tests.browser.test_accessible import NAMELESS, SCHEMES, drawn, expect_scheme, faults, pale
from tests.browser.test_every_screen import open_screen

MOST_WORDS, HIGHEST = 250, 5_000
LISTS = {PLAYBOOK: ".folding tbody tr", EXPLORE: ".line textarea"}
# Elements of our own, in which nothing is to be pushed sideways.
SIDEWAYS = """() => [...document.querySelectorAll("[data-testid=stMain] *")]
    .flatMap(({ shadowRoot: root }) => root ? [...root.querySelectorAll("*")] : [])
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
    .map((one) => one.className)"""
# Folded cells of which the last line holds fewer than one less than the others would make of it.
UNEVEN = """() => [...document.querySelectorAll("[data-testid=stMain] *")]
    .flatMap(({ shadowRoot: root }) => root ? [...root.querySelectorAll(".folded tbody tr")] : [])
    .map((row) => Map.groupBy(row.querySelectorAll("td[data-of]"), (cell) => cell.offsetTop))
    .map((lines) => [...lines.values()].map((cells) => cells.length))
    .filter((lengths) => lengths[0] - lengths.at(-1) >= lengths.length)"""
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
# Once the page has kept its height for half a second: charts follow the window by and by.
SETTLED = f"""async () => {{
    for (let [since, last] = [performance.now(), 0]; performance.now() - since < 500;) {{
        await new Promise((then) => setTimeout(then, 50));
        if ({HEIGHT} !== last) [since, last] = [performance.now(), {HEIGHT}];
    }}
}}"""


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
def test_of_many_segments_it_says_little_to_all_eyes_and_is_not_endless_on_a_phone(
    visitor: Page, sample_shop: str, path: str
) -> None:
    open_screen(visitor, sample_shop, path, "?k=12")
    if path in LISTS:
        expect(visitor.locator(LISTS[path])).to_have_count(12)
    drawn(visitor)
    assert words(visitor) <= MOST_WORDS
    expect(visitor.locator(NAMELESS)).to_have_count(0)
    for scheme, rules in SCHEMES.items():
        visitor.emulate_media(color_scheme=scheme)
        expect_scheme(visitor, scheme)
        assert faults(visitor, rules) == []
        assert pale(visitor) == []
    visitor.set_viewport_size({"width": 420, "height": 900})
    visitor.evaluate(SETTLED)
    drawn(visitor)
    assert visitor.evaluate(HEIGHT) < HIGHEST
    assert words(visitor) <= MOST_WORDS
    assert visitor.evaluate(SIDEWAYS) == []


def test_cells_that_are_folded_fill_their_lines(visitor: Page, sample_shop: str) -> None:
    visitor.set_viewport_size({"width": 420, "height": 900})
    for k in (6, 7):
        open_screen(visitor, sample_shop, EXPLORE, f"?k={k}")
        expect(visitor.locator(f".folded[data-k='{k}'] tbody tr").first).to_be_visible()
        assert visitor.evaluate(UNEVEN) == []


def test_beside_the_snake_plot_a_table_of_three_segments_is_whole(visitor: Page, sample_shop: str) -> None:
    open_screen(visitor, sample_shop, EXPLORE, "?k=3")
    expect(visitor.locator(".frame[data-k='3'] tbody tr").first).to_be_visible()
    expect(visitor.locator(".frame.folded")).to_have_count(0)
