"""The playbook of a sample shop: its numbers counted again, and what it says where something is lacking."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from segmentation import formats
from segmentation.action.audience.contacts import Reach
from segmentation.action.playbook.figures import Findings
from segmentation.action.playbook.finding_words import BY_CHANCE
from segmentation.action.playbook.findings import find_out, kept_state
from segmentation.action.playbook.hold_out_words import hold_out_line
from segmentation.action.playbook.make import MISSING, make_playbook
from segmentation.action.playbook.order_counts import LONGEST_WINDOW
from segmentation.action.playbook.play import Aspect, Play, Playbook
from segmentation.action.playbook.traits import Lifecycle, patience_of, traits_of
from segmentation.action.recommend.per_segment import SegmentOffers, ThemedProduct
from segmentation.action.retention.job import load_outlook
from segmentation.action.retention.win_back import customers_outlook, segment_outlook
from segmentation.action.retention.words import AT_RISK
from segmentation.algorithms.power import plan_hold_out, power_of_test, target_of
from segmentation.features.table import Group
from segmentation.first_views import plays
from segmentation.first_views.segments import by_shop
from segmentation.insight.sentences.segments import NO_PRODUCTS, NOTHING_LIFTED
from segmentation.runs import View
from segmentation.runs.kept.views import asked_of
from segmentation.workspace import Workspace
from tests.segmentation.action.conftest import Segmented


@pytest.fixture(scope="module")
def orders(segmented: Segmented) -> pd.DataFrame:
    """Give a row per order of the shop with its segment, returns with their money among them."""
    with segmented.workspace.cursor() as cursor:
        lines = cursor.execute("SELECT * FROM shop.lines").df()
    lines["amount"] = lines["amount"].astype(float)
    keys = ["customer_id", "order_id", "is_return"]
    grouped = lines.groupby(keys, as_index=False).agg(at=("ordered_at", "min"), amount=("amount", "sum"))
    segments = segmented.rows.set_index("customer_id")[f"segment_{segmented.k}"]
    end = pd.Timestamp(segmented.run.as_of).normalize()
    grouped["days_ago"] = (end - grouped["at"].dt.normalize()).dt.days
    return grouped.assign(segment=grouped["customer_id"].map(segments))


def of_segment(orders: pd.DataFrame, play: Play) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a segment's rows, and of them the orders."""
    mine = orders[orders["segment"] == play.segment]
    return mine, mine[~mine["is_return"]]


def test_baselines_and_stakes_are_those_of_the_lines(orders: pd.DataFrame, playbook: Playbook) -> None:
    for play in playbook.plays:
        mine, bought = of_segment(orders, play)
        kpi, stakes = play.figures.kpi, play.figures.stakes
        assert kpi is not None
        assert stakes is not None
        assert kpi.window == LONGEST_WINDOW
        before = set(bought.loc[bought["days_ago"] >= kpi.window, "customer_id"])
        recent = bought[bought["days_ago"] < kpi.window]
        assert kpi.known == len(before)
        assert kpi.again == len(before & set(recent["customer_id"]))
        assert kpi.window_orders == len(recent)
        assert kpi.window_revenue == pytest.approx(recent["amount"].sum())
        assert kpi.order_value == pytest.approx(recent["amount"].mean())
        assert stakes.revenue == pytest.approx(mine.loc[mine["days_ago"] < 365, "amount"].sum())
        said = play.lines[Aspect.KPI].text
        assert formats.percent(kpi.again / kpi.known) in said
        assert formats.money(recent["amount"].mean(), "EUR") in said
        assert formats.money(stakes.revenue, "EUR") in play.lines[Aspect.STAKES].text


def test_rhythms_are_those_of_the_lines(orders: pd.DataFrame, playbook: Playbook) -> None:
    for play in playbook.plays:
        _, bought = of_segment(orders, play)
        days = bought.assign(day=bought["at"].dt.normalize()).groupby("customer_id")["day"]
        several = days.nunique() > 1
        gaps = ((days.max() - days.min()).dt.days / (days.nunique() - 1))[several]
        assert play.figures.gap == pytest.approx(gaps.median())
        assert play.figures.returning == several.sum()


