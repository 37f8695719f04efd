"""A real server and a real browser: nothing may leave the machine, be blocked or go wrong unseen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import numpy as np
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from segmentation.action.overview import keep_overview
from segmentation.action.recommend.job import recommend
from segmentation.action.retention.job import look_ahead
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_run
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace
from tests.browser.helpers import serve
from tests.prepared import prepared

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # a tab of a server is drawn by the process that has read Streamlit's code before
]
# "GPU stall": Chromium on software rendering.
HARMLESS = "GPU stall due to ReadPixels"
# At a deep link Streamlit asks below the page's own address first, then above it, where it is served: a proxy
# may have led to it under a prefix that the server does not know.
NOT_FOUND = "404 (Not Found)"
PROBED = re.compile(r"/\w+/_stcore/(health|host-config)")

# A new tab knows nothing of the tabs before it, and of itself what it keeps over its own reloads.
UNKNOWN_VISITOR = """if (origin !== "null" && !sessionStorage.length) {
    localStorage.clear();
    sessionStorage.here = true;
}"""

HOSTILE = "<img src=x onerror=alert(1)>"
FORMULA = "=1+1"
CUSTOMERS = 80
QUICK = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)

expect.set_options(timeout=30_000)


@dataclass
class Watch:
    """What the browser asked for outside this machine, and what it complained about."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        """Listen to a page from its first request."""
        page.on("request", self._note_request)
        page.on("console", lambda message: self._note_error(message, page.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note_request(self, request: Request) -> None:
        address = urlparse(request.url)
        if address.scheme not in ("data", "blob") and address.hostname not in ("127.0.0.1", "localhost"):
            self.outside.append(request.url)

    def _note_error(self, message: ConsoleMessage, address: str) -> None:
        where, text = message.location["url"], message.text
        nowhere = PROBED.fullmatch(urlparse(where).path) or where == address  # typed by whoever looks
        expected = HARMLESS in text or (NOT_FOUND in text and nowhere)
        if message.type == "error" and not expected:
            self.errors.append(f"{text} {where}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give a headless Chromium, or skip where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium (.ci/run does it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """Give what all tabs share: they are drawn by one process, which a tab of its own keeps at work."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    keeper = context.new_page()
    keeper.route("**", lambda route: route.fulfill(body="", content_type="text/html"))
    keeper.goto("http://127.0.0.1")
    yield context
    context.close()


@pytest.fixture
def visitor(profile: BrowserContext) -> Iterator[Page]:
    """Give a browser tab; at the end nothing may have been asked from outside or have gone wrong."""
    watch = Watch()
    page = profile.new_page()
    page.add_init_script(UNKNOWN_VISITOR)
    watch.attach(page)
    yield page
    for tab in profile.pages[1:]:
        tab.close()
    profile.clear_cookies()
    assert watch.outside == []
    assert watch.errors == []


@pytest.fixture
def guarded(visitor: Page) -> Iterator[Page]:
    """Give a tab where no text of a user may become an element or open a dialog."""
    opened: list[str] = []
    visitor.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    yield visitor
    expect_only_text(visitor)
    assert opened == []


def expect_only_text(page: Page) -> None:
    """Look whether a text of a user has become an element of the page."""
    assert page.locator("img[src='x'], [onerror], [onload], [href^='javascript:']").count() == 0


def write_hostile_shop(folder: Path) -> list[Path]:
    """Write orders and customers of two behaviours; the customers' score follows the behaviour."""
    rng = np.random.default_rng(0)
    orders = [f"order_id,customer_id,order_date,quantity,unit_price,{FORMULA}"]
    customers = [f"customer_id,{HOSTILE},{FORMULA} score,level"]
    for person in range(CUSTOMERS):
        often = person % 2
        name = f"{HOSTILE}{person}" if person else FORMULA
        customers.append(f"{name},{10 * often + person % 7},{person % 11},{HOSTILE if often else FORMULA}")
        for _ in range(12 if often else 2):
            date = f"2024-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}"
            orders.append(f"{len(orders)},{name},{date},{1 + often},{rng.integers(5, 9)}.00,1")
    paths = [folder / f"{HOSTILE}.csv", folder / f"{FORMULA}.csv"]
    for path, lines in zip(paths, (orders, customers), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    return paths


def find_hostile_segments(home: Path) -> None:
    """Fill a home folder with the hostile shop and its segments."""
    with Workspace.open(home / "workspace.duckdb") as workspace:
        for path in write_hostile_shop(home):
            load_file(workspace, path)
            path.unlink()
        find_segments(workspace, QUICK)


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder of the hostile shop with its segments; nobody may change it."""
    return prepared(tmp_path_factory, "hostile", find_hostile_segments)


@pytest.fixture(scope="session")
def shop(hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server that holds the hostile shop and its segments."""
    home = shutil.copytree(hostile_home, tmp_path_factory.mktemp("hostile") / "home")
    with serve(home) as where:
        yield where


@pytest.fixture(scope="session")
def sample_shop(home_with_segments: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server with the sample shop, small, and its segments; nobody may change it."""
    home = shutil.copytree(home_with_segments, tmp_path_factory.mktemp("sample") / "home")
    with serve(home) as where:
        yield where


@pytest.fixture(scope="session")
def shop_ahead(home_ahead: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server with the sample shop, on which the job has done all that it does."""
    home = shutil.copytree(home_ahead, tmp_path_factory.mktemp("ahead") / "home")
    with serve(home) as where:
        yield where


def find_few_segments(home: Path) -> None:
    """Fill a home folder with the sample shop's orders and customers, and a few segments of them."""
    with Workspace.open(home / "workspace.duckdb") as workspace:
        write_csvs(home / "files", customers=300, seed=5)
        for name in ("customers.csv", "orders.csv"):
            load_file(workspace, home / "files" / name)
        find_segments(workspace, QUICK)


@pytest.fixture(scope="session")
def home_of_orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder of the sample shop without texts, in few segments; nobody may change it."""
    return prepared(tmp_path_factory, "orders", find_few_segments)


@pytest.fixture(scope="session")
def home_ahead(home_of_orders: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same home folder after the job has done all that it does; nobody may change it."""

    def look(home: Path) -> None:
        shutil.copytree(home_of_orders, home)
        with Workspace.open(home / "workspace.duckdb") as workspace:
            run = load_run(workspace)
            assert run is not None
            keep_overview(workspace, run)
            look_ahead(workspace, run)
            recommend(workspace, run)

    return prepared(tmp_path_factory, "ahead", look)
