"""Who stops buying: the definition, periods apart from each other, no looking ahead, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.action.retention.churn_definition import (
    ChurnDefinition,
    define_churn,
    own_interval,
    past_periods,
    snapshot_before,
)
from segmentation.action.retention.churn_risk import ChurnTest, RhythmTest, Way, churn_risk
from segmentation.action.retention.job import Outlook, coherent_alive, load_outlook, look_ahead
from segmentation.action.retention.win_back import (
    OVERDUE,
    Cause,
    Silence,
    Wanted,
    count_win_back,
    customers_outlook,
    list_win_back,
    segment_outlook,
    sum_win_back,
    usual_silence,
)
from segmentation.algorithms.risk import RiskQuality, judge
from segmentation.errors import FilesChangedError, NoHindsightError, OptionError
from segmentation.features.histories import OrderHistories
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import TABLES, Shop
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, View
from segmentation.sample_shop import write_csvs
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from segmentation.workspace.derived import forget_derived

LAST = datetime(2024, 12, 30)
Row = tuple[object, ...]
COLUMNS = ["customer_id", "order_id", "product_id", "ordered_at", "quantity", "amount", "discount"]
COLUMNS += ["is_return", "is_product"]


def line(customer: str, at: datetime, amount: str = "10") -> Row:
    """Return a row of shop.lines."""
    return (customer, f"{customer} {at:%y%m%d}", "mug", at, 1, float(amount), None, False, True)


def faithful_and_lost(stop: int = 120) -> list[Row]:
    """Return 80 who order every 20 days to the end and 80 who do so for a while: known by their silence."""
    rows = []
    for person in range(160):
        end = LAST if person % 2 else LAST - timedelta(days=stop + person)
        moment = LAST - timedelta(days=360 - person % 20)
        while moment <= end:
            rows.append(line(f"c{person:03}", moment))
            moment += timedelta(days=20 + person % 3)
    return rows


@pytest.fixture
def shop(workspace: Workspace) -> Shop:
    """Give a shop of those who stay and those who stop."""
    return fill(workspace, faithful_and_lost())


def fill(workspace: Workspace, rows: list[Row]) -> Shop:
    """Write a shop's tables by hand."""
    people = sorted({row[0] for row in rows})
    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.register("people", pd.DataFrame({"customer_id": people, "sort_key": None}))
        cursor.execute("INSERT INTO shop.customers SELECT * FROM people")
        cursor.register("rows", pd.DataFrame(rows, columns=COLUMNS))
        cursor.execute("INSERT INTO shop.lines BY NAME SELECT * FROM rows")
    has = frozenset({"lines", "lines.ordered_at", "lines.amount"})
    return Shop(len(people), "a customer", LAST, "EUR", has, (), (), (), "by hand")


def test_the_usual_longest_gap_defines_who_is_gone(workspace: Workspace, shop: Shop) -> None:
    found = define_churn(workspace, shop)
    assert (found.days, found.usual_gap, found.asked) == (22, 22, False)
    assert found.longest == found.covered // 4
    assert define_churn(workspace, shop, 60).days == 60
    with pytest.raises(OptionError, match="5 days without an order were asked for"):
        define_churn(workspace, shop, 5)
    with pytest.raises(OptionError, match="Your history allows 7 to"):
        define_churn(workspace, shop, found.longest + 1)


def test_a_long_gap_is_cut_to_what_can_be_tested(workspace: Workspace) -> None:
    rows = [line(f"c{n}", LAST - timedelta(days=back)) for n in range(40) for back in (199, 40)]
    found = define_churn(workspace, fill(workspace, rows))
    assert (found.days, found.usual_gap, found.longest) == (50, 159, 50)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([line("ann", LAST - timedelta(days=back)) for back in (0, 3, 20)], "the orders cover only 21 days"),
        ([line("ann", LAST - timedelta(days=300)), line("bob", LAST)], "nobody ordered on a second day"),
    ],
)
def test_too_little_history_is_refused(workspace: Workspace, rows: list[Row], found: str) -> None:
    with pytest.raises(NoHindsightError, match=found):
        define_churn(workspace, fill(workspace, rows))


def test_periods_follow_each_other_without_overlap() -> None:
    periods = past_periods(ChurnDefinition(30, 30, 90, False, datetime(2024, 12, 30, 13), 362))
    assert len(periods) == 6
    assert periods[0].end == datetime(2024, 12, 30)
    for later, earlier in pairwise(periods):
        assert later.days == earlier.days == 30
        assert later.cutoff - earlier.end == timedelta(days=1)
    assert len(past_periods(ChurnDefinition(90, 90, 90, False, LAST, 362))) == 3


