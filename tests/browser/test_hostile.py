"""What an attacker would write into cells, headers and file names, and files made to end the server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.browser.helpers import drop_in, open_file, serve

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "[press](javascript:alert(1))",
)
FILE_NAME = "<img src=x onerror=alert(1)> [press](javascript:alert(1)).csv"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server that holds one file of attacks, of which one row cannot be read."""
    folder = tmp_path_factory.mktemp("attacks")
    rows = [
        f"o{i},{ATTACKS[i % 4]},2024-01-{1 + i % 28:02d},{-5 if i % 9 == 8 else 5},{ATTACKS[(i + 1) % 4]}"
        for i in range(40)
    ]
    header = f"order_id,customer_id,order_date,amount,{ATTACKS[0]}"
    ragged = f"o99,c9,2024-01-01,5,x,{ATTACKS[1]},{ATTACKS[2]}"
    (folder / FILE_NAME).write_text("\n".join([header, *rows, ragged]), encoding="utf-8")
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, folder / FILE_NAME)
    with serve(folder / "home") as where:
        yield where


def look_inside(page: Page, view: str) -> None:
    """Open the card of the one file at a view, and wait until it is drawn."""
    open_file(page)
    page.get_by_role("radio", name=view).click()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_the_file_and_its_columns_are_only_text(guarded: Page, files: str) -> None:
    guarded.goto(files)
    expect(guarded.get_by_text("<img src=x onerror=alert(1)> [press](").first).to_be_visible()
    look_inside(guarded, "Columns")
    expect(guarded.get_by_text(ATTACKS[0], exact=True)).to_be_visible()
    expect(guarded.get_by_text(f"{ATTACKS[0]}, ").first).to_be_visible()


@pytest.mark.parametrize(("view", "across"), [("First rows", 0.3), ("Set aside", 0.8)])
def test_its_rows_are_only_text_and_so_is_a_cell_that_is_opened(
    guarded: Page, files: str, view: str, across: float
) -> None:
    guarded.goto(files)
    look_inside(guarded, view)
    grid = guarded.locator("[class*='st-key-file_']").get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    place = grid.bounding_box()
    assert place is not None
    guarded.mouse.dblclick(place["x"] + across * place["width"], place["y"] + 52)
    expect(guarded.locator("#portal")).to_contain_text("alert(1)")


def test_the_features_page_shows_the_header_as_text(guarded: Page, files: str) -> None:
    guarded.goto(f"{files}/features")
    expect(guarded.get_by_role("heading", name="Features")).to_be_visible()
    expect(guarded.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(guarded.get_by_test_id("stException")).to_have_count(0)


def test_files_made_to_end_the_server_are_one_clear_error_each(
    visitor: Page, hostile_files: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "sound.csv").write_text(
        "customer_id,spend\n" + "".join(f"c{i},{i % 9}\n" for i in range(200))
    )
    broken = shutil.copy(hostile_files[0], tmp_path / "broken.xlsx")
    with serve(tmp_path / "home") as address:
        visitor.goto(address)
        drop_in(visitor, *hostile_files, Path(broken), tmp_path / "sound.csv")
        expect(visitor.get_by_text("Customers · 200 rows")).to_be_visible(timeout=120_000)
        for path in hostile_files:
            if path.name != "27-f.xlsx":  # its damage leaves a table
                expect(visitor.get_by_text(path.name.capitalize()).first).to_be_visible()
        expect(visitor.get_by_text("could not be read safely")).to_have_count(len(hostile_files))
        expect(visitor.get_by_test_id("stException")).to_have_count(0)
        visitor.get_by_text("could not be read safely").first.scroll_into_view_if_needed()
        visitor.screenshot(path=tmp_path / "hostile.png")
        drop_in(visitor, hostile_files[-1])
        expect(visitor.get_by_text("could not be read safely")).to_have_count(1)
        expect(visitor.get_by_text("Customers · 200 rows")).to_be_visible()
