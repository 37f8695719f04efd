"""A campaign read back from orders: every number counted again from rows, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segmentation.action.files.export_log import forget_members
from segmentation.action.files.kept_results import last_results
from segmentation.errors import OptionError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.track.results.facts import Note, Origin, Refusal, Result, Verdict
from segmentation.track.results.keep import keep_result
from segmentation.track.results.measure import Outcomes, pooled_effect, segment_effects
from segmentation.track.results.read_back import Asked, read_back
from segmentation.workspace import Workspace
from tests.campaigns import MADE_AT, SENT_ON, Plan, Planted, hand_over, plant

PLAN = Plan(sizes=(2_000, 1_200, 600), rates=(0.10, 0.04, 0.02), lifts=(0.06, 0.0, 0.0))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Shop, Planted]]:
    folder = tmp_path_factory.mktemp("planted")
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        found = plant(workspace, folder, PLAN)
        yield workspace, build_shop(workspace), found


def asked(found: Planted, **changes: object) -> Asked:
    return replace(Asked(found.export_id, SENT_ON, today=date(2024, 5, 1)), **changes)  # type: ignore[arg-type]


def read(planted: tuple[Workspace, Shop, Planted], **changes: object) -> Result:
    workspace, shop, found = planted
    return read_back(workspace, shop, asked(found, **changes))


def by_hand(found: Planted, days: int = 14) -> pd.DataFrame:
    """Count each person's orders in the window from the rows of the file."""
    when = pd.to_datetime(found.orders["order_date"])
    start = pd.Timestamp(SENT_ON)
    inside = found.orders[(when >= start) & (when < start + pd.Timedelta(days=days))]
    grouped = inside.groupby("customer_id")["total_amount"]
    return found.people.assign(
        orders=found.people["customer_id"].map(grouped.size()).fillna(0),
        paid=found.people["customer_id"].map(grouped.sum()).fillna(0.0),
    )


def test_every_count_and_rate_is_that_of_the_rows(planted: tuple[Workspace, Shop, Planted]) -> None:
    result, rows = read(planted), by_hand(planted[2])
    assert result.refused == ()
    assert result.origin is Origin.ORDERS
    for one in result.segments:
        mine = rows[rows["segment"] == one.segment]
        got, held = mine[~mine["held"]], mine[mine["held"]]
        effect = one.effect
        assert (effect.treated, effect.held) == (len(got), len(held))
        assert (effect.ordered, effect.held_ordered) == (
            (got["orders"] > 0).sum(),
            (held["orders"] > 0).sum(),
        )
        assert effect.rate == pytest.approx((got["orders"] > 0).mean())
        assert effect.lift is not None
        assert effect.lift.value == pytest.approx((got["orders"] > 0).mean() - (held["orders"] > 0).mean())
        assert effect.extra is not None
        assert effect.extra.value == pytest.approx(effect.lift.value * len(got))
    assert result.treated + result.held == len(rows)
    assert result.ordered == (rows["orders"] > 0).sum()


def test_the_money_is_that_of_the_rows(planted: tuple[Workspace, Shop, Planted]) -> None:
    result, rows = read(planted), by_hand(planted[2])
    total = 0.0
    for one in result.segments:
        mine, money = rows[rows["segment"] == one.segment], one.effect.money
        got, held = mine.loc[~mine["held"], "paid"], mine.loc[mine["held"], "paid"]
        assert money is not None
        assert (money.paid, money.held_paid) == pytest.approx((got.sum(), held.sum()))
        assert money.each.value == pytest.approx(got.mean() - held.mean())
        assert money.extra.value == pytest.approx((got.mean() - held.mean()) * len(got))
        by_welch = stats.ttest_ind(got, held, equal_var=False).confidence_interval()
        assert money.each.low <= by_welch.low + 1e-9
        assert money.each.high >= by_welch.high - 1e-9
        assert money.few == ((mine["paid"] > 0).sum() < 100)
        total += money.extra.value
    assert result.pooled is not None
    assert result.pooled.money is not None
    assert result.pooled.money.extra.value == pytest.approx(total)


def test_the_pooled_difference_is_mantel_and_haenszels(planted: tuple[Workspace, Shop, Planted]) -> None:
    result, rows = read(planted), by_hand(planted[2])
    above = below = 0.0
    for _, mine in rows.groupby("segment"):
        got, held = mine[~mine["held"]], mine[mine["held"]]
        weight = len(got) * len(held) / len(mine)
        above += weight * ((got["orders"] > 0).mean() - (held["orders"] > 0).mean())
        below += weight
    assert result.pooled is not None
    assert result.pooled.lift is not None
    assert result.pooled.lift.value == pytest.approx(above / below)