def test_a_rhythm_borrows_from_the_shop_where_it_is_short() -> None:
    ids = np.array(["once", "twice", "thrice", "often"], dtype=object)
    histories = OrderHistories(
        LAST,
        ids,
        np.array([1, 2, 3, 21.0]),
        np.array([0, 30, 20, 200.0]),
        np.full(4, 300.0),
        np.ones(4),
    )
    found = own_interval(histories, 50)
    np.testing.assert_allclose(found, [np.nan, np.nan, (20 + 100) / 4, (200 + 100) / 22])


def test_nothing_that_came_later_reaches_a_feature(workspace: Workspace, shop: Shop) -> None:
    definition = define_churn(workspace, shop, 60)
    period = past_periods(definition)[1]
    before = snapshot_before(workspace, shop, period, definition)
    with workspace.cursor() as cursor:
        cursor.execute("DELETE FROM shop.lines WHERE ordered_at >= ?", [period.cutoff])
        cursor.execute("INSERT INTO shop.lines SELECT * REPLACE (ordered_at + INTERVAL 400 DAY AS ordered_at,"
                       " amount * 9 AS amount) FROM shop.lines")  # fmt: skip
    after = snapshot_before(workspace, shop, period, definition)
    pd.testing.assert_frame_equal(before.features, after.features)
    np.testing.assert_array_equal(before.interval, after.interval)
    assert before.stopped.sum() != after.stopped.sum()


def test_silence_foretells_who_stops(workspace: Workspace, shop: Shop) -> None:
    steps: list[str] = []
    found = churn_risk(workspace, shop, 60, on_progress=lambda step, done, total: steps.append(step))
    assert found.test.qualities[found.test.better].auc > 0.95
    assert found.test.trained_on[0].end < found.test.calibrated_on.cutoff
    assert found.test.calibrated_on.end < found.test.tested_on.cutoff
    ids = found.today.histories.customer_ids
    faithful = np.array([int(one[1:]) % 2 == 1 for one in ids])
    assert found.risk[faithful].max() < found.risk[~faithful].min()
    assert found.today.overdue[~faithful].min() > 4
    assert set(steps) == {Stage.LEARNING_CHURN}
    np.testing.assert_array_equal(churn_risk(workspace, shop, 60).risk, found.risk)


def test_nobody_who_stops_is_refused(workspace: Workspace) -> None:
    rows = [row for row in faithful_and_lost() if int(str(row[0])[1:]) % 2]
    with pytest.raises(NoHindsightError, match="too few customers stopped, or too few came back"):
        churn_risk(workspace, fill(workspace, rows), 60)


def test_the_better_way_is_used() -> None:
    came = np.array([0, 0, 1, 1.0])
    good, bad = judge(np.array([0.1, 0.2, 0.8, 0.9]), came), judge(np.array([0.9, 0.2, 0.8, 0.1]), came)
    period = past_periods(ChurnDefinition(30, 30, 90, False, LAST, 362))[0]

    def better(model: RiskQuality, recency: RiskQuality) -> Way:
        qualities = {Way.MODEL: model, Way.RECENCY: recency}
        test = ChurnTest(
            (period,), period, period, 4, 0.5, None, qualities, RhythmTest(0, None, None, None), ()
        )
        return test.better

    assert better(good, bad) == Way.MODEL
    assert better(bad, good) == Way.RECENCY
    assert better(good, good) == Way.RECENCY


def test_the_simplest_way_that_is_not_clearly_behind_is_used() -> None:
    aucs = {Way.RECENCY: 0.67, Way.FREQUENCY: 0.72, Way.RECENCY_FREQUENCY: 0.735, Way.MODEL: 0.74}
    qualities = {way: RiskQuality(auc, 0.2, ()) for way, auc in aucs.items()}
    period = past_periods(ChurnDefinition(30, 30, 90, False, LAST, 362))[0]
    behind = {Way.RECENCY: (0.05, 0.07), Way.FREQUENCY: (0.01, 0.03), Way.RECENCY_FREQUENCY: (-0.005, 0.015)}
    test = ChurnTest(
        (period,), period, period, 4, 0.5, None, qualities, RhythmTest(0, None, None, None), (), behind
    )
    assert (test.best, test.simple, test.better) == (Way.MODEL, *[Way.RECENCY_FREQUENCY] * 2)
    clear = replace(test, behind={**behind, Way.RECENCY_FREQUENCY: (0.001, 0.009)})
    assert clear.better == Way.MODEL


