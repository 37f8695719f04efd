"""Segments that hold nearly everybody or nearly nobody, on the page about trust."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import TRUST
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, workspace
from segmentation.insight.facts.sizes import odd_sizes
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_customers
from segmentation.workspace import Workspace
from tests.pages.helpers import text_of, the_run

KINDS = (
    ("small", 255, (1, 4), (20, 60)),
    ("often", 41, (12, 25), (100, 400)),
    ("vast", 4, (1, 2), (50_000, 60_000)),
)
"""Who buys, how many of them, how many orders each from and below, and what is paid for one."""


@pytest.fixture(scope="module")
def lopsided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder of a shop where most buy alike and four in 300 pay a thousand times as much."""
    rng, rows = np.random.default_rng(0), ["order_id,customer_id,order_date,amount"]
    for kind, people, often, paid in KINDS:
        for one in range(people):
            for _ in range(rng.integers(*often)):
                day = f"2024-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}"
                rows.append(f"{len(rows)},{kind}{one},{day},{rng.integers(*paid)}.00")
    folder = tmp_path_factory.mktemp("lopsided")
    (folder / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
    with Workspace.open(folder / "home" / "workspace.duckdb") as opened:
        load_file(opened, folder / "orders.csv")
        find_segments(opened, RunOptions(resamples=2, resamples_of_suggested=2, seed=3, model="none"))
    return folder / "home"


@pytest.fixture
def trust(app: AppTest, lopsided: Path, move_in: Callable[[Path], None]) -> AppTest:
    """Give the page, opened on that shop."""
    move_in(lopsided)
    app.switch_page(TRUST).run()
    assert not app.exception
    return app


def test_odd_sizes_are_mended_with_one_press(trust: AppTest) -> None:
    run = the_run()
    shares = {k: [one.share for one in run.cuts[k].segments] for k in run.ks}
    odd = [found for k in run.ks if (found := odd_sizes(shares, k, run.suggestion.k)) and found.instead]
    assert any(found.giants for found in odd) and any(found.tiny for found in odd)
    for found in odd[:2]:
        trust.select_slider(key=StateKeys.K).set_value(found.k).run()
        trust.button(key="_mend_sizes").click().run()
        assert trust.select_slider(key=StateKeys.K).value == found.instead


def test_odd_sizes_are_said_with_the_counts_of_the_rows(trust: AppTest) -> None:
    run, told = the_run(), set()
    rows = load_customers(workspace(), run)
    shares_at = {k: rows[f"segment_{k}"].value_counts(normalize=True) for k in run.ks}
    odd = [k for k, shares in shares_at.items() if shares.min() < 0.02 or shares.max() > max(0.6, 1.6 / k)]
    for k in (run.suggestion.k, *odd[:3]):
        trust.select_slider(key=StateKeys.K).set_value(k).run()
        shares = shares_at[k]
        for label, name in enumerate(run.names_at(k)):
            share = plain(f"{100 * shares[label]:.1f}% of your customers")
            giant, tiny = f"{plain(f'“{name}”')} holds {share}", f"{plain(f'“{name}”')} holds only {share}"
            is_giant, is_tiny = shares[label] > max(0.6, 1.6 / k), shares[label] < 0.02
            told |= {size for size, there in (("giant", is_giant), ("tiny", is_tiny)) if there}
            assert (giant in text_of(trust)) == is_giant
            assert (tiny in text_of(trust)) == is_tiny
    assert told == {"giant", "tiny"}
