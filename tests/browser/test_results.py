"""A campaign read back in a real browser: what it brought, when it cannot be told, and the next play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import PLAYBOOK, RESULTS
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.browser.helpers import follow, serve
from tests.browser.test_every_screen import open_screen
from tests.campaigns import Plan, Planted, plant

PLAN = Plan(sizes=(400, 300), rates=(0.15, 0.05), lifts=(0.15, 0.0), share=0.3)
DROP = ".st-key-results_drop"


@dataclass(frozen=True)
class Shop:
    """Where the server is, and what was planted in its shop."""

    address: str
    found: Planted
    folder: Path


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Give a shop with a campaign that was sent, and orders of the two weeks after."""
    folder = tmp_path_factory.mktemp("results")
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        found = plant(workspace, folder, PLAN)
        find_segments(
            workspace, RunOptions(k_range=(2, 2), model="none", resamples=2, resamples_of_suggested=2)
        )
    with serve(folder / "home") as where:
        yield Shop(where, found, folder)


def at_rest(page: Page) -> None:
    """Wait until the page is drawn."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def drop(page: Page, path: Path) -> None:
    """Unfold the drop zone and drop a file."""
    fold = page.locator(f"{DROP} summary")
    if not page.locator(f"{DROP} details[open]").count():
        fold.click()
    page.locator(DROP).get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)


def test_what_it_brought_is_told_kept_and_said_in_the_playbook(visitor: Page, shop: Shop) -> None:
    open_screen(visitor, shop.address, RESULTS)
    brought = re.compile(r"It brought orders:.*\+[\d.]+ points, [\d.]+ to [\d.]+")
    expect(visitor.get_by_text(brought)).to_be_visible()
    expect(visitor.get_by_text("More customers ordered")).to_be_visible()
    expect(
        visitor.locator(".js-plotly-plot .yaxislayer-above text, .js-plotly-plot .ytick text")
    ).to_have_count(3)
    visitor.get_by_role("button", name="Keep for the playbook").click()
    expect(
        visitor.get_by_text(re.compile("Kept for the playbook: sent on 9 Mar 2024, 14 days"))
    ).to_be_visible()
    follow(visitor, "See the playbook")
    expect(visitor.get_by_role("heading", level=1, name="Playbook")).to_be_visible()
    expect(visitor.get_by_text(re.compile(r"Last time \+[\d.]+ points")).first).to_be_visible()


def test_an_open_window_shows_counts_alone(visitor: Page, shop: Shop) -> None:
    open_screen(visitor, shop.address, RESULTS)
    visitor.get_by_role("radio", name="30").or_(
        visitor.get_by_role("button", name="30", exact=True)
    ).first.click()
    expect(visitor.get_by_text(re.compile("before the window does"))).to_be_visible()
    expect(visitor.get_by_text("Ordered so far, both")).to_be_visible()
    expect(visitor.get_by_text(re.compile("It brought orders"))).to_have_count(0)


def test_a_hold_out_that_was_written_to_is_refused_with_how_many(visitor: Page, shop: Shop) -> None:
    people = shop.found.people
    held = people[people["held"]].index[:5]
    sent = ~people["held"] | people.index.isin(held)
    path = shop.folder / "sent.csv"
    people.assign(sent=sent.map({True: "yes", False: "no"}), ordered=0)[
        ["customer_id", "sent", "ordered"]
    ].to_csv(path, index=False)
    open_screen(visitor, shop.address, RESULTS)
    drop(visitor, path)
    expect(visitor.get_by_text(re.compile("5 of those held out were sent it all the same"))).to_be_visible()
    expect(visitor.get_by_text("No difference can be told")).to_be_visible()


def test_what_it_cost_gives_what_is_left(visitor: Page, shop: Shop) -> None:
    open_screen(visitor, shop.address, RESULTS)
    visitor.locator(f"{DROP} summary").click()
    box = visitor.get_by_role("spinbutton", name="What the campaign cost in all")
    box.fill("50")
    box.press("Enter")
    at_rest(visitor)
    expect(visitor.get_by_text("Revenue less its cost")).to_be_visible()


def test_the_playbook_is_where_it_leads(visitor: Page, shop: Shop) -> None:
    open_screen(visitor, shop.address, PLAYBOOK)
    expect(visitor.get_by_text("Hold out").first).to_be_visible()
