"""A screen for all eyes and hands: what axe finds, in both themes, and names for all pictures."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

HINDERS = ("moderate", "serious", "critical")
# Streamlit's own, which cannot be mended from outside.
EXCUSED = {
    "list": "the sidebar's navigation lays boxes between a list and its items",
    "listitem": "the same",
    "svg-img-alt": "the marks in the small charts of its metrics, drawn by Vega",
}
Scheme = Literal["light", "dark"]
IS_DARK = """dark => dark === getComputedStyle(document.querySelector("[data-testid=stApp]"))
    .backgroundColor.match(/\\d+/g).every(part => part < 128)"""
NAMELESS = "[data-testid=stPlotlyChart]:not(:has([aria-label])):not([aria-label])"
# Words of charts beside their marks, whose ink axe does not weigh: those that the page makes too pale.
PALE = """least => {
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const bright = (colour) => colour.map((part) => part / 255)
        .map((part) => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], .05);
    const page = parts(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
    const contrast = (one) => {
        const { fill, fillOpacity } = getComputedStyle(one);
        const [ink, seen] = [parts(fill), Number(fillOpacity)];
        const both = [page, page.map((part, place) => part + (ink[place] - part) * seen)].map(bright);
        return Math.max(...both) / Math.min(...both);
    };
    return [...document.querySelectorAll("[data-testid=stMain] svg text")]
        .filter((one) => one.textContent.trim() && one.checkVisibility())
        .filter((one) => !one.matches(".heatmap-label text, .bartext-inside") && contrast(one) < least)
        .map((one) => one.textContent);
}"""
LEAST_CONTRAST = 4.5
RULES: dict[str, object] = {
    "rules": {rule: {"enabled": False} for rule in EXCUSED},
    "resultTypes": ["violations"],
}
# What a theme can change: it gives other colours to the same elements.
OF_COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SCHEMES: dict[Scheme, dict[str, object]] = {"light": RULES, "dark": OF_COLOURS}


def drawn(page: Page) -> None:
    """Wait until everything on a screen is drawn."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def faults(page: Page, rules: dict[str, object] = RULES) -> list[str]:
    """Name what axe finds moderate or worse."""
    found = Axe().run(page, options=rules).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"
        for one in found
        if one["impact"] in HINDERS
        for node in one["nodes"]
    ]


def pale(page: Page) -> list[str]:
    """Read the words of charts that are too pale for the page they stand on."""
    return list(page.evaluate(PALE, LEAST_CONTRAST))


def expect_scheme(page: Page, scheme: Scheme) -> None:
    """Wait until the app is drawn in light or dark colours."""
    page.wait_for_function(IS_DARK, arg=scheme == "dark")
    drawn(page)


def test_the_page_for_unknown_addresses_too(visitor: Page, sample_shop: str) -> None:
    for scheme, rules in SCHEMES.items():
        visitor.emulate_media(color_scheme=scheme)
        visitor.goto(f"{sample_shop}/nowhere")
        assert faults(visitor, rules) == []
