"""The main job in a real browser: from an export, or the sample shop, to named segments and their files."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import (
    card_names,
    drop_in,
    expect_cards,
    expect_map,
    expect_name,
    find_segments,
    follow,
    move_slider,
    press_download,
    rename,
    visit,
)

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CUSTOMERS = re.compile(r"· ([\d,]+) customers?$")
SECONDS_FOR_THE_SAMPLE_SHOP = 180
TRUE_SEGMENTS = 6


def download_segment(page: Page, position: int) -> tuple[bytes, str, int]:
    """Take the table of a segment; give the file, its name and the number of customers in the choice."""
    file = press_download(page, position)
    told = CUSTOMERS.search(page.get_by_role("combobox", name="Whom").input_value())
    assert told is not None
    return file.path().read_bytes(), file.suggested_filename, int(told.group(1).replace(",", ""))


def test_from_an_export_to_a_named_segment_and_its_file(
    tmp_path: Path, visitor: Page, shared_data: Path
) -> None:
    home = tmp_path / "home"
    with visit(visitor, home):
        drop_in(visitor, shared_data / "mall-customers" / "Mall_Customers.csv")
        find_segments(visitor)
        before = card_names(visitor)
        move_slider(visitor, "ArrowRight")
        expect_cards(visitor, len(before) + 1)
        assert len(set(card_names(visitor))) == len(before) + 1
        rename(visitor, 1, "Weekend regulars")
        expect_map(visitor, len(before) + 1)
        expect(visitor.locator("div.legend", has_text="Weekend regulars")).to_be_visible()
        move_slider(visitor, "ArrowRight")
        expect_cards(visitor, len(before) + 2)
        expect_name(visitor, 1, "Weekend regulars")
        visitor.reload()
        expect_cards(visitor, len(before) + 2)
        expect_name(visitor, 1, "Weekend regulars")
        for number in (1, 0):
            move_slider(visitor, "ArrowLeft")
            expect_cards(visitor, len(before) + number)

        follow(visitor, "Download your segments")
        content, file_name, customers = download_segment(visitor, 1)
        assert file_name == "2-weekend-regulars.csv"
        assert content.startswith(BYTE_ORDER_MARK)
        rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
        assert len(rows) == customers > 0
        assert {row["segment_name"] for row in rows} == {"Weekend regulars"}

    with visit(visitor, home, "files"):
        # A page that is still being drawn moves under the pointer, and another button is pressed.
        expect(visitor.get_by_role("link", name="Back to the overview")).to_be_visible()
        assert download_segment(visitor, 1) == (content, file_name, customers)
        follow(visitor, "Explore")
        expect_cards(visitor, len(before))
        expect_name(visitor, 1, "Weekend regulars")
        rename(visitor, 1, "")
        expect_name(visitor, 1, before[1])


@pytest.mark.slow
def test_one_press_from_an_empty_start_to_the_named_segments_of_the_sample_shop(
    tmp_path: Path, visitor: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    with visit(visitor, tmp_path / "home"):
        visitor.get_by_role("button", name="Try the sample shop").click()
        pressed = time.monotonic()
        link = visitor.get_by_role("link", name="See your segments", exact=True)
        expect(link).to_be_visible(timeout=SECONDS_FOR_THE_SAMPLE_SHOP * 1000)
        link.click()
        expect(visitor.get_by_role("textbox", name="Name of segment 2")).to_be_visible()
        seconds = time.monotonic() - pressed
        with capsys.disabled():
            print(f"\nfrom the press to named segments on screen: {seconds:.1f} s")
        expect_cards(visitor, TRUE_SEGMENTS)
        assert all(card_names(visitor))
        expect(visitor.get_by_text("2,000 customers", exact=False).first).to_be_visible()
        expect_map(visitor, TRUE_SEGMENTS)
