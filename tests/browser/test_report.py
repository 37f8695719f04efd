"""The report in a real browser with the network off: nothing is asked for, nothing goes wrong, it prints."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from segmentation.cli import main
from segmentation.runs import rename_segment
from segmentation.workspace import Workspace
from tests.browser.conftest import HOSTILE
from tests.browser.pdf_pages import pages_of

HEADING = 10.0
"""Points from which on letters are those of a heading."""


@pytest.fixture(scope="module")
def report(hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the report of a shop whose texts are what an attacker would type."""
    home = shutil.copytree(hostile_home, tmp_path_factory.mktemp("report") / "home")
    with Workspace.open(home / "workspace.duckdb") as workspace:
        rename_segment(workspace, 0, HOSTILE)
    assert main(["report", "--workspace", str(home / "workspace.duckdb"), "--out", str(home)]) == 0
    return home / "report.html"


@pytest.mark.parametrize("width", [1200, 420])
def test_it_opens_offline_and_prints(chromium: Browser, report: Path, tmp_path: Path, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.goto(report.as_uri())
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("svg").count() == 2
    assert page.locator("svg path").count() >= 2
    assert page.get_by_text(HOSTILE).count() > 0
    assert page.locator("img, script, [onerror]").count() == 0
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    assert content.startswith(b"%PDF")
    context.close()
    assert asked == [report.as_uri()]
    assert complaints == []


@pytest.fixture(scope="module")
def sample(home_with_segments: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with the sample shop in any number of segments, its texts read."""
    home = shutil.copytree(home_with_segments, tmp_path_factory.mktemp("printed") / "home")
    return home / "workspace.duckdb"


@pytest.mark.parametrize(("k", "most"), [(2, 6), (5, 8), (12, 16)])
def test_it_prints_on_few_full_pages(
    chromium: Browser, sample: Path, tmp_path: Path, k: int, most: int
) -> None:
    assert main(["report", "--workspace", str(sample), "--out", str(tmp_path), "--k", str(k)]) == 0
    page = chromium.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    expect_nothing_cut(page)
    pages = pages_of(page.pdf(prefer_css_page_size=True, print_background=True))
    page.close()
    assert len(pages) <= most
    lowest = [max(lines) for lines in pages]
    assert min(line.down for line in lowest) >= 1 / 3, lowest
    assert max(line.down for line in lowest) <= 1 - 10 / 297
    assert max(line.size for line in lowest) < HEADING, "a page ends in a heading"


def expect_nothing_cut(page: Page) -> None:
    """Look whether a text of a drawing leaves it, or anything the paper."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((210 - 2 * 13) / 25.4 * 96), "height": 1000})
    beyond = """() => [...document.querySelectorAll('svg text')].filter(text => {
        const [inner, outer] = [text, text.ownerSVGElement].map(one => one.getBoundingClientRect())
        return inner.left < outer.left - 1 || inner.right > outer.right + 1
    }).map(text => text.textContent)"""
    assert page.evaluate(beyond) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
