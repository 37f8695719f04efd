"""Segments of a later run keep the labels, and a marketer's name its people, as the shop grows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import confusion_matrix

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, load_customers, moved_customers
from segmentation.runs.names import rename_segment
from segmentation.runs.store import load_run
from segmentation.workspace import Workspace

OPTIONS = RunOptions(k_range=(2, 5), model="none", resamples=1, resamples_of_suggested=1)
# How often, for how much and in which month of the year people of each kind buy.
KINDS = {"regular": (14, 20.0, 11), "spender": (4, 900.0, 9), "lapsed": (1, 15.0, 1)}


def orders_of(kind: str, people: range, rng: np.random.Generator) -> pd.DataFrame:
    """Write the orders of some people of one kind."""
    orders, amount, month = KINDS[kind]
    buyers = np.repeat([f"{kind}{number}" for number in people], orders)
    start = pd.Timestamp("2024-01-01") if kind == "regular" else pd.Timestamp(2024, month, 1)
    days = rng.integers(0, 330 if kind == "regular" else 28, len(buyers))
    return pd.DataFrame(
        {
            "order_id": [f"{buyer}-{place}" for place, buyer in enumerate(buyers)],
            "customer_id": buyers,
            "order_date": start + pd.to_timedelta(days, "D"),
            "total": (amount * rng.lognormal(0, 0.15, len(buyers))).round(2),
        }
    )


def kinds_at(workspace: Workspace, run: Run, k: int) -> dict[str, int]:
    """Return the label that most people of each kind have."""
    rows = load_customers(workspace, run)
    kinds = rows["customer_id"].str.replace(r"\d+", "", regex=True)
    return {kind: int(rows.loc[kinds == kind, f"segment_{k}"].mode()[0]) for kind in KINDS}


def test_a_name_stays_with_its_people_where_the_smallest_segment_becomes_the_largest(
    workspace: Workspace, tmp_path: Path
) -> None:
    rng = np.random.default_rng(7)
    first = [orders_of(kind, range(number), rng) for kind, number in zip(KINDS, (90, 60, 30), strict=True)]
    pd.concat(first).to_csv(tmp_path / "orders-1.csv", index=False)
    load_file(workspace, tmp_path / "orders-1.csv")
    earlier = find_segments(workspace, OPTIONS)
    before = kinds_at(workspace, earlier, 3)
    assert sorted(before.values()) == [0, 1, 2]
    rename_segment(workspace, before["lapsed"], "To be woken")

    more = [orders_of("lapsed", range(30, 330), rng), orders_of("spender", range(60, 200), rng)]
    pd.concat(more).to_csv(tmp_path / "orders-2.csv", index=False)
    load_file(workspace, tmp_path / "orders-2.csv")
    later = load_run(workspace, find_segments(workspace, OPTIONS).run_id)
    assert later is not None
    assert kinds_at(workspace, later, 3) == before
    assert later.names_at(3)[before["lapsed"]] == "To be woken"
    moves = moved_customers(workspace, earlier.run_id, later.run_id, 3)
    assert moves is not None
    assert (moves.both, moves.moved, moves.new) == (180, 0, 440)


@pytest.mark.slow
def test_a_quarter_more_of_a_real_shop_moves_no_more_than_the_best_matching(
    shared_data: Path, tmp_path: Path, workspace: Workspace
) -> None:
    whole = shared_data / "online-retail" / "online_retail.parquet"
    lines = pd.read_parquet(whole)
    lines[lines["InvoiceDate"] < "2011-09-09"].to_parquet(tmp_path / "a_quarter_earlier.parquet")
    load_file(workspace, tmp_path / "a_quarter_earlier.parquet")
    earlier = find_segments(workspace, OPTIONS)
    load_file(workspace, whole)
    later = find_segments(workspace, OPTIONS)
    both = load_customers(workspace, earlier).merge(load_customers(workspace, later), on="customer_id")
    for k in later.ks:
        shared = confusion_matrix(both[f"segment_{k}_x"], both[f"segment_{k}_y"])
        rows, columns = linear_sum_assignment(shared, maximize=True)
        stay = (both[f"segment_{k}_x"] == both[f"segment_{k}_y"]).sum()
        assert stay == shared[rows, columns].sum()
