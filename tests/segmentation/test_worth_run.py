"""The worth of a run: from files to segments.json, kept with the run, refused where there is no history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from segmentation import sample_shop
from segmentation.cli import main
from segmentation.errors import NoHindsightError, OptionError
from segmentation.features.rfm import CutPoints
from segmentation.features.rfm_cuts import save_cuts
from segmentation.intake.read import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_run
from segmentation.runs.store import load_worth
from segmentation.runs.worth import worth_of_run
from segmentation.workspace import Workspace

QUICK = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the orders of a small sample shop."""
    sample_shop.write_csvs(folder := tmp_path_factory.mktemp("shop"), customers=300, seed=7)
    return folder / "orders.csv"


def test_the_worth_is_kept_with_the_run(workspace: Workspace, orders: Path) -> None:
    load_file(workspace, orders)
    run = find_segments(workspace, QUICK)
    assert load_worth(workspace, run.run_id) is None
    steps: list[str] = []
    worth = worth_of_run(workspace, run, lambda step, done, total: steps.append(step))
    assert steps[0] == "Looking back at your customers"
    assert load_worth(workspace, run.run_id) == worth
    kept = load_run(workspace, run.run_id)
    assert kept is not None
    assert kept.worth == worth
    assert sorted(worth.revenue) == sorted(worth.orders) == run.ks
    assert worth.period.known == worth.customers <= run.customers
    assert worth_of_run(workspace, run) == worth


def test_the_tiers_beside_them_are_by_the_cut_points_that_were_set(
    workspace: Workspace, orders: Path
) -> None:
    load_file(workspace, orders)
    run = find_segments(workspace, QUICK)
    beyond = (1e9, 2e9, 3e9, 4e9)
    save_cuts(workspace, one_tier := CutPoints(beyond, beyond, beyond))
    worth = worth_of_run(workspace, run)
    assert {one.rfm_groups for one in worth.revenue.values()} == {1}
    assert worth.own_cuts == one_tier
    assert load_worth(workspace, run.run_id) == worth
    save_cuts(workspace, None)
    again = worth_of_run(workspace, run)
    assert max(one.rfm_groups for one in again.revenue.values()) > 1
    assert again.own_cuts is None


def test_files_that_changed_meanwhile_are_not_looked_back_on(
    workspace: Workspace, orders: Path, tmp_path: Path
) -> None:
    load_file(workspace, orders)
    run = find_segments(workspace, QUICK)
    (tmp_path / "more.csv").write_bytes(b"\n".join(orders.read_bytes().split(b"\n")[:9]) + b"\n")
    load_file(workspace, tmp_path / "more.csv")
    with pytest.raises(NoHindsightError, match="have changed"):
        worth_of_run(workspace, run)


def test_the_command_line_writes_the_worth(orders: Path, tmp_path: Path) -> None:
    arguments = [
        "run",
        str(orders),
        "--out",
        str(tmp_path),
        "--model",
        "none",
        "--k",
        "3",
        "--k-range",
        "2:3",
    ]
    assert main([*arguments, "--worth", "--cutoff", "2024-09-01"]) == 0
    worth = json.loads((tmp_path / "segments.json").read_text())["worth"]
    assert worth["cutoff"] == "2024-09-01"
    assert (
        worth["explained"]["log_revenue"]["segments"]["low"]
        <= worth["explained"]["log_revenue"]["segments"]["share"]
    )
    assert len(worth["sentences"]) == 2
    assert main(arguments) == 0
    assert json.loads((tmp_path / "segments.json").read_text())["worth"] is None


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(OptionError, match="the cut-off is “soon”"):
        RunOptions(cutoff="soon")
