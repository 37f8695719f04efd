"""What pages cost the server: each opened for the first time and again, another k, a segment, a fold.

Run by `make bench STAGE=pages SIZES=100000`; SIZES are numbers of customers of the sample shop. Homes that
the command line made and that the app made are measured (KINDS="command app"), and kept under BENCH_HOME, if
that is set. Seconds of the processor are the server's own until a page is at rest; on a busy machine they
alone say much.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import measure as bench
from playwright.sync_api import Browser, Page, sync_playwright

from pages.shell.routes import SECTIONS
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.helpers import drop_in, serve

AT_REST = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSpinner], [data-testid=stSkeleton], [data-stale=true]')"""
LOOKS = 3
"""So many times in a row a page must be at rest, or a server quiet."""

QUIET = 0.15
"""Seconds of the processor: a server that takes less of them in two has nothing left to do."""

LONG = 3600.0
HEAD = "| home | customers | page | processor seconds | seconds | load |\n|---|---|---|---|---|---|"
ADDRESSES = tuple(Path(route.path).stem for routes in SECTIONS.values() for route in routes)
Deed = Callable[[Page], object]


def choose_k(page: Page, k: int) -> None:
    """Choose another number of segments in the box of Profile or the playbook."""
    page.get_by_role("combobox", name=re.compile("segments", re.IGNORECASE)).first.click()
    page.get_by_role("option", name=re.compile(rf"^{k}\b")).click()


def choose_segment(page: Page) -> None:
    """Choose the second segment: of many, in a box."""
    second, pills = re.compile(r"^\W*2\b"), page.get_by_role("radio")
    if pills.count():
        pills.filter(has_text=second).first.click()
    else:
        page.get_by_role("combobox", name="Segment", exact=True).click()
        page.get_by_role("option", name=second).click()


def unfold_the_rules(page: Page) -> None:
    """Unfold the rules of cleaning."""
    page.get_by_text("Switch rules, see some rows").click()


DEEDS: tuple[tuple[str, str, Deed], ...] = (
    ("profile", "another k", lambda page: choose_k(page, 5)),
    ("profile", "a segment", choose_segment),
    ("playbook", "another k", lambda page: choose_k(page, 9)),
    ("playbook", "a segment", choose_segment),
    ("data", "the rules unfolded", unfold_the_rules),
)


def settle(page: Page) -> None:
    """Wait until the page is at rest."""
    page.get_by_role("heading", level=1).first.wait_for(timeout=LONG * 1000)
    looks, ends = 0, time.monotonic() + LONG
    while looks < LOOKS and time.monotonic() < ends:
        looks = looks + 1 if page.evaluate(AT_REST) else 0
        time.sleep(0.1)


def servers() -> list[Path]:
    """Return the processes of the app that this one has started."""
    asked = (Path(f"/proc/{pid}") for task in Path("/proc/self/task").iterdir() for pid in children(task))
    return [one for one in asked if b"streamlit" in (one / "cmdline").read_bytes()]


def children(task: Path) -> list[str]:
    """Return the ids of the processes that a thread has started."""
    return (task / "children").read_text().split()


def processor() -> float:
    """Return the seconds that the server has taken of the processor."""
    [one] = servers()
    fields = (one / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until_quiet() -> None:
    """Wait until the server has nothing to do any more, also where others leave it little of the machine."""
    looks, before = 0, processor()
    while looks < LOOKS:
        time.sleep(2)
        looks, before = looks + 1 if processor() - before < QUIET else 0, processor()


@contextmanager
def visited(home: Path, browser: Browser) -> Iterator[tuple[str, Page]]:
    """Serve a copy of a home to a visitor, once the server has made ready what it does by itself."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(home, Path(folder) / "home")
        with serve(copy) as address:
            until_quiet()
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            yield address, page
            page.close()


def took(deed: Callable[[], object], page: Page) -> tuple[float, float]:
    """Return the seconds of the server's processor and of the clock that something takes."""
    used, began = processor(), time.monotonic()
    deed()
    settle(page)
    return processor() - used, time.monotonic() - began


def measure(home: Path, browser: Browser) -> Iterator[tuple[str, float, float]]:
    """Open every page twice, then do on it what people do; give seconds of the processor and of the clock."""
    with visited(home, browser) as (address, page):
        for name in ADDRESSES:
            for time_of_day in ("first", "again"):
                yield (f"{name}, {time_of_day}", *took(lambda at=name: page.goto(f"{address}/{at}"), page))
        for name, what, deed in DEEDS:
            page.goto(f"{address}/{name}")
            settle(page)
            yield (f"{name}, {what}", *took(lambda do=deed: do(page), page))


def command(*arguments: str) -> None:
    """Run the command line."""
    subprocess.run([sys.executable, "-m", "segmentation", *arguments], check=True, capture_output=True)


def by_command(home: Path, files: list[Path]) -> None:
    """Find segments by the command line, in a workspace that the app then opens."""
    command = [sys.executable, "-m", "segmentation", "run", *map(str, files)]
    out = ["--workspace", str(home / "workspace.duckdb"), "--out", str(home.parent / "out")]
    subprocess.run(
        [*command, *out], check=True, capture_output=True, env={**os.environ, "TESSERA_HOME": str(home)}
    )


def by_app(home: Path, files: list[Path], browser: Browser) -> None:
    """Drop the files in and find segments as a person does, and wait for all that follows by itself."""
    with serve(home) as address:
        page = browser.new_page()
        page.goto(f"{address}/data")
        drop_in(page, *files)
        page.get_by_role("button", name="Find segments").click(timeout=LONG * 1000)
        page.get_by_role("link", name="See your segments", exact=True).wait_for(timeout=LONG * 1000)
        until_quiet()
        page.close()


def home_of(kind: str, customers: int, homes: Path, browser: Browser) -> Path:
    """Return a home of this kind, made where there is none yet."""
    home = homes / f"{kind}-{customers}"
    if not (home / "workspace.duckdb").exists():
        shop = homes / f"shop-{customers}"
        command("sample", str(shop), "--customers", str(customers))
        files = [path for path in sorted(shop.glob("*.csv")) if path.name != "truth.csv"]
        home.mkdir(parents=True, exist_ok=True)
        if kind == "command":
            by_command(home, files)
        else:
            by_app(home, files, browser)
    return home


def main() -> None:
    """Print a row for each page and each thing done there, in Markdown."""
    print(bench.surroundings(("streamlit", "duckdb", "playwright")))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        homes = Path(os.environ.get("BENCH_HOME", folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for customers in bench.sizes("100000"):
            for kind in os.environ.get("KINDS", "command app").split():
                home = home_of(kind, customers, homes, browser)
                print(HEAD)
                for what, used, passed in measure(home, browser):
                    load = os.getloadavg()[0]
                    row = f"{kind} | {customers:,} | {what} | {used:.2f} | {passed:.1f} | {load:.1f}"
                    print(f"| {row} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
