"""Segments adopted, a newer file, who moved, and the list of who is new taken away, in a real browser."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import DATA, RUNS, WHO_MOVED
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, keep_number
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace
from tests.browser.helpers import SECONDS_FOR_A_JOB, drop_in, visit
from tests.browser.test_act import download, rows_of
from tests.browser.test_every_screen import open_screen

CUSTOMERS, K, LAST_MONTH = 300, 4, "2024-12-01"
HALF_A_ROW, RIGHT_OF_THE_MARK = 17.5, 58  # CSS pixels


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Give the orders of the last month, which are no part of the workspace in which segments were found."""
    write_csvs(tmp_path, customers=CUSTOMERS, seed=5)
    with (tmp_path / "orders.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for name, wanted in (("earlier", False), ("later", True)):
        with (tmp_path / f"{name}.csv").open("w", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(row for row in rows if (row["order_date"] >= LAST_MONTH) == wanted)
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as workspace:
        for name in ("customers.csv", "earlier.csv"):
            load_file(workspace, tmp_path / name)
        options = RunOptions(k_range=(2, K), model="none", resamples=2, resamples_of_suggested=2)
        find_segments(workspace, options)
        keep_number(workspace, K)
    return tmp_path / "later.csv"


def choose(page: Page, option: re.Pattern[str]) -> None:
    """Look at another cell; a list that opens while the page is still being drawn closes again."""
    app, offered = page.get_by_test_id("stApp"), page.get_by_role("option", name=option).first
    for _ in range(10):
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        page.get_by_role("combobox", name="Whom to look at").click()
        with suppress(AssertionError):
            expect(offered).to_be_visible(timeout=2_000)
            break
    offered.click()
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def click_who_stayed_in_the_first(page: Page) -> None:
    """Click the first name of the matrix, which stands for the cell on its diagonal."""
    matrix = page.locator(".st-key-movement_matrix canvas").first
    matrix.scroll_into_view_if_needed()
    place = matrix.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + RIGHT_OF_THE_MARK, place["y"] + 3 * HALF_A_ROW)
    chosen = page.get_by_role("combobox", name="Whom to look at")
    expect(chosen).to_have_value(re.compile("^Stayed in"))


def test_a_new_file_moves_people_in_adopted_segments_who_are_handed_over(visitor: Page, later: Path) -> None:
    with visit(visitor, later.parent / "home", "data"):
        shop = visitor.url.rpartition("/")[0]
        open_screen(visitor, shop, RUNS)
        visitor.get_by_role("button", name="Adopt these segments").click()
        expect(visitor.get_by_text(re.compile(f"{K} segments, adopted on"))).to_be_visible()
        expect(visitor.get_by_text("Unlike anybody").first).to_be_visible(timeout=SECONDS_FOR_A_JOB * 1000)
        open_screen(visitor, shop, DATA)
        drop_in(visitor, later)
        rows = len(later.read_text().splitlines()) - 1
        expect(visitor.get_by_text(f"Orders · {rows:,} rows")).to_be_visible(timeout=SECONDS_FOR_A_JOB * 1000)
        open_screen(visitor, shop, WHO_MOVED)
        summary = visitor.get_by_text(re.compile(r"customers of both days moved"))
        expect(summary).to_be_visible(timeout=SECONDS_FOR_A_JOB * 1000)
        expect(visitor.get_by_text(re.compile(r"Left: 30 Nov 2024; right: 3[01] Dec 2024"))).to_be_visible()
        expect(visitor.locator(".st-key-movement_flows .sankey-link").first).to_be_visible()
        click_who_stayed_in_the_first(visitor)
        choose(visitor, re.compile("^New in"))
        chosen = visitor.get_by_role("combobox", name="Whom to look at").input_value()
        visitor.get_by_role("button", name="Audience").filter(visible=True).first.click()
        dialog = visitor.get_by_role("dialog")
        expect(dialog.get_by_text(chosen.rpartition(" · ")[0])).to_be_visible()
        take = dialog.get_by_role("button", name=re.compile(r"Download \d+ (person|people) \(CSV\)"))
        expect(take).to_be_visible(timeout=SECONDS_FOR_A_JOB * 1000)
        name, content = download(visitor, take.inner_text().splitlines()[-1])
        assert re.match(r"moved-new-\d-crm-", name)
        assert {row["segment"] for row in rows_of(content)} == {name.split("-")[2]}
        listed = dialog.get_by_role("button", name=re.compile(r"All \d+ with customer ids"))
        assert re.findall(r"\d+", listed.inner_text())[0] == chosen.rpartition(" · ")[2]