@given(alive=st.floats(0, 1), risk=st.floats(0, 1))
def test_who_is_likely_to_order_is_likely_a_customer(alive: float, risk: float) -> None:
    [found] = coherent_alive(np.array([alive]), np.array([risk]))
    assert alive <= found <= 1
    assert found + risk >= 1


@pytest.fixture(scope="module")
def looked_ahead(
    tmp_path_factory: pytest.TempPathFactory, load_fake: Callable
) -> Iterator[tuple[Workspace, Run, Outlook]]:
    """Give the orders of a small sample shop, its segments and their outlook; nobody may change it."""
    write_csvs(folder := tmp_path_factory.mktemp("shop"), customers=400, seed=7)
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, folder / "orders.csv")
        options = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)
        run = find_segments(workspace, options)
        yield workspace, run, look_ahead(workspace, run)


def test_an_outlook_is_kept_with_its_run(looked_ahead: tuple[Workspace, Run, Outlook]) -> None:
    workspace, run, found = looked_ahead
    assert load_outlook(workspace, run.run_id) == found
    assert found.has_spend
    assert found.churn is not None
    assert found.definition is not None
    rows = customers_outlook(workspace, View.of(workspace, run, 3))
    assert len(rows) == run.customers
    assert rows["risk"].between(0, 1).all()
    assert (rows["alive"] + rows["risk"] >= 1 - 1e-9).all()
    assert (rows["spend_90"] <= rows["if_stays_90"] + 1e-9).all()


def test_segments_add_up(looked_ahead: tuple[Workspace, Run, Outlook]) -> None:
    workspace, run, _ = looked_ahead
    view = View.of(workspace, run, 3)
    rows, table = customers_outlook(workspace, view), segment_outlook(workspace, view, 180)
    assert table["segment"].tolist() == [0, 1, 2]
    assert table["customers"].tolist() == [one.size for one in run.cuts[3].segments]
    for segment, of_it in rows.groupby("segment"):
        one = table.iloc[segment]
        assert one["spend"] == pytest.approx(of_it["spend_180"].sum())
        assert one["at_risk"] == pytest.approx((of_it["risk"] * of_it["if_stays_180"]).sum())
        assert one["likely"] == (of_it["risk"] >= 0.5).sum()
        assert one["risk"] == pytest.approx(of_it["risk"].mean())


def test_the_list_is_ordered_by_what_is_at_risk(looked_ahead: tuple[Workspace, Run, Outlook]) -> None:
    workspace, run, _ = looked_ahead
    silence = Silence(150, 30)
    view = View.of(workspace, run, 3)
    rows, listed = customers_outlook(workspace, view), list_win_back(workspace, view, 365, silence)
    likely = rows[rows["risk"] >= 0.5]
    overdue = likely["days_since"] >= likely["usual_interval"].fillna(30)
    wanted = likely[overdue & (likely["days_since"] <= 150)]
    assert set(listed["customer_id"]) == set(wanted["customer_id"])
    assert len(listed) > 0
    assert listed["at_risk"].is_monotonic_decreasing
    np.testing.assert_allclose(listed["at_risk"], listed["risk"] * listed["if_stays"])
    assert len(list_win_back(workspace, view, 365, silence, most=2)) == 2
    found = count_win_back(workspace, run, silence)
    assert found.listed == len(listed)
    assert found.gone == (likely["days_since"] > 150).sum()
    assert sum(vars(found).values()) == len(likely)
    with pytest.raises(OptionError, match="30 days ahead were asked for"):
        list_win_back(workspace, view, 30, silence)


def test_the_list_is_narrowed_by_segment_money_and_why(
    looked_ahead: tuple[Workspace, Run, Outlook],
) -> None:
    workspace, run, _ = looked_ahead
    view, silence = View.of(workspace, run, 3), Silence(400, 30)
    everybody = list_win_back(workspace, view, 180, silence)
    once = everybody["order_days"] == 1
    late = ~once & (everybody["overdue"] >= 1.5)
    reasons = {Cause.ONCE: once, Cause.LATE: late, Cause.OVERDUE: ~once & ~late}
    money = float(everybody["at_risk"].median())
    cases = [(Wanted(why=why), rows) for why, rows in reasons.items()]
    cases += [(Wanted((2,)), everybody["segment"] == 2), (Wanted((0, 2)), everybody["segment"] != 1)]
    cases += [(Wanted(least=money), everybody["at_risk"] >= money), (Wanted(), everybody["risk"] > 0)]
    assert len({tuple(rows) for _, rows in cases}) > 5
    for wanted, rows in cases:
        found = list_win_back(workspace, view, 180, silence, wanted=wanted)
        assert found["customer_id"].tolist() == everybody[rows]["customer_id"].tolist()
        total = sum_win_back(workspace, view, 180, silence, wanted)
        assert total.people == rows.sum()
        assert total.at_risk == (pytest.approx(everybody[rows]["at_risk"].sum()) if rows.any() else None)


