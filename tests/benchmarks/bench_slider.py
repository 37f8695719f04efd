"""From the slider's release to the new view: the server's time, and the map and the page painted in Chromium.

Run by `make bench STAGE=slider SIZES="50000 1000000"`; SIZES are numbers of customers of a generated table of
40 features, found by the real pipeline. The run's workspaces are kept under BENCH_HOME, if that is set.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import measure as bench
import numpy as np
import pandas as pd
from playwright.sync_api import Locator, Page, expect, sync_playwright

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.intake.linking.build import fingerprint_of
from segmentation.pipeline import job as pipeline
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.helpers import move_slider, serve

MOVES = 24
FEATURES = 40
PLANTED = 9
# The map says which k it has painted and when; the page is done when nothing has changed for a while.
WATCH = """() => {
    window.changed = performance.now();
    const note = () => { window.changed = performance.now(); };
    new MutationObserver(note).observe(document.body, {
        subtree: true, childList: true, characterData: true, attributes: true});
    document.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
}"""
PAINTED = """k => {
    for (const host of document.querySelectorAll('[data-testid=stBidiComponentIsolated]')) {
        const canvas = host.shadowRoot.querySelector('canvas.points');
        if (canvas?.dataset.paintedK === String(k)) return canvas.dataset.paintedAt - window.pressed;
    }
}"""
# Every run of a script in the server tells how long it took.
HOOK = """
import os, sys
if "streamlit" in " ".join(sys.orig_argv):
    import time
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    def timed(runner, data, whole=ScriptRunner._run_script):
        began, used = time.perf_counter(), time.thread_time()
        whole(runner, data)
        spent = time.perf_counter() - began, time.thread_time() - used
        with open(os.environ["BENCH_LOG"], "a") as log:
            print(*(1000 * seconds for seconds in spent), file=log)

    ScriptRunner._run_script = timed
"""
SETTLED = "quiet => performance.now() - window.changed > quiet ? window.changed - window.pressed : null"


def make_run(home: Path, customers: int) -> None:
    """Find segments for k = 2..12 in a generated table; what comes before the table is left out."""
    table = make_table(customers)
    shop = SimpleNamespace(fingerprint=fingerprint_of([], RunOptions().cleaning), customer_meaning="a row")
    parts = {
        "build_shop": lambda *_: shop,
        "describe": lambda *_: table,
        "read_customers": lambda *_, **__: None,
    }
    with Workspace.open(home / "workspace.duckdb") as workspace, patch.multiple(pipeline, **parts):
        pipeline.find_segments(workspace, RunOptions(model="none", resamples=3))


def make_table(customers: int, seed: int = 0) -> FeatureTable:
    """Make up customers of a few kinds; half of the features are heavy-tailed amounts."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, PLANTED, customers)
    middles = rng.normal(0, 1.5, (PLANTED, FEATURES)).astype(np.float32)
    columns, features = {}, []
    for at in range(FEATURES):
        values = middles[kinds, at] + rng.standard_normal(customers, dtype=np.float32)
        skewed = at % 2 == 0
        name = "monetary" if at == 0 else f"fact_{at}"
        columns[name] = np.exp(values + 3).astype(np.float64) if skewed else values.astype(np.float64)
        unit = Unit.MONEY if skewed else Unit.NUMBER
        features.append(Feature(name, f"Fact {at}", "made up", Group.BEHAVIOUR, unit, skewed))
    ids = np.array([f"C{number:07d}" for number in range(customers)], dtype=object)
    return FeatureTable(ids, pd.DataFrame(columns), tuple(features), (), None, "EUR")


@contextmanager
def served(home: Path, log: Path) -> Iterator[str]:
    """Run the app; each run of a script logs its milliseconds, elapsed and of the processor."""
    with tempfile.TemporaryDirectory() as hook:
        (Path(hook) / "sitecustomize.py").write_text(HOOK)
        with patch.dict(os.environ, PYTHONPATH=hook, BENCH_LOG=str(log)), serve(home) as address:
            yield address


def measure(page: Page, address: str) -> dict[str, list[float]]:
    """Move the slider to and fro over every k; give milliseconds and kilobytes of each move."""
    received = [0]
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: add(received, data)))
    page.goto(f"{address}/explore")
    slider = page.get_by_role("slider").first
    expect(slider).to_be_visible(timeout=120_000)
    page.wait_for_selector("canvas.points[data-painted-k]", timeout=120_000)
    page.wait_for_timeout(3_000)
    page.evaluate(WATCH)
    rows: dict[str, list[float]] = {"map painted": [], "page at rest": [], "received, kB": []}
    step = "ArrowRight"
    for _ in range(MOVES):
        before, k = received[0], value_of(slider)
        step = {2: "ArrowRight", 12: "ArrowLeft"}.get(k, step)
        move_slider(page, step)
        k += 1 if step == "ArrowRight" else -1
        rows["map painted"].append(page.wait_for_function(PAINTED, arg=k).json_value())
        rows["page at rest"].append(page.wait_for_function(SETTLED, arg=1_000, polling=100).json_value())
        rows["received, kB"].append((received[0] - before) / 1000)
    return rows


def add(received: list[int], data: str | bytes) -> None:
    """Count what came over the websocket."""
    received[0] += len(data)


def value_of(slider: Locator) -> int:
    """Read the number of segments that the slider stands at."""
    text = slider.get_attribute("aria-valuetext") or slider.get_attribute("aria-valuenow") or ""
    found = re.search(r"\d+", text)
    assert found is not None
    return int(found[0])


def compare(customers: int, page: Page, homes: Path) -> None:
    """Print a row per measure, from the release on: its median and 95th percentile over the moves."""
    home = homes / f"customers-{customers}"
    if not home.exists():
        make_run(home, customers)
    log = homes / "moves.log"
    log.unlink(missing_ok=True)
    with served(home, log) as address:
        rows = measure(page, address)
        page.goto("about:blank")
    of_server = np.array([line.split() for line in log.read_text().splitlines()[-MOVES:]], dtype=float)
    kilobytes = rows.pop("received, kB")
    rows = {"server": of_server[:, 0], "server's processor": of_server[:, 1], **rows}
    quantiles = {name: np.quantile(values, [0.5, 0.95]) / 1000 for name, values in rows.items()}
    bench.show(
        [
            bench.Row(f"slider, {name}", customers, "Tessera", float(median), quality=float(slow))
            for name, (median, slow) in quantiles.items()
        ],
        "95 % within, seconds",
    )
    print(f"The browser received {np.median(kilobytes):,.0f} kB per move (median).\n")


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "playwright"))
    print(f"Python {sys.version.split()[0]}, {packages}; {len(os.sched_getaffinity(0))} processors,")
    print(f"load average at the start {os.getloadavg()[0]:.1f}; {MOVES} moves over every k.\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        homes = Path(os.environ.get("BENCH_HOME", folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for customers in (os.environ.get("SIZES") or "50000 1000000").split():
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            compare(int(customers), page, homes)
        browser.close()


if __name__ == "__main__":
    main()
