"""Which run is the latest, whatever the clock says."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import KEEP_RUNS, Run, RunOptions, load_customers, load_run, run_before
from segmentation.runs.store import latest_run_id, save_run
from segmentation.workspace import Workspace


@pytest.fixture
def run(workspace: Workspace, tmp_path: Path) -> Run:
    rng = np.random.default_rng(4)
    orders = pd.DataFrame(
        {
            "customer_id": [f"c{number}" for number in rng.integers(0, 60, 300)],
            "order_date": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 300, 300), "D"),
            "total": rng.lognormal(3, 0.4, 300).round(2),
        }
    )
    orders.to_csv(tmp_path / "orders.csv", index=False)
    load_file(workspace, tmp_path / "orders.csv")
    return find_segments(
        workspace, RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
    )


def test_a_run_kept_after_the_clock_was_set_back_is_the_latest(workspace: Workspace, run: Run) -> None:
    rows = load_customers(workspace, run)
    ids = [run.run_id]
    for number in range(KEEP_RUNS + 1):
        earlier = replace(run, run_id=f"r{number}", made_at=run.made_at - timedelta(days=number + 1))
        save_run(workspace, earlier, rows)
        assert latest_run_id(workspace) == earlier.run_id
        assert run_before(workspace, earlier.run_id) == ids[-1]
        ids.append(earlier.run_id)
        kept = load_run(workspace)
        assert kept is not None
        assert kept.made_at == earlier.made_at, "it is shown with the time it was made"
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT run_id FROM runs ORDER BY run_id").fetchall()
    assert [one for (one,) in found] == ids[-KEEP_RUNS:]