def test_best_times_are_those_of_the_lines(orders: pd.DataFrame, playbook: Playbook) -> None:
    for play in playbook.plays:
        _, bought = of_segment(orders, play)
        others = orders[(orders["segment"] != play.segment) & ~orders["is_return"]]
        for best, slot_of in (
            (play.figures.weekday, lambda rows: rows["at"].dt.day_of_week),
            (play.figures.hour, lambda rows: rows["at"].dt.hour),
        ):
            assert best is not None
            assert best.orders == len(bought)
            if best.slot is not None:
                assert best.share == pytest.approx((slot_of(bought) == best.slot).mean())
                assert best.others == pytest.approx((slot_of(others) == best.slot).mean())


def test_hold_outs_have_the_power_that_they_claim(playbook: Playbook) -> None:
    for play in playbook.plays:
        test, kpi = play.figures.test, play.figures.kpi
        assert test is not None
        assert kpi is not None
        assert test.customers == play.customers
        assert test.baseline == kpi.again / kpi.known
        assert test.target == target_of(test.baseline, playbook.lift)
        half, said = test.customers // 2, play.lines[Aspect.TEST].text
        if test.detectable is None:
            assert power_of_test(test.baseline, 1.0, half, test.customers - half) < 0.8
            assert "Hold out" not in said and "can show a rise" in said
            continue
        treated = test.customers - test.held_out
        assert power_of_test(test.baseline, test.detectable, test.held_out, treated) >= 0.8 - 1e-6
        assert f"{test.held_out:,} of {test.customers:,}" in said


def test_where_no_hold_out_could_show_anything_none_is_proposed() -> None:
    line = hold_out_line(plan_hold_out(78, 1.0, 0.2), None, 0.2)
    assert line.text == (
        "No test of these 78 can show a rise: 100.0% order again as it is, and even 100.0% could not be told "
        "from chance."
    )


def test_a_smaller_lift_needs_more_customers(segmented: Segmented, playbook: Playbook) -> None:
    bolder = make_playbook(segmented.workspace, segmented.view, segmented.explanations, lift=0.9)
    for bold, play in zip(bolder.plays, playbook.plays, strict=True):
        assert bold.figures.test is not None
        assert play.figures.test is not None
        assert bold.figures.test.held_out <= play.figures.test.held_out


def test_traits_are_those_of_the_customers_rows(segmented: Segmented, playbook: Playbook) -> None:
    gaps = segmented.rows["days_between_orders"].dropna()
    assert playbook.patience.days == pytest.approx(gaps.quantile(0.8))
    for play in playbook.plays:
        mine = segmented.rows[segmented.rows[f"segment_{segmented.k}"] == play.segment]
        said = play.traits.evidence["lifecycle"]
        assert formats.number(mine["frequency"].median()) in said
        assert formats.days(mine["recency"].median()) in said
        assert formats.percent((mine["recency"] > playbook.patience.days).mean()) in said
        assert formats.percent(mine["discount_share"].mean()) in play.traits.evidence["price"]


@pytest.mark.parametrize(
    ("quiet", "where"), [(50, Lifecycle.NEW), (65, Lifecycle.ONCE), (100, Lifecycle.ONCE)]
)
def test_a_first_order_is_fresh_until_others_would_have_come_back(
    segmented: Segmented, quiet: int, where: Lifecycle
) -> None:
    rows = pd.DataFrame(
        {
            "frequency": [1, 1, 1, 4, 4, 4],
            "recency": [quiet] * 3 + [10] * 3,
            "days_between_orders": [np.nan] * 3 + [40, 60, 80],
        }
    )
    segment, found = segmented.run.cuts[segmented.k].segments[0], segmented.explanations[0]
    members = rows["frequency"].to_numpy() == 1
    traits = traits_of(segment, found, rows, members, patience_of(rows), segmented.run.features)
    assert traits.lifecycle == where
    assert (
        "typically let 60 days pass between orders, 80% of them at most 72 days"
        in traits.evidence["lifecycle"]
    )


