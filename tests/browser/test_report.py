"""The report in a real browser with the network off: nothing is asked for, nothing goes wrong, it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from segmentation.cli import main
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, rename_segment
from segmentation.workspace import Workspace
from tests.browser.conftest import HOSTILE, write_hostile_shop


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the report of a shop whose texts are what an attacker would type."""
    folder = tmp_path_factory.mktemp("report")
    with Workspace.open(folder / "workspace.duckdb") as workspace:
        for path in write_hostile_shop(folder):
            load_file(workspace, path)
        find_segments(
            workspace, RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)
        )
        rename_segment(workspace, 0, HOSTILE)
    assert main(["report", "--workspace", str(folder / "workspace.duckdb"), "--out", str(folder)]) == 0
    return folder / "report.html"


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
