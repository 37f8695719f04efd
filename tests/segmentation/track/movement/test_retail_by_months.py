"""A real shop followed month by month: every figure of a movement counted again from the rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.track.assign import assign, describe_as_of
from segmentation.track.frozen import Frozen, frozen_run
from segmentation.track.movement.cells import Cell, Look, count_cells, movers
from segmentation.track.movement.job import compare_days
from segmentation.track.movement.kept_movements import Movement
from segmentation.track.movement.weight import moved_of
from segmentation.workspace import Workspace

K = 5
ENDS = [datetime(2011, month, 9) for month in range(6, 13)]
MONTHS = list(itertools.pairwise(ENDS))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Workspace]:
    """Give the shop with segments by what was bought."""
    with Workspace.open(tmp_path_factory.mktemp("retail") / "workspace.duckdb") as workspace:
        load_file(workspace, shared_data / "online-retail" / "online_retail.parquet")
        options = RunOptions(model="none", k_range=(K, K), resamples=1, resamples_of_suggested=1)
        find_segments(workspace, options)
        yield workspace


@pytest.fixture(scope="module")
def lines(shop: Workspace) -> pd.DataFrame:
    """Give every line of the shop, those taken back later with the moment of that."""
    columns = "customer_id, ordered_at, amount::DOUBLE AS amount"
    with shop.cursor() as cursor:
        kept = cursor.sql(f"SELECT {columns}, NULL::TIMESTAMP AS undone_at FROM shop.lines").df()
        undone = cursor.sql(f"SELECT {columns}, undone_at FROM shop.undone").df()
    return pd.concat([kept, undone.astype(kept.dtypes)])


def by_hand(shop: Workspace, frozen: Frozen, lines: pd.DataFrame, days: tuple[datetime, datetime]) -> dict:
    """Count customers, revenue and reasons of every pair of segments, from the customers and their lines."""
    (_, before), (_, after) = ((day, pd.Series(*labels_on(shop, frozen, day), name=str(day))) for day in days)
    people = pd.concat([before, after], axis=1, keys=["was", "now"])
    since, until = (pd.Timestamp(one) for one in days)
    day, undone = lines["ordered_at"].dt.normalize(), lines["undone_at"].dt.normalize()
    stands = ~(undone <= until)
    did = (stands & (day > since) & (day <= until)) | ((undone > since) & (undone <= until))
    people["acted"] = people.index.isin(lines["customer_id"][did])
    people.loc[people["was"].isna() & ~people["acted"], "was"] = -2
    year = lines[stands & (day > until - pd.Timedelta(days=365)) & (day <= until)]
    people["revenue"] = year.groupby("customer_id")["amount"].sum().reindex(people.index)
    people = people.fillna({"was": -1, "now": -1}).astype({"was": int, "now": int})
    return {
        pair: (len(some), round(float(some["revenue"].sum()), 2), int(some["acted"].sum()))
        for pair, some in people.groupby(["was", "now"])
    }


def labels_on(shop: Workspace, frozen: Frozen, day: datetime) -> tuple[np.ndarray, np.ndarray]:
    """Give the segments of the customers of a day, and their ids."""
    table, text = describe_as_of(shop, frozen, day)
    found = assign(frozen, table, text, K)
    return found.segment.astype(float), found.customer_ids


@pytest.mark.parametrize("days", MONTHS[1::2], ids=lambda days: f"{days[1]:%Y-%m}")
def test_every_figure_is_that_of_the_rows(
    shop: Workspace, lines: pd.DataFrame, days: tuple[datetime, datetime]
) -> None:
    frozen = frozen_run(shop)
    movement = compare_days(shop, frozen, days)
    cells = count_cells(shop, Look(movement, K))
    told = {
        (cell.was, cell.now): (cell.customers, round(cell.revenue or 0.0, 2), cell.did_something)
        for cell in cells
    }
    assert told == by_hand(shop, frozen, lines, days)
    assert all(cell.did_something + cell.silence == cell.customers for cell in cells)
    assert len(movers(shop, Look(movement, K))) == sum(c.customers for c in cells if c.was not in (c.now, -2))
    assert_reasons_hold(shop, movement, cells)


def assert_reasons_hold(shop: Workspace, movement: Movement, cells: tuple[Cell, ...]) -> None:
    """Have time alone and borders explain some of the moves, and clear moves be fewer, of the same people."""
    moved = moved_of(cells)
    clear = moved_of(count_cells(shop, Look(movement, K, steady=True)))
    assert clear.both == moved.both
    assert 0.1 < moved.moved / moved.both < 0.4
    assert 0.5 < clear.moved / moved.moved < 0.95
    assert clear.border < moved.border
    assert moved.silence > 0.2 * moved.moved


def test_the_same_days_give_the_same_steps(shop: Workspace) -> None:
    frozen = frozen_run(shop)
    first = compare_days(shop, frozen, MONTHS[-1])
    counted = count_cells(shop, Look(first, K))
    again = compare_days(shop, frozen, MONTHS[-1])
    assert again.movement_id != first.movement_id
    assert count_cells(shop, Look(again, K)) == counted
    assert count_cells(shop, Look(first, K)) == ()