def test_the_planted_lift_is_found_where_it_is(planted: tuple[Workspace, Shop, Planted]) -> None:
    often, seldom, once = (one for one in read(planted).segments)
    assert often.effect.verdict is Verdict.MORE
    assert often.effect.lift is not None
    assert often.effect.lift.low <= 0.06 <= often.effect.lift.high
    assert {seldom.effect.verdict, once.effect.verdict} <= {Verdict.UNCLEAR, Verdict.ALIKE}
    assert often.shrunk is not None
    assert once.shrunk is not None
    assert once.effect.lift is not None
    assert often.shrunk < often.effect.lift.value
    assert once.effect.needed


def test_the_day_after_the_window_counts_no_more(planted: tuple[Workspace, Shop, Planted]) -> None:
    week = read(planted, days=7)
    assert week.closes_on == date(2024, 3, 16)
    assert week.ordered == (by_hand(planted[2], days=7)["orders"] > 0).sum() < read(planted).ordered


def test_what_it_cost_is_taken_from_what_it_brought(planted: tuple[Workspace, Shop, Planted]) -> None:
    result = read(planted, cost=100.0)
    assert result.profit is not None
    assert result.pooled is not None
    assert result.pooled.money is not None
    assert result.profit.value == pytest.approx(result.pooled.money.extra.value - 100)
    assert read(planted).profit is None


def test_before_the_window_closes_there_are_only_counts(planted: tuple[Workspace, Shop, Planted]) -> None:
    result = read(planted, days=30)
    assert [one.why for one in result.refused] == [Refusal.NOT_CLOSED]
    assert result.refused[0].day == SENT_ON + timedelta(days=14)
    assert (result.segments, result.pooled) == ((), None)
    assert result.ordered > 0


def test_a_send_before_the_file_was_made_is_refused(planted: tuple[Workspace, Shop, Planted]) -> None:
    result = read(planted, sent_on=date(2024, 3, 8))
    assert Refusal.DRAWN_AFTER_SEND in [one.why for one in result.refused]
    assert read(planted, sent_on=MADE_AT.date()).refused == ()


def test_it_is_kept_for_the_playbook(planted: tuple[Workspace, Shop, Planted]) -> None:
    result = read(planted)
    assert keep_result(planted[0], result) == 3
    often = last_results(planted[0])[3][0]
    assert result.segments[0].effect.lift is not None
    assert (often.low, often.lift, often.high) == (
        result.segments[0].effect.lift.low,
        result.segments[0].effect.lift.value,
        result.segments[0].effect.lift.high,
    )
    assert (often.sent_on, often.days, often.treated) == (SENT_ON, 14, 1_600)
    assert keep_result(planted[0], read(planted, days=30)) == 0
    assert list(last_results(planted[0])) == [3]


@pytest.fixture
def small(workspace: Workspace, tmp_path: Path) -> tuple[Workspace, Shop, Planted]:
    found = plant(workspace, tmp_path, Plan(sizes=(300, 200), rates=(0.2, 0.1), lifts=(0.0, 0.0)))
    return workspace, build_shop(workspace), found


def test_without_a_hold_out_nothing_is_told(small: tuple[Workspace, Shop, Planted]) -> None:
    workspace, shop, found = small
    everybody = found.people.assign(held=False)
    export_id = hand_over(workspace, everybody, 0.0, datetime(2024, 3, 9, 15))
    result = read_back(workspace, shop, asked(found, export_id=export_id))
    assert [one.why for one in result.refused] == [Refusal.NOBODY_HELD_OUT]


def test_people_lost_on_one_side_break_the_ratio(small: tuple[Workspace, Shop, Planted]) -> None:
    workspace, shop, found = small
    held = found.people.loc[found.people["held"], "customer_id"]
    with workspace.transaction() as cursor:
        forget_members(cursor, list(held[:60]))
    result = read_back(workspace, shop, asked(found))
    (refused,) = result.refused
    assert refused.why is Refusal.BROKEN_RATIO
    expected = stats.chisquare([400, 40], [352, 88]).pvalue
    assert refused.number == pytest.approx(expected)


