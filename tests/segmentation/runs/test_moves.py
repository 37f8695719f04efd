"""How many customers change segment from one run to the next, counted by hand and after a switched rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.errors import OptionError
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Moves, RunOptions, load_run, moved_customers, run_before
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table


def keep(workspace: Workspace, run_id: str, minute: int, **segments: int) -> None:
    """Write a run of two segments as it is stored."""
    rows = pd.DataFrame({"customer_id": list(segments), "segment_2": np.uint8(list(segments.values()))})
    with workspace.cursor() as cursor:
        cursor.register("rows", rows)
        cursor.execute(f"CREATE TABLE {rows_table(run_id)} AS SELECT * FROM rows")
        moment = datetime(2024, 1, 1) + timedelta(minutes=minute)
        cursor.execute("INSERT INTO runs VALUES (?, ?, '', '{}')", [run_id, moment])


def test_moves_by_hand(workspace: Workspace) -> None:
    keep(workspace, "one", 0, ann=0, bob=0, cem=1, dot=1)
    keep(workspace, "two", 1, ann=0, bob=1, cem=0, eve=1, fay=0)
    assert moved_customers(workspace, "one", "two", 2) == Moves(k=2, both=3, moved=2, new=2, gone=1)
    assert moved_customers(workspace, "two", "two", 2) == Moves(k=2, both=5, moved=0, new=0, gone=0)
    assert moved_customers(workspace, "one", "two", 3) is None
    assert moved_customers(workspace, "zero", "two", 2) is None
    assert (run_before(workspace, "two"), run_before(workspace, "one")) == ("one", None)


def test_a_switched_rule_is_kept_in_the_run_and_moves_customers(workspace: Workspace, tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    buyers = np.repeat(np.arange(60), np.where(np.arange(60) < 30, 3, 15))
    orders = pd.DataFrame(
        {
            "order_id": np.arange(len(buyers)),
            "customer_id": [f"c{number}" for number in buyers],
            "order_date": pd.Timestamp("2024-01-01")
            + pd.to_timedelta(rng.integers(0, 300, len(buyers)), "D"),
            "total": rng.lognormal(3, 0.4, len(buyers)).round(2),
            # Ten regulars have all but two of their orders cancelled.
            "status": np.where((buyers >= 50) & (np.arange(len(buyers)) % 15 > 1), "cancelled", "completed"),
        }
    )
    orders.to_csv(tmp_path / "orders.csv", index=False)
    load_file(workspace, tmp_path / "orders.csv")
    options = RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
    first = find_segments(workspace, options)
    again = find_segments(workspace, options)
    switched = find_segments(
        workspace,
        RunOptions(
            k_range=(2, 3),
            model="none",
            resamples=1,
            resamples_of_suggested=1,
            cleaning_off=frozenset({"cancelled"}),
        ),
    )
    assert again.fingerprint == first.fingerprint != switched.fingerprint
    assert moved_customers(workspace, first.run_id, again.run_id, 3) == Moves(3, 60, 0, 0, 0)
    moves = moved_customers(workspace, again.run_id, switched.run_id, 3)
    assert moves is not None
    assert moves.both == 60
    assert 5 <= moves.moved <= 30
    assert run_before(workspace, switched.run_id) == again.run_id
    stored = load_run(workspace, switched.run_id)
    assert stored is not None
    assert stored.options.cleaning == Cleaning(off=frozenset({Rule.CANCELLED}))


def test_a_rule_that_there_is_not_is_refused() -> None:
    with pytest.raises(OptionError, match="no cleaning rule"):
        RunOptions(cleaning_on=frozenset({"sweep"}))