def test_every_line_that_says_something_has_its_evidence(playbook: Playbook) -> None:
    for play in playbook.plays:
        for aspect in (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER, Aspect.WEEKDAY, Aspect.KPI, Aspect.TEST):
            assert all(play.lines[aspect].evidence), aspect
            assert play.lines[aspect].evidence, aspect


def test_who_somebody_is_never_enters_a_play(segmented: Segmented, playbook: Playbook) -> None:
    personal = [one.label for one in segmented.run.features if one.group == Group.PROFILE]
    assert personal
    for play in playbook.plays:
        said = " ".join((*play.description.sentences, *(line.text for line in play.lines.values())))
        assert not [label for label in personal if re.search(rf"\b{re.escape(label)}\b", said)]


def test_contacts_decide_the_channel_and_who_is_tested(segmented: Segmented) -> None:
    people = len(segmented.rows)
    label = segmented.rows[f"segment_{segmented.k}"].to_numpy()
    email = np.arange(people) % 2 == 0
    phone = np.arange(people) % 4 == 0
    refused = np.arange(people) % 10 == 0
    objects = np.arange(people) % 7 == 0
    consent = np.where(refused, "no", "yes").astype(object)
    silent = np.full(people, "unknown", dtype=object)
    known = Findings(Reach(email, phone, consent, silent, objects))
    found = make_playbook(segmented.workspace, segmented.view, segmented.explanations, known)
    for play in found.plays:
        mine, reach = label == play.segment, play.figures.reach
        assert reach is not None
        asked = mine & ~objects
        assert reach.customers == asked.sum()
        assert reach.objectors == (mine & objects).sum()
        assert reach.email == (asked & email & ~refused).sum()
        assert reach.neither == (asked & ~((email | phone) & ~refused)).sum()
        assert play.lines[Aspect.CHANNEL].text.startswith("E-mail")
        assert play.figures.test is not None
        assert play.figures.test.customers == reach.customers - reach.neither
        assert formats.percent(reach.email / reach.customers) in play.lines[Aspect.REACH].text
    assert MISSING["contacts"] not in found.missing


def test_without_dates_it_says_what_would_help(segmented: Segmented) -> None:
    undated = View(replace(segmented.run, as_of=None), segmented.k, segmented.rows)
    found = make_playbook(segmented.workspace, undated, segmented.explanations)
    assert MISSING["dates"] in found.missing
    for play in found.plays:
        assert play.lines[Aspect.WEEKDAY].text.startswith("Not known")
        assert play.lines[Aspect.TEST].text.startswith("Not known")
        assert play.lines[Aspect.STAKES].text.startswith("Not known")


def test_the_orders_are_gone_through_once_for_every_number_of_segments(segmented: Segmented) -> None:
    found = make_playbook(segmented.workspace, segmented.view, segmented.explanations)
    with patch("segmentation.action.playbook.order_counts.count_orders", side_effect=AssertionError):
        assert make_playbook(segmented.workspace, segmented.view, segmented.explanations) == found
        other = segmented.view.at(3)
        explained = by_shop(other, asked_of(segmented.workspace))
        assert len(make_playbook(segmented.workspace, other, explained).plays) == 3


def test_plays_are_made_anew_once_segments_were_resampled(segmented: Segmented) -> None:
    def key(view: View) -> object:
        return plays.playbook(segmented.workspace, view, asked_of(segmented.workspace)).key

    run = segmented.run
    cut = run.cuts[4]
    surer = replace(cut, segments=tuple(replace(one, stability=0.99) for one in cut.segments))
    resampled = replace(run, cuts={**run.cuts, 4: surer})
    assert key(View(resampled, 4, segmented.rows)) != key(segmented.view) == key(View(run, 4, segmented.rows))


