"""Whom to write to, taken away in a real browser: audience files and the win-back list, and their log."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from pages.shell.browser.either import FEW
from pages.shell.routes import FILES, OFFERS, OVERVIEW, PLAYBOOK, WIN_BACK
from tests.browser.helpers import SECONDS_FOR_A_JOB, follow, visit
from tests.browser.test_every_screen import FITS, open_screen

CUSTOMERS = 300
CSV, ZIP, HTML, PARQUET = b"\xef\xbb\xbf", b"PK\x03\x04", b"<!doctype html>", b"PAR1"
BUTTONS = {
    OFFERS: {
        "Offers per segment (CSV)": CSV + b"segment,segment_name,rank,offer,product_id,product,reason",
        "Offers per customer (CSV)": CSV + b"customer_id,segment,segment_name,rank,new_to_them,product_id",
    },
    WIN_BACK: {
        "Download the win-back list (CSV)": CSV + b"customer_id,segment,segment_name,reason,risk,if_stays",
        "All customers with value and risk (CSV)": CSV + b"customer_id,segment,segment_name,order_days",
    },
    PLAYBOOK: {
        "Report (HTML)": HTML,
        "Report (Excel)": ZIP,
        "Playbook (CSV)": CSV + b"segment,segment_name,line,text,generated,edited,evidence",
    },
    FILES: {
        "All files (ZIP)": ZIP,
        "All customers (CSV)": CSV + b"customer_id,segment,segment_name",
        "All customers (Excel)": ZIP,
        "All customers (Parquet)": PARQUET,
        "Segment table (CSV)": CSV + b"segment,segment_name,customers,share",
    },
}
"""How the file behind every button of a screen begins."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@pytest.fixture
def shop(shop_ahead: str) -> str:
    """Give the address of the sample shop on which somebody has looked ahead."""
    return shop_ahead