def test_who_ordered_days_ago_is_not_won_back(looked_ahead: tuple[Workspace, Run, Outlook]) -> None:
    workspace, _, _ = looked_ahead
    with workspace.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        values = {"a": (2, None), "b": (60, None), "c": (9, 10.0), "d": (10, 10.0), "e": (200, 10.0)}
        for customer, (days, interval) in values.items():
            cursor.execute(
                "UPDATE outlook SET risk = 0.9, days_since = ?, usual_interval = ?, customer_id = ? "
                "WHERE customer_id = (SELECT min(customer_id) FROM outlook WHERE length(customer_id) > 1)",
                [days, interval, customer],
            )
        listed = cursor.execute(
            "SELECT customer_id FROM outlook WHERE length(customer_id) = 1 AND days_since <= $up_to "
            f"AND {OVERDUE} ORDER BY 1",
            {"up_to": 150, "without_rhythm": 60},
        ).fetchall()
        cursor.execute("ROLLBACK")
    assert listed == [("b",), ("d",)]


def test_the_usual_silence_is_no_longer_than_the_history_and_what_counts_as_gone() -> None:
    definition = ChurnDefinition(50, 70, 90, False, datetime(2024, 1, 1), 120)
    assert usual_silence(definition) == Silence(120, 50)
    assert usual_silence(replace(definition, days=80, covered=900)) == Silence(240, 70)


def test_what_is_forgotten_is_gone(looked_ahead: tuple[Workspace, Run, Outlook]) -> None:
    workspace, _, _ = looked_ahead
    with workspace.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        forget_derived(workspace, cursor)
        assert cursor.execute("SELECT count(*) FROM outlook").fetchall() == [(0,)]
        cursor.execute("ROLLBACK")


def test_without_dates_the_outlook_says_what_is_missing(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"{n},c{n % 60},{n % 7 + 1}.00\n" for n in range(200))
    (tmp_path / "orders.csv").write_text(f"order_id,customer_id,amount\n{rows}")
    load_file(workspace, tmp_path / "orders.csv")
    options = RunOptions(k_range=(2, 3), model="none", resamples=2, resamples_of_suggested=2)
    found = look_ahead(workspace, run := find_segments(workspace, options))
    assert found.value is found.check is found.churn is found.definition is None
    assert "no orders with dates" in found.no_value
    assert "no orders with dates" in found.no_churn
    assert load_outlook(workspace, run.run_id) == found
    assert len(customers_outlook(workspace, View.of(workspace, run, 2))) == 0
    load_file(workspace, _more(tmp_path))
    with pytest.raises(FilesChangedError, match="have changed"):
        look_ahead(workspace, run)


def _more(folder: Path) -> Path:
    (folder / "more.csv").write_text("order_id,customer_id,amount\n900,c1,3.00\n901,c2,4.00\n")
    return folder / "more.csv"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "aucs", "used"),
    [
        ("online-retail/online_retail.parquet", (0.733, 0.673, 0.720, 0.735), Way.RECENCY_FREQUENCY),
        ("cdnow/CDNOW_master.txt", (0.825, 0.816, 0.812, 0.824), Way.RECENCY_FREQUENCY),
    ],
)
def test_two_plain_figures_do_as_well_as_the_model_on_real_shops(
    workspace: Workspace, shared_data: Path, path: str, aucs: tuple[float, ...], used: Way
) -> None:
    load_file(workspace, shared_data / path)
    found = churn_risk(workspace, build_shop(workspace)).test
    assert found.better == used
    assert [found.qualities[way].auc for way in Way] == pytest.approx(aucs, abs=0.01)
    assert found.behind[Way.RECENCY][0] > 0


@pytest.mark.slow
def test_nobody_can_tell_who_leaves_a_shop_that_was_made_up(workspace: Workspace, shared_data: Path) -> None:
    load_file(workspace, shared_data / "superstore" / "Sample - Superstore.csv")
    found = churn_risk(workspace, build_shop(workspace)).test
    assert found.better != Way.MODEL
    assert found.qualities[found.best].auc < 0.55
