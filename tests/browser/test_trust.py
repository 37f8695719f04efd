"""Trust in a real browser: odd sizes mended by a press, and other settings tried as a job with a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import TRUST
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.browser.helpers import move_slider, serve
from tests.browser.test_every_screen import open_screen


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server with two groups of customers and a loner, one of three segments."""
    folder, rng = tmp_path_factory.mktemp("trust"), np.random.default_rng(0)
    points = np.array([[20.0, 100.0]] * 50 + [[60.0, 200.0]] * 50) + rng.normal(size=(100, 2)) * [3, 8]
    points = np.vstack([points, [20.0, 900.0]])
    lines = [f"c{number},{visits:.0f},{score:.0f}" for number, (visits, score) in enumerate(points)]
    path = folder / "customers.csv"
    path.write_text("\n".join(["customer_id,visits,points", *lines]), encoding="utf-8")
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, path)
        find_segments(
            workspace, RunOptions(k_range=(2, 3), model="none", resamples=2, resamples_of_suggested=2)
        )
    with serve(folder / "home") as where:
        yield where


def test_odd_sizes_are_mended_with_one_press(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, TRUST)
    move_slider(visitor, "End")
    expect(visitor.get_by_text(re.compile("holds only 1.0% of your customers"))).to_be_visible()
    visitor.get_by_role("button", name="Show 2 segments instead").click()
    expect(visitor.get_by_text(re.compile("holds only"))).to_have_count(0)
    expect(visitor.get_by_text("2 (suggested)").first).to_be_visible()


def test_other_settings_are_tried_and_what_they_would_move_is_told(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, TRUST)
    visitor.locator(".st-key-trust_what_if_open summary").click()
    visitor.get_by_role("button", name="Try other settings").click()
    moved = visitor.get_by_text(re.compile(r"Leaving out “\w+” would move (nobody|[\d.]+% of customers)"))
    expect(moved).to_be_visible(timeout=60_000)
    expect(visitor.get_by_role("button", name="Try other settings")).to_have_count(0)
    expect(visitor.get_by_test_id("stException")).to_have_count(0)
