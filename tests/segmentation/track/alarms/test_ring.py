"""Alarms of a shop whose last month is as the months before it, and of the same shop where it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.action.forget import forget_customer
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.track.alarms import ring, slow
from segmentation.track.alarms.alarm_facts import Alarms
from segmentation.track.alarms.kept_alarms import load_alarms, strangers
from segmentation.track.alarms.month_ends import month_ends, moved_by_time
from segmentation.track.alarms.ring import ring_alarms
from segmentation.track.assign import assign_as_of
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace
from tests.segmentation.track.alarms.months import Row, in_the_last_month, newcomers, orders, write

OPTIONS = RunOptions(model="none", k=4, k_range=(2, 4), resamples=1, resamples_of_suggested=1)
SHOP = orders(400, seed=1)


@pytest.fixture(scope="module")
def home_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of the shop with segments that were found before the last month."""
    folder = tmp_path_factory.mktemp("before")
    rows = [row for row in SHOP if row["order_date"].isoformat() <= "2024-01-10"]
    with Workspace.open(folder / "home" / "workspace.duckdb") as opened:
        load_file(opened, write(rows, folder / "before.csv"))
        find_segments(opened, OPTIONS)
    return folder / "home"


@pytest.fixture
def before(home_before: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """Give a copy of it."""
    return open_copy(home_before)


def rung(before: Workspace, folder: Path, rows: list[Row]) -> Alarms:
    """Ring after the last month."""
    frozen = replace(frozen_run(before), k=4)
    load_file(before, write(rows, folder / "after.csv"))
    return ring_alarms(before, frozen)


def test_a_month_like_the_others_rings_nothing(before: Workspace, tmp_path: Path) -> None:
    found = rung(before, tmp_path, SHOP)
    assert found.number == 0
    assert found.until == datetime(2024, 2, 10)
    assert len(found.months) >= 6
    assert "recency" in {feature.name for feature in found.by_time}
    assert "monetary" not in {feature.name for feature in found.by_time}


def test_orders_for_more_money_ring_as_a_feature_that_moved(before: Workspace, tmp_path: Path) -> None:
    dearer = in_the_last_month(SHOP, lambda row: row | {"amount": row["amount"] * 4})
    found = rung(before, tmp_path, dearer)
    assert "average_order_value" in {one.feature.name for one in found.moved}
    [moved] = [one for one in found.moved if one.feature.name == "average_order_value"]
    assert moved.after > moved.before
    assert moved.usual.bar is not None and moved.shift.moved > moved.usual.bar


def test_customers_unlike_anybody_ring_with_who_they_are(before: Workspace, tmp_path: Path) -> None:
    found = rung(before, tmp_path, SHOP + newcomers(40, seed=2, money=4_000.0))
    assert found.new_kind is not None
    people = strangers(before)
    new = people["customer_id"].str.startswith("n")
    assert new.sum() >= 36
    assert people["in_group"][new].mean() > 0.9
    assert found.new_kind.together == people["in_group"].sum()
    assert found.new_kind.people == len(people)
    told = {one.feature.name for one in found.new_kind.portrait.differences}
    assert told & {"monetary", "average_order_value", "largest_order"}


def test_many_newcomers_of_a_known_kind_ring_as_another_mix(before: Workspace, tmp_path: Path) -> None:
    found = rung(before, tmp_path, SHOP + newcomers(150, seed=3, money=20.0))
    assert found.mix is not None
    assert found.mix.points > 0.1
    assert found.mix.before.sum() == pytest.approx(1)
    assert found.mix.after.sum() == pytest.approx(1)


def test_the_mix_is_also_laid_beside_that_of_the_month_of_the_segments(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[dict[int, np.ndarray], int]] = []
    monkeypatch.setattr(slow, "A_YEAR", 5)
    monkeypatch.setattr(ring, "slow_mix", lambda counts, anchor, last: given.append((counts, anchor)))
    before = [row for row in SHOP if row["order_date"].isoformat() <= "2023-11-20"]
    load_file(workspace, write(before, tmp_path / "before.csv"))
    found = find_segments(workspace, OPTIONS)
    load_file(workspace, write(SHOP, tmp_path / "after.csv"))
    ring_alarms(workspace, frozen_run(workspace))
    [(counts, anchor)] = given
    assert found.as_of is not None and (found.as_of.date().isoformat(), anchor) == ("2023-11-20", 3)
    assert {*range(9)} <= set(counts)
    _, then = assign_as_of(workspace, frozen_run(workspace), found.suggestion.k, datetime(2023, 11, 10))
    assert counts[3].tolist() == np.bincount(then.segment, minlength=found.suggestion.k).tolist()


def test_what_rang_is_kept_until_it_rings_anew_and_forgets_who_is_forgotten(
    before: Workspace, tmp_path: Path
) -> None:
    found = rung(before, tmp_path, SHOP + newcomers(40, seed=2, money=4_000.0))
    kept = load_alarms(before)
    assert kept is not None and kept.new_kind is not None and found.new_kind is not None
    assert kept.new_kind.portrait == found.new_kind.portrait
    assert kept.figures == found.figures
    forget_customer(before, "n0003")
    assert "n0003" not in set(strangers(before)["customer_id"])


def test_month_ends_go_back_from_the_last_day_to_the_first_order() -> None:
    days = month_ends(datetime(2024, 3, 31), datetime(2023, 12, 31, 9))
    told = [(back, day.strftime("%d %b")) for back, day in days]
    assert told == [(2, "31 Jan"), (1, "29 Feb"), (0, "31 Mar")]


def test_with_a_year_of_orders_the_same_season_is_looked_at_and_what_lies_between_is_not() -> None:
    days = month_ends(datetime(2024, 3, 10), datetime(2020, 1, 1))
    assert [back for back, _ in days] == [14, 13, 12, 11, 7, 6, 5, 4, 3, 2, 1, 0]


def test_time_moves_what_becomes_another_for_who_does_nothing(workspace: Workspace, tmp_path: Path) -> None:
    table = pd.DataFrame({"a": [1.0, np.nan], "b": [1.0, 2.0]})
    features = tuple(Feature(name, name, name, Group.BEHAVIOUR, Unit.COUNT) for name in "ab")
    today = FeatureTable(np.array(["x", "y"], dtype=object), table, features, (), None, None)
    assert moved_by_time(today, today) == frozenset()
    assert moved_by_time(today, replace(today, values=table.assign(b=[1.0, 2.5]))) == {"b"}
    assert moved_by_time(today, replace(today, values=table.assign(a=[1.0, 0.0]))) == {"a"}
