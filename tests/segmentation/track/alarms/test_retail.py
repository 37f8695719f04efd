"""Alarms of a real shop, month by month as it was, and with a month made another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.track.alarms.alarm_facts import Alarms
from segmentation.track.alarms.kept_alarms import strangers
from segmentation.track.alarms.ring import ring_alarms
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

OPTIONS = RunOptions(model="none", k=5, k_range=(4, 6), resamples=2, resamples_of_suggested=2)
DAY, CUSTOMER, ORDER = "InvoiceDate", "CustomerID", "InvoiceNo"
Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def lines(shared_data: Path) -> pd.DataFrame:
    """Give every line of the shop."""
    found = pd.read_parquet(shared_data / "online-retail" / "online_retail.parquet")
    return found.assign(**{DAY: pd.to_datetime(found[DAY])})


def followed(
    workspace: Workspace, folder: Path, lines: pd.DataFrame, ends: list[str], change: Change | None = None
) -> list[Alarms]:
    """Find segments on the day `ends[0]`, and ring on the later ones; `change` alters the last month."""
    found = []
    for end in ends:
        rows = lines[lines[DAY] < pd.Timestamp(end) + pd.Timedelta(days=1)]
        if change and end != ends[0]:
            is_last = rows[DAY] > pd.Timestamp(end) - pd.DateOffset(months=1)
            rows = pd.concat([rows[~is_last], change(rows[is_last])])
        path = folder / f"{end}.parquet"
        rows.reset_index(drop=True).to_parquet(path)
        load_file(workspace, path)
        if end == ends[0]:
            find_segments(workspace, OPTIONS)
            frozen = frozen_run(workspace)
        else:
            found.append(ring_alarms(workspace, frozen))
    return found


def test_nothing_rings_as_the_shop_was_and_not_at_its_christmas(
    workspace: Workspace, tmp_path: Path, lines: pd.DataFrame
) -> None:
    ends = ["2011-08-09", "2011-09-09", "2011-10-09", "2011-11-09", "2011-12-09"]
    assert [found.number for found in followed(workspace, tmp_path, lines, ends)] == [0, 0, 0, 0]


def test_twice_the_prices_ring_as_order_values_that_moved(
    workspace: Workspace, tmp_path: Path, lines: pd.DataFrame
) -> None:
    [found] = followed(
        workspace,
        tmp_path,
        lines,
        ["2011-10-09", "2011-11-09"],
        lambda month: month.assign(UnitPrice=2 * month["UnitPrice"]),
    )
    assert "average_order_value" in {one.feature.name for one in found.moved}
    assert (found.mix, found.new_kind) == (None, None)


def test_people_who_buy_two_dear_things_twice_are_a_new_kind(
    workspace: Workspace, tmp_path: Path, lines: pd.DataFrame
) -> None:
    [found] = followed(workspace, tmp_path, lines, ["2011-10-09", "2011-11-09"], _with_dear_things)
    assert found.new_kind is not None
    people = strangers(workspace)
    planted = people["customer_id"].astype(float) > 19_000
    assert planted.sum() >= 140
    assert people["in_group"][planted].mean() > 0.9
    assert people["in_group"][~planted].mean() < 0.1
    assert (found.mix, found.moved) == (None, ())


def _with_dear_things(month: pd.DataFrame) -> pd.DataFrame:
    """Add 150 customers who order two pieces for 1,500 each, and the same thirty hours later."""
    bought = month[month[CUSTOMER].notna()].drop_duplicates(ORDER).head(150)
    customers = 19_001.0 + np.arange(len(bought))
    first = bought.assign(Quantity=2, UnitPrice=1_500.0, **{CUSTOMER: customers})
    once = first.assign(**{ORDER: [f"{590_000 + at}" for at in range(len(bought))]})
    again = first.assign(
        **{ORDER: [f"{591_000 + at}" for at in range(len(bought))], DAY: once[DAY] + pd.Timedelta(hours=30)}
    )
    return pd.concat([month, once, again])
