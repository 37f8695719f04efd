"""Whom to write to, taken away in a real browser: audience files and the win-back list, and their log."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from pages.shell.routes import EXPORT, RETAIN
from segmentation.action.outlook import look_ahead
from segmentation.intake.read import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace
from tests.browser.helpers import serve
from tests.browser.test_every_screen import open_screen

CUSTOMERS = 300
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server with the sample shop, on which somebody has looked ahead."""
    folder = tmp_path_factory.mktemp("act")
    write_csvs(folder, customers=CUSTOMERS, seed=5)
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        for name in ("customers.csv", "orders.csv"):
            load_file(workspace, folder / name)
        look_ahead(
            workspace,
            find_segments(
                workspace, RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)
            ),
        )
    with serve(folder / "home") as where:
        yield where


def download(page: Page, label: str) -> tuple[str, bytes]:
    """Press a download button; return the name of the file and what is in it."""
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV."""
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_an_audience_is_checked_taken_and_written_down(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, EXPORT)
    visitor.get_by_role("tab", name="Audience files").click()
    visitor.get_by_role("button", name="Check this audience").click()
    told = visitor.get_by_text(re.compile(r"^\d+ people of 300 customers"))
    expect(told).to_be_visible(timeout=60_000)
    people = int(told.inner_text().split()[0])
    name, content = download(visitor, "Download the audience")
    assert re.fullmatch(r"audience-all-\d{4}-\d\d-\d\d\.csv", name)
    assert not content.startswith(BYTE_ORDER_MARK)
    rows = rows_of(content)
    assert list(rows[0]) == ["email", "phone", "fn", "ln", "zip", "country"]
    assert len(rows) == people > 0
    assert all(re.fullmatch("[0-9a-f]{64}", row["email"]) for row in rows if row["email"])
    _, left_out = download(visitor, "Who was left out (CSV)")
    assert len(rows) + len(rows_of(left_out)) == CUSTOMERS
    expect_written_down(visitor, shop)


def test_the_win_back_list_is_taken_and_written_down(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, RETAIN)
    listed = visitor.get_by_text(re.compile(r"^\d+ customers are overdue"))
    expect(listed).to_be_visible()
    name, content = download(visitor, "Download the win-back list (CSV)")
    assert name == "win-back.csv"
    assert content.startswith(BYTE_ORDER_MARK)
    rows = rows_of(content)
    assert len(rows) == int(listed.inner_text().split()[0]) > 0
    assert all(float(row["overdue"]) >= 1 for row in rows if row["overdue"])
    expect_written_down(visitor, shop)


def expect_written_down(page: Page, shop: str) -> None:
    """Look whether the log has something, and nothing went wrong on the way to it."""
    open_screen(page, shop, EXPORT)
    page.get_by_role("tab", name="Handed over").click()
    expect(page.get_by_text("Every file that named customers.")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
