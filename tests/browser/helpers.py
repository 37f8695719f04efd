"""A server of the app on a free port, and what a visitor does there."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Download, FloatRect, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 120
SECONDS_FOR_A_JOB = 120
_left: list[int] = []
"""Ports of servers that have ended."""
CARD = re.compile(r"^Name of segment \d+$")


def drop_in(page: Page, *files: Path) -> None:
    """Drop files into the drop zone of the data page."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)


def open_file(page: Page, position: int = 0) -> None:
    """Unfold the card of a file."""
    page.locator("[class*='st-key-file_'] summary").nth(position).click()
    expect(page.get_by_role("radio", name="Columns")).to_be_visible()


def find_segments(page: Page) -> None:
    """Press the button, wait for the job, go to the segments and wait until all of them are drawn."""
    page.get_by_role("button", name="Find segments").click()
    page.get_by_role("link", name="See your segments", exact=True).click(timeout=SECONDS_FOR_A_JOB * 1000)
    expect_cards(page, painted_k(page))


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a link once its page is at rest: one still being drawn moves it away under the pointer."""
    expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_role("link", name=name).click()


def move_slider(page: Page, key: str) -> None:
    """Move the number of segments with the keyboard."""
    page.get_by_role("slider").first.press(key)


def expect_cards(page: Page, number: int) -> None:
    """Wait for as many segment cards."""
    expect(page.get_by_role("textbox", name=CARD)).to_have_count(number)


def card_names(page: Page) -> list[str]:
    """Read the names on the segment cards, from left to right."""
    return [box.input_value() for box in page.get_by_role("textbox", name=CARD).all()]


def name_box(page: Page, label: int) -> Locator:
    """Give the box for the name of a segment (0-based), however many cards are drawn yet."""
    return page.get_by_role("textbox", name=f"Name of segment {label + 1}", exact=True)


def expect_name(page: Page, label: int, name: str | re.Pattern[str]) -> None:
    """Wait for a name on a segment's card (0-based)."""
    expect(name_box(page, label)).to_have_value(name)


def rename(page: Page, label: int, name: str) -> None:
    """Type a name into a segment's card (0-based)."""
    box = name_box(page, label)
    box.fill(name)
    box.press("Enter")


def press_download(page: Page, label: int) -> Download:
    """Choose a segment (0-based) on Files and take its table, which comes once the choice is drawn."""
    page.get_by_role("combobox", name="Whom").click()
    page.get_by_role("option", name=re.compile(rf"^\W*{label + 1} · ")).click()
    with page.expect_download() as started:
        page.locator(f".st-key-_download_segment_{label}").get_by_role("button").filter(
            visible=True
        ).first.click()
    return started.value


def expect_map(page: Page, k: int) -> None:
    """Wait until the map has painted the customers in this many segments."""
    expect(page.locator(f"canvas.points[data-painted-k='{k}']")).to_be_visible()


def painted_k(page: Page) -> int:
    """Wait until the map has painted the customers; tell in how many segments."""
    painted = page.locator("canvas.points[data-painted-k]")
    expect(painted).to_be_visible()
    return int(painted.get_attribute("data-painted-k") or 0)


def place_of_map(page: Page) -> FloatRect:
    """Bring the map into the window and say where it is there."""
    canvas = page.locator("canvas.sketch")
    canvas.scroll_into_view_if_needed()
    plane = canvas.bounding_box()
    assert plane is not None
    return plane


def draw_on_map(page: Page, tool: str, corners: Sequence[tuple[float, float]]) -> None:
    """Draw with a tool ("box" or "lasso") through these places, in shares of the map's width and height."""
    page.get_by_role("button", name=f"draw a {tool}").click()
    plane = place_of_map(page)
    places = [(plane["x"] + u * plane["width"], plane["y"] + v * plane["height"]) for u, v in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


@contextmanager
def serve(home: Path, port: int = 0, *options: str) -> Iterator[str]:
    """Run the app as `make run` does, on a free port; give its address.

    A server takes the port of one that has ended: the browser knows Streamlit's code from there.
    """
    port = port or _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    with (home.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "TESSERA_HOME": str(home), "PYTHONFAULTHANDLER": "1"},
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address, server)
        yield address
    finally:
        died = server.poll()
        stopped = _stop(server)
        _left.append(port)
        assert died is None, f"the server died by itself ({died}): {_tail(home)}"
        assert stopped, f"the server did not stop: {_tail(home)}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", _left.pop() if _left else 0))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(server: subprocess.Popen[bytes]) -> bool:
    """Ask the server to stop, once more as a person does with Ctrl+C, since it waits for open browsers.

    One that goes on all the same is killed, and writes where its threads stood.
    """
    for ask, seconds in ((signal.SIGTERM, 5), (signal.SIGINT, 25), (signal.SIGABRT, 30)):
        server.send_signal(ask)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=seconds)
            return ask != signal.SIGABRT
    return False


def _tail(home: Path) -> str:
    return (home.parent / "server.log").read_text(errors="replace")[-6_000:]


@contextmanager
def visit(page: Page, home: Path, path: str = "") -> Iterator[None]:
    """Run the app on this home folder and open it; the page leaves before the server stops.

    Where a test fails, what the page showed then is printed.
    """
    with serve(home) as address:
        page.goto(f"{address}/{path}")
        try:
            yield
        except AssertionError:
            print(f"{page.url}\n{page.locator('body').inner_text()}\n{_tail(home)}")
            raise
        finally:
            page.goto("about:blank")


def _wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped at start"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no server at {address} after {SECONDS_TO_START} s")
