"""The overview of a run: kept with it, compared with the data before, gone with a forgotten customer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.action.forget import forget_customer
from segmentation.action.overview import (
    Deed,
    Stake,
    keep_overview,
    load_overview,
    load_segments_overview,
    risk_of_shop,
    whom_to_thank_and_offer,
    whom_to_win_back,
)
from segmentation.action.retention import count_win_back, usual_silence
from segmentation.action.retention.job import load_outlook
from segmentation.errors import FilesChangedError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.months import months
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, View, load_run
from segmentation.workspace import Workspace
from tests.segmentation.action.conftest import Segmented

QUICK = RunOptions(k_range=(2, 3), model="none", resamples=2, resamples_of_suggested=2)


@pytest.fixture(scope="module")
def kept(segmented: Segmented, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    """Give a copy of the sample shop with its overview; nobody may change it."""
    path = tmp_path_factory.mktemp("overview") / "workspace.duckdb"
    with segmented.workspace.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    shutil.copyfile(segmented.workspace.path, path)
    with Workspace.open(path) as workspace:
        keep_overview(workspace, segmented.run)
        yield workspace, segmented.run


def orders_file(folder: Path, name: str, until: int, customers: int = 30) -> Path:
    """Write a file of orders of a day each: customer n orders every n + 2 days from the first of 2024 on."""
    days = pd.date_range("2024-01-01", periods=until)
    rows = [
        (f"c{who:02d}", day.date(), 10 + who)
        for who in range(customers)
        for place, day in enumerate(days)
        if place % (who + 2) == 0
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount"])
    frame.insert(0, "order_id", [f"{name}-{place}" for place in range(len(frame))])
    frame.to_csv(folder / f"{name}.csv", index=False)
    return folder / f"{name}.csv"


def test_it_is_read_back_as_it_was_counted(kept: tuple[Workspace, Run]) -> None:
    workspace, run = kept
    found = load_overview(workspace, run.run_id)
    assert found is not None
    assert found == keep_overview(workspace, run)
    assert found.orders is not None
    assert found.orders.as_of == run.as_of.date()  # type: ignore[union-attr]
    assert (found.orders.since_run, (found.orders.as_of - found.orders.since).days) == (None, 28)
    assert found.orders.then is not None
    assert found.orders.then.buyers <= found.orders.now.buyers <= run.customers
    assert sum(found.orders.tenths or ()) == pytest.approx(1, abs=1e-4)


def test_months_of_every_k_sum_to_the_months_of_the_shop(kept: tuple[Workspace, Run]) -> None:
    workspace, run = kept
    overview = load_overview(workspace, run.run_id)
    assert overview is not None
    assert overview.orders is not None
    whole = months(workspace).set_index("month")
    for k in run.ks:
        found = load_segments_overview(workspace, run.run_id, k)
        assert found is not None
        assert found.months.orders.shape == (k, overview.orders.months.number)
        shown = whole.loc[pd.to_datetime(list(overview.orders.months.days))]
        assert found.months.orders.sum(axis=0).tolist() == shown["orders"].tolist()
        np.testing.assert_allclose(found.months.revenue.sum(axis=0), shown["revenue"], atol=0.05)
        assert found.paid.sum() == pytest.approx(overview.orders.now.revenue, abs=0.1)
        assert found.orders.sum() == overview.orders.now.orders


def test_whom_to_thank_and_to_whom_to_offer(kept: tuple[Workspace, Run]) -> None:
    workspace, run = kept
    overview, found = load_overview(workspace, run.run_id), load_segments_overview(workspace, run.run_id, 4)
    assert overview is not None
    assert overview.orders is not None
    assert found is not None
    view = View.of(workspace, run, 4)
    offered, thanked = whom_to_thank_and_offer(view, overview.orders, found, None)
    sizes = np.array([one.size for one in view.segments])
    assert (offered.deed, thanked.deed) == (Deed.OFFER, Deed.THANK)
    assert thanked.segment == int(np.argmax(found.paid / sizes))
    rest = [label for label in range(4) if label != thanked.segment]
    assert offered.segment == max(rest, key=lambda label: found.paid[label])
    assert (thanked.people, thanked.stake) == (int(sizes[thanked.segment]), Stake.PAID)
    assert thanked.worth == found.paid[thanked.segment]


def test_win_back_is_who_is_overdue_until_somebody_looks_ahead(
    kept: tuple[Workspace, Run], home_ahead: Path, open_copy: Callable[[Path], Workspace]
) -> None:
    workspace, run = kept
    overview = load_overview(workspace, run.run_id)
    assert overview is not None
    assert overview.orders is not None
    view = View.of(workspace, run, 4)
    guessed = whom_to_win_back(workspace, view, overview.orders, None)
    assert guessed is not None
    assert (guessed.people, guessed.foreseen) == (overview.orders.now.overdue, False)
    assert risk_of_shop(workspace, run.run_id) is None
    ahead = open_copy(home_ahead)
    outlook = load_outlook(ahead, run.run_id)
    assert outlook is not None and outlook.definition is not None
    foreseen = whom_to_win_back(ahead, view, overview.orders, outlook)
    assert foreseen is not None
    assert foreseen.people == count_win_back(ahead, run, usual_silence(outlook.definition)).listed
    assert (foreseen.stake, foreseen.foreseen) == (Stake.MONEY_AT_RISK, True)
    whole = risk_of_shop(ahead, run.run_id)
    assert whole is not None
    assert 0 < foreseen.worth <= whole


def test_changes_are_since_the_data_before(workspace: Workspace, tmp_path: Path) -> None:
    load_file(workspace, orders_file(tmp_path, "first", 100))
    first = find_segments(workspace, QUICK)
    assert keep_overview(workspace, first).customers_before is None
    load_file(workspace, orders_file(tmp_path, "more", 130, customers=40))
    second = find_segments(workspace, QUICK)
    found = keep_overview(workspace, second)
    assert found.customers_before == 30
    assert found.orders is not None
    assert (found.orders.as_of, found.orders.since) == (date(2024, 5, 9), date(2024, 4, 9))
    assert found.orders.since_run == first.run_id
    assert found.orders.then is not None
    assert found.orders.window == 130
    assert found.orders.then.revenue is None  # 100 days do not hold 130
    assert (found.orders.then.buyers, found.orders.now.buyers) == (40, 40)
    again = find_segments(workspace, QUICK)
    assert keep_overview(workspace, again).orders == found.orders  # the same data: still since the first


def test_a_table_of_customers_has_no_orders(workspace: Workspace, tmp_path: Path) -> None:
    rows = "\n".join(f"{who},{20 + who % 50},{(who * 7) % 100}" for who in range(120))
    (tmp_path / "people.csv").write_text(f"customer_id,age,score\n{rows}\n")
    load_file(workspace, tmp_path / "people.csv")
    run = find_segments(workspace, QUICK)
    assert keep_overview(workspace, run).orders is None
    assert load_segments_overview(workspace, run.run_id, 2) is None


def test_files_that_changed_are_not_counted_for_an_older_run(workspace: Workspace, tmp_path: Path) -> None:
    load_file(workspace, orders_file(tmp_path, "first", 60))
    run = find_segments(workspace, QUICK)
    load_file(workspace, orders_file(tmp_path, "more", 70))
    with pytest.raises(FilesChangedError):
        keep_overview(workspace, run)
    assert load_overview(workspace, run.run_id) is None


def test_a_forgotten_customer_is_counted_no_more(workspace: Workspace, tmp_path: Path) -> None:
    load_file(workspace, orders_file(tmp_path, "first", 60))
    run = find_segments(workspace, QUICK)
    before = keep_overview(workspace, run).orders
    assert before is not None
    build_shop(workspace)
    forget_customer(workspace, "c00")
    assert load_overview(workspace, run.run_id) is None
    left = load_run(workspace)
    assert left is not None
    after = keep_overview(workspace, left).orders
    assert after is not None
    assert (before.now.buyers, after.now.buyers) == (30, 29)
    assert before.now.orders - after.now.orders == 30  # every other day of 60


def test_the_facts_name_nobody(kept: tuple[Workspace, Run]) -> None:
    workspace = kept[0]
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT summary -> '$.overview' FROM runs").fetchall()[0][0]
        ids = cursor.execute("SELECT customer_id FROM shop.customers").fetchall()
    assert not [one for (one,) in ids if f'"{one}"' in found]
