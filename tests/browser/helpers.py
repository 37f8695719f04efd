"""A server of the app on a free port, and what a visitor does there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


def drop_in(page: Page, *files: Path) -> None:
    """Drop files into the drop zone of the data page."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """Run the app as `make run` does, on a free port; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (home.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "TESSERA_HOME": str(home)}, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def visit(page: Page, home: Path) -> Iterator[None]:
    """Run the app on this home folder and open it; the page leaves before the server stops."""
    with serve(home) as address:
        page.goto(address)
        yield
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