def test_other_campaigns_in_the_window_are_said(small: tuple[Workspace, Shop, Planted]) -> None:
    workspace, shop, found = small
    some = found.people.head(50).assign(held=False)
    hand_over(workspace, some, 0.0, datetime(2024, 3, 15, 9))
    hand_over(workspace, found.people.tail(90).assign(held=False), 0.0, datetime(2024, 6, 1, 9))
    result = read_back(workspace, shop, asked(found))
    held = int(found.people.head(50)["held"].sum())
    assert {one.what: one.number for one in result.noted} == {
        Note.OTHER_CAMPAIGNS: 50 - held,
        Note.HELD_OUT_GOT_OTHERS: held,
    }
    assert result.refused == ()


def test_who_is_not_in_the_files_any_more_is_left_out(small: tuple[Workspace, Shop, Planted]) -> None:
    workspace, shop, found = small
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM shop.customers WHERE customer_id IN ('c00001', 'c00002')")
    result = read_back(workspace, shop, asked(found))
    assert [(one.what, one.number) for one in result.noted] == [(Note.LOST, 2)]
    assert result.treated + result.held == 498


def test_a_single_large_order_is_taken_out_once(workspace: Workspace, tmp_path: Path) -> None:
    found = plant(workspace, tmp_path, Plan(sizes=(400,), rates=(0.2,), lifts=(0.0,)))
    shop = build_shop(workspace)
    buyer = by_hand(found).query("orders == 1 and not held").iloc[0]
    with workspace.transaction() as cursor:
        cursor.execute(
            "UPDATE shop.lines SET amount = 99000 WHERE customer_id = ? AND ordered_at >= ?",
            [buyer["customer_id"], SENT_ON],
        )
    money = read_back(workspace, shop, asked(found)).segments[0].effect.money
    assert money is not None
    assert money.without_largest is not None
    rows = by_hand(found)
    rows.loc[rows["customer_id"] == buyer["customer_id"], "paid"] = 0.0
    got = rows.loc[~rows["held"], "paid"]
    top = found.orders[pd.to_datetime(found.orders["order_date"]) >= pd.Timestamp(SENT_ON)]
    kept_of = rows["customer_id"][rows["held"]]
    largest_held = top.loc[top["customer_id"].isin(kept_of), "total_amount"].max()
    held_total = rows.loc[rows["held"], "paid"].sum()
    held = held_total - (largest_held if largest_held > 0.1 * held_total else 0.0)
    expected = got.sum() - held / rows["held"].sum() * len(got)
    assert money.without_largest.value == pytest.approx(expected)
    assert money.extra.value > 90_000


def test_where_costs_count_orders_are_in_margin(workspace: Workspace, tmp_path: Path) -> None:
    found = plant(workspace, tmp_path, Plan(sizes=(300,), rates=(0.2,), lifts=(0.1,)))
    shop = build_shop(workspace)
    plain = read_back(workspace, shop, asked(found)).segments[0].effect.money
    with workspace.transaction() as cursor:
        cursor.execute("UPDATE shop.lines SET value = amount / 4")
    left = read_back(workspace, shop, asked(found)).segments[0].effect.money
    assert plain is not None
    assert left is not None
    assert left.extra.value == pytest.approx(plain.extra.value / 4, abs=0.01)


def test_an_unknown_id_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    found = plant(workspace, tmp_path, Plan(sizes=(20,), rates=(0.5,), lifts=(0.0,)))
    with pytest.raises(OptionError):
        read_back(workspace, build_shop(workspace), asked(found, export_id="nothing"))


def test_the_interval_of_the_lift_holds_it_in_campaign_after_campaign() -> None:
    """All together and in each segment, over drawn campaigns of three segments with a tenth held out."""
    rng = np.random.default_rng(3)
    segment = np.repeat([0, 1, 2], [1_000, 1_000, 1_000])
    held = np.arange(3_000) % 10 == 0
    rates, lifts = np.array([0.01, 0.03, 0.02])[segment], np.array([0.01, 0.01, 0.01])[segment]
    inside = pooled = 0
    for _ in range(300):
        ordered = rng.random(3_000) < rates + np.where(held, 0, lifts)
        outcomes = Outcomes(segment, held, ordered)
        effects = segment_effects(outcomes, ["a", "b", "c"])
        inside += sum(
            one.effect.lift.low <= 0.01 <= one.effect.lift.high for one in effects if one.effect.lift
        )
        together = pooled_effect(outcomes, effects).lift
        assert together is not None
        pooled += together.low <= 0.01 <= together.high
    assert inside / 900 >= 0.94
    assert pooled / 300 >= 0.93