def test_what_lies_ahead_is_not_worked_out_where_nobody_has_looked(segmented: Segmented) -> None:
    known = find_out(segmented.workspace, segmented.run, segmented.view.customer_ids)
    found = make_playbook(segmented.workspace, segmented.view, segmented.explanations, known)
    assert known.expected is None
    assert found.missing == (MISSING["offers"], MISSING["risk"])
    for play in found.plays:
        assert play.figures.stakes is not None and play.figures.stakes.expected is None
        assert play.figures.reach is not None


def test_an_outlook_kept_with_the_run_says_what_is_at_risk(
    segmented: Segmented, home_ahead: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(home_ahead, tmp_path / "home")
    with Workspace.open(home / "workspace.duckdb") as workspace:
        outlook, run_id = load_outlook(workspace, segmented.run.run_id), segmented.run.run_id
        assert kept_state(workspace, run_id) != kept_state(segmented.workspace, run_id)
        ids = segmented.view.customer_ids
        known = find_out(workspace, segmented.run, ids)
        found = make_playbook(workspace, segmented.view, segmented.explanations, known)
        rows = customers_outlook(workspace, segmented.view).set_index("customer_id")
        by_segment = segment_outlook(workspace, segmented.view, 365)
        risked = rows["risk"] * rows["if_stays_365"]
        assert outlook is not None and outlook.churn is not None
        qualities = {way: replace(one, auc=0.52) for way, one in outlook.churn.qualities.items()}
        guessed = replace(outlook, churn=replace(outlook.churn, qualities=qualities))
        with patch("segmentation.action.playbook.findings.load_outlook", return_value=guessed):
            assert find_out(workspace, segmented.run, ids).risk_said == known.risk_said + BY_CHANCE
    assert found.missing == (MISSING["offers"],)
    for play in found.plays:
        stakes = play.figures.stakes
        assert stakes is not None
        mine = rows["segment"] == play.segment
        assert stakes.expected == pytest.approx(rows["spend_365"][mine].sum())
        assert stakes.missing == pytest.approx(max(0, stakes.revenue - stakes.expected))
        assert stakes.at_risk == pytest.approx(risked[mine].sum())
        assert stakes.at_risk == pytest.approx(by_segment["at_risk"][play.segment])
        line = play.lines[Aspect.STAKES]
        assert formats.money(stakes.expected, "EUR") in line.text
        assert f"{formats.money(stakes.at_risk, 'EUR')} of the next year is at risk" in line.text
        assert any(why.startswith(AT_RISK) and "the next 365" in why for why in line.evidence)


@pytest.mark.parametrize(("named", "said"), [(True, NOTHING_LIFTED), (False, NO_PRODUCTS)])
def test_no_product_is_named_for_the_reason_there_is(segmented: Segmented, named: bool, said: str) -> None:
    bare = [replace(one, products=(), has_products=named) for one in segmented.explanations]
    found = make_playbook(segmented.workspace, segmented.view, bare)
    assert {play.lines[Aspect.PRODUCTS].text for play in found.plays} == {said}


def test_products_to_offer_are_those_recommended(segmented: Segmented, playbook: Playbook) -> None:
    for play, found in zip(playbook.plays, segmented.explanations, strict=True):
        line = play.lines[Aspect.PRODUCTS]
        assert all(one.name in line.text for one in found.products[:3])
        assert bool(line.evidence) == bool(found.products)
        assert all(sentence.endswith(".") for sentence in line.evidence)
    themed = ThemedProduct("P1", "Blue  teapot", 0, "tea & cake", 0, 0)
    offers = [SegmentOffers(one.segment, one.products, (), (themed,)) for one in segmented.explanations]
    known = Findings(offers={segmented.k: offers})
    told = make_playbook(segmented.workspace, segmented.view, segmented.explanations, known)
    assert MISSING["offers"] not in told.missing
    for play in told.plays:
        assert "ot bought by a known customer yet: “Blue teapot”." in play.lines[Aspect.PRODUCTS].text
