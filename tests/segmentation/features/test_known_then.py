"""What was known at a cut-off: rows of after it change nothing of the features before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.features.build import build_features
from segmentation.features.cutoff import Period, past_of
from segmentation.features.histories import gaps_between_orders, histories_before, order_histories
from segmentation.features.table import FeatureTable
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

CUTOFF = datetime(2024, 7, 1)
PERIOD = Period(CUTOFF, datetime(2024, 12, 30), 0, 0)
HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID"


def rows_of_a_year(seed: int = 4) -> list[tuple[datetime, str]]:
    """Return lines of a year; every fifth purchase is cancelled by another document, up to 90 days later."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(900):
        at = datetime(2024, 1, 1) + timedelta(days=int(rng.integers(0, 360)), hours=int(rng.integers(8, 20)))
        customer, thing, price = rng.integers(10_000, 10_080), rng.integers(100, 130), rng.integers(2, 40)
        rows.append((at, f"{500_000 + number},P{thing},2,{at},{price}.00,{customer}"))
        if number % 5 == 0:
            back = at + timedelta(days=int(rng.integers(1, 90)))
            if back < datetime(2024, 12, 31):
                rows.append((back, f"C{600_000 + number},P{thing},-2,{back},{price}.00,{customer}"))
    return sorted(rows)


def load(workspace: Workspace, path: Path, rows: list[tuple[datetime, str]]) -> None:
    """Put these lines into a workspace as a file of orders."""
    path.write_text("\n".join([HEADER, *(row for _, row in rows)]))
    load_file(workspace, path)


def features_then(workspace: Workspace) -> FeatureTable:
    """Return the features as of the day before the cut-off."""
    with past_of(workspace, build_shop(workspace), PERIOD) as (past, then):
        return build_features(past, then)


@pytest.fixture
def both(workspace: Workspace, tmp_path: Path) -> tuple[Workspace, Workspace]:
    """Give a shop of the whole year, and one whose file ends at the cut-off."""
    rows = rows_of_a_year()
    earlier = Workspace.open(tmp_path / "earlier" / "w.duckdb")
    load(workspace, tmp_path / "whole.csv", rows)
    load(earlier, tmp_path / "half.csv", [row for row in rows if row[0] < CUTOFF])
    return workspace, earlier


def test_later_rows_change_no_feature_of_before(both: tuple[Workspace, Workspace]) -> None:
    whole, earlier = both
    with earlier:
        now, then = features_then(whole), features_then(earlier)
        assert now.customer_ids.tolist() == then.customer_ids.tolist()
        pd.testing.assert_frame_equal(now.values, then.values)


def test_later_rows_change_no_history_of_before(both: tuple[Workspace, Workspace]) -> None:
    whole, earlier = both
    with earlier:
        build_shop(whole)
        build_shop(earlier)
        now, after = histories_before(whole, PERIOD)
        then = order_histories(earlier, PERIOD.day_before)
        assert after.order_days.sum() > 100
        for name in ("customer_ids", "order_days", "active_span", "observed", "spent"):
            np.testing.assert_array_equal(getattr(now, name), getattr(then, name))
        until = PERIOD.day_before
        assert gaps_between_orders(whole, until) == gaps_between_orders(earlier, until)


def test_what_was_taken_back_since_is_no_order_of_today(both: tuple[Workspace, Workspace]) -> None:
    whole, earlier = both
    earlier.close()
    build_shop(whole)
    rows = rows_of_a_year()
    bought = {line.split(",")[0] for _, line in rows if not line.startswith("C")}
    cancelled = {f"{int(line[1:7]) - 100_000}" for _, line in rows if line.startswith("C")}
    with whole.cursor() as cursor:
        counted = {one for (one,) in cursor.execute("SELECT order_id FROM shop.lines").fetchall()}
        undone = cursor.execute("SELECT order_id, ordered_at, undone_at FROM shop.undone").fetchall()
    assert counted == bought - cancelled
    assert {one for one, _, _ in undone} == cancelled
    assert all(back > at for _, at, back in undone)
    last = order_histories(whole, datetime(2024, 12, 31))
    assert last.spent.sum() == sum(
        2 * float(line.split(",")[4]) for _, line in rows if line.split(",")[0] in counted
    )