def download(page: Page, label: str) -> tuple[str, bytes]:
    """Press a download button; return the name of the file and what is in it."""
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV."""
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_a_segment_goes_from_its_button_to_a_file_with_names(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, FILES)
    visitor.get_by_role("combobox", name="Whom").click()
    visitor.get_by_role("option", name=re.compile("2 · ")).click()
    visitor.get_by_role("button", name="Audience").filter(visible=True).first.click()
    dialog = visitor.get_by_role("dialog")
    take = dialog.get_by_role("button", name=re.compile(r"Download \d+ people \(CSV\)"))
    expect(take).to_be_visible(timeout=60_000)
    people = int(re.findall(r"\d+", take.inner_text())[0])
    name, content = download(visitor, take.inner_text().splitlines()[-1])
    assert re.fullmatch(rf"segment-2-crm-\d{{4}}-\d\d-\d\d-{people}-people\.csv", name)
    assert content.startswith(BYTE_ORDER_MARK)
    rows = rows_of(content)
    assert len(rows) == people > 0
    assert all(row["name"] and row["segment"] == "2" for row in rows)
    dialog.get_by_role("combobox", name="For").click()
    visitor.get_by_role("option", name="TikTok").click()
    expect(dialog.get_by_text("Hashed addresses are still personal data")).to_be_visible(timeout=60_000)
    name, content = download(visitor, take.inner_text().splitlines()[-1])
    assert name.startswith("segment-2-tiktok-")
    assert list(rows_of(content)[0]) == ["Email_SHA256", "Phone_SHA256"]
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect_written_down(visitor, shop)


def test_the_win_back_list_is_taken_and_written_down(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, WIN_BACK)
    listed = visitor.get_by_text(re.compile(r"^\d+ people in this list"))
    expect(listed).to_be_visible()
    name, content = download(visitor, "Download the win-back list (CSV)")
    assert name == "win-back.csv"
    assert content.startswith(BYTE_ORDER_MARK)
    rows = rows_of(content)
    assert len(rows) == int(listed.inner_text().split()[0]) > 0
    assert all(float(row["overdue"]) >= 1 for row in rows if row["overdue"])
    expect_written_down(visitor, shop)


def test_on_a_phone_the_people_to_win_back_are_not_pushed_sideways(visitor: Page, shop: str) -> None:
    open_screen(visitor, shop, WIN_BACK)
    grid, folded = visitor.get_by_test_id("stDataFrame").first, visitor.locator(".folding").first
    expect(grid).to_be_visible()
    expect(folded).to_be_hidden()
    visitor.set_viewport_size({"width": 420, "height": 900})
    expect(grid).to_be_hidden()
    expect(folded.locator("tbody tr")).to_have_count(FEW)
    others = visitor.locator(".st-key-retain_others")
    others.locator("summary").click()
    expect(others.locator("tbody tr").last).to_be_visible()
    expect(others.get_by_text("@").first).to_be_visible()
    visitor.wait_for_function(FITS, arg=420)


def test_both_pages_fill_in_by_themselves(visitor: Page, home_of_orders: Path, tmp_path: Path) -> None:
    shutil.copytree(home_of_orders, tmp_path / "home")
    with visit(visitor, tmp_path / "home", "win_back"):
        week = visitor.get_by_role("heading", name=re.compile(r"^This week: \d+ people"))
        expect(week).to_be_visible(timeout=SECONDS_FOR_A_JOB * 1000)
        follow(visitor, "See what to offer them")
        expect(visitor.get_by_text("To buy again").first).to_be_visible(timeout=SECONDS_FOR_A_JOB * 1000)
        expect(visitor.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("path", BUTTONS)
def test_every_button_gives_its_file(visitor: Page, shop: str, path: str) -> None:
    open_screen(visitor, shop, path)
    buttons = visitor.get_by_test_id("stDownloadButton").get_by_role("button")
    for label in BUTTONS[path]:
        expect(buttons.filter(has_text=label).first).to_be_visible()
    pressed = set()
    for button in buttons.filter(visible=True).all():
        label = button.inner_text().splitlines()[-1]
        with visitor.expect_download() as started:
            button.click()
        assert started.value.path().read_bytes().startswith(BUTTONS[path][label]), label
        pressed.add(label)
    assert pressed == set(BUTTONS[path])


def expect_written_down(page: Page, shop: str) -> None:
    """Look whether the log has something, and nothing went wrong on the way to it."""
    open_screen(page, shop, FILES)
    page.get_by_text("Handed over").click()
    expect(page.get_by_text("Every file that named customers")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


class Week:
    """Somebody who comes with a question, and counts the clicks from Overview to its answer."""

    def __init__(self, page: Page, shop: str) -> None:
        self.page, self.clicks = page, 0
        open_screen(page, shop, OVERVIEW)

    def click(self, role: Literal["button", "link"], name: str | re.Pattern[str]) -> Week:
        """Press what the page on screen, or the dialog in front of it, offers."""
        self.clicks += 1
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        self.page.get_by_role(role, name=name).first.click()
        return self


@pytest.fixture
def week(visitor: Page, shop: str) -> Iterator[Week]:
    """Give somebody on Overview, who may press three times."""
    asked = Week(visitor, shop)
    yield asked
    assert asked.clicks <= 3


def test_whom_do_i_win_back_and_how_do_i_write_to_them(week: Week) -> None:
    week.click("button", "See whom")
    expect(week.page.get_by_role("heading", name=re.compile(r"^This week: \d+ people"))).to_be_visible()
    week.clicks += 1
    week.page.get_by_text("A message to start from").click()
    expect(week.page.get_by_test_id("stCode").first).to_be_visible()


def test_what_do_i_offer_my_best_customers(week: Week) -> None:
    week.click("button", "See their offers")
    expect(week.page.get_by_text("To buy again").first).to_be_visible()


def test_how_many_must_i_hold_out(week: Week) -> None:
    week.click("link", "Playbook")
    expect(week.page.get_by_text("Hold out").first).to_be_visible()


def test_a_report_for_my_boss(week: Week) -> None:
    week.click("link", "Playbook")
    with week.page.expect_download() as started:
        week.click("button", "Report (HTML)")
    assert started.value.path().read_bytes().startswith(HTML)


def test_a_file_for_meta(week: Week) -> None:
    week.click("link", "Files").click("button", "Meta")
    take = week.page.get_by_role("dialog").get_by_role("button", name=re.compile(r"^Download|Download \d+"))
    expect(take.first).to_be_visible(timeout=60_000)
    with week.page.expect_download() as started:
        week.click("button", re.compile(r"Download [\d,]+ people \(CSV\)"))
    header = started.value.path().read_text(encoding="utf-8").partition("\n")[0]
    assert header.strip() == "email,phone,fn,ln,zip,country"
