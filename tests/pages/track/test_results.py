"""The page of campaign results: every number on it counted again from rows, and why none is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from streamlit.testing.v1 import AppTest

from pages.shell import cached
from pages.shell.routes import PLAYBOOK, RESULTS
from pages.shell.words import WORD_JOINER
from pages.shell.workspace import StateKeys, workspace
from segmentation.action.files.kept_results import last_results
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.campaigns import SENT_ON, Plan, Planted, hand_over, plant
from tests.pages.helpers import folding_tables, open_folds, text_of, tile

PLAN = Plan(sizes=(500, 400), rates=(0.15, 0.05), lifts=(0.12, 0.0), share=0.3)


@pytest.fixture(scope="module")
def planted_home(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> tuple[Path, Planted]:
    """Give the home of a shop with a campaign that was sent, and what was planted; nobody may change it."""
    folder = tmp_path_factory.mktemp("results")
    with Workspace.open(folder / "home" / "workspace.duckdb") as opened:
        found = plant(opened, folder, PLAN)
        options = RunOptions(k_range=(2, 2), model="none", resamples=2, resamples_of_suggested=2)
        find_segments(opened, options, load=load_fake)
    return folder / "home", found


@pytest.fixture
def page(app: AppTest, planted_home: tuple[Path, Planted], move_in: Callable[[Path], None]) -> AppTest:
    """Open the page on a copy of that home."""
    move_in(planted_home[0])
    app.session_state[StateKeys.FIRST_PAGE] = RESULTS
    app.session_state[f"results_sent_{planted_home[1].export_id}"] = SENT_ON
    return app.switch_page(RESULTS).run()


def counted(found: Planted) -> pd.DataFrame:
    """Count each person's orders of the window in the rows of the file."""
    when = pd.to_datetime(found.orders["order_date"])
    inside = found.orders[(when >= "2024-03-10") & (when < "2024-03-24")].groupby("customer_id")[
        "total_amount"
    ]
    return found.people.assign(
        orders=found.people["customer_id"].map(inside.size()).fillna(0),
        paid=found.people["customer_id"].map(inside.sum()).fillna(0.0),
    )


def test_every_number_in_the_table_is_that_of_the_rows(
    page: AppTest, planted_home: tuple[Path, Planted]
) -> None:
    assert not page.exception
    rows = counted(planted_home[1])
    shown = folding_tables(page)[0]
    assert len(shown) == 3
    groups = [rows[rows["segment"] == 0], rows[rows["segment"] == 1], rows]
    for told, mine in zip(shown.to_dict("records"), groups, strict=True):
        got, held = mine[~mine["held"]], mine[mine["held"]]
        rate, held_rate = (got["orders"] > 0).mean(), (held["orders"] > 0).mean()
        assert told["Ordered"] == f"{rate:.1%} of {len(got):,}"
        assert told["Held out ordered"] == f"{held_rate:.1%} of {len(held):,}"
    for told, mine in zip(shown.to_dict("records"), groups[:2], strict=False):
        got, held = mine[~mine["held"]], mine[mine["held"]]
        points = 100 * ((got["orders"] > 0).mean() - (held["orders"] > 0).mean())
        assert told["Difference"].startswith(f"{points:+.1f} points, ".replace("-", "−"))
        more = (got["paid"].mean() - held["paid"].mean()) * len(got)
        assert figure(told["More revenue"]) == pytest.approx(more, abs=0.5)


def said(page: AppTest) -> str:
    """Give the running text as it is read."""
    return text_of(page).replace("\\", "").replace(WORD_JOINER, "")


def figure(text: str) -> float:
    """Read the first amount of a cell."""
    [first, *_] = re.findall(r"−?[\d,]+(?:\.\d+)?", text)
    return float(first.replace("−", "-").replace(",", ""))


def test_the_tiles_are_the_sums(page: AppTest, planted_home: tuple[Path, Planted]) -> None:
    rows = counted(planted_home[1])
    weights, differences, more = [], [], 0.0
    for _, mine in rows.groupby("segment"):
        got, held = mine[~mine["held"]], mine[mine["held"]]
        weights.append(len(got) * len(held) / len(mine))
        differences.append((got["orders"] > 0).mean() - (held["orders"] > 0).mean())
        more += (got["paid"].mean() - held["paid"].mean()) * len(got)
    pooled = float(np.average(differences, weights=weights))
    treated = int((~rows["held"]).sum())
    assert figure(tile(page, "More customers ordered")[0]) == round(pooled * treated)
    assert figure(tile(page, "More revenue")[0]) == pytest.approx(more, abs=0.5)
    assert f"+{100 * pooled:.1f} points" in said(page)


def test_the_interval_is_newcombes(page: AppTest, planted_home: tuple[Path, Planted]) -> None:
    mine = counted(planted_home[1]).query("segment == 0")
    ends = []
    for group in (mine[~mine["held"]], mine[mine["held"]]):
        did = int((group["orders"] > 0).sum())
        found = stats.binomtest(did, len(group)).proportion_ci(method="wilson")
        ends.append((did / len(group), found.low, found.high))
    (rate, low, high), (held, held_low, held_high) = ends
    least = rate - held - np.hypot(rate - low, held_high - held)
    most = rate - held + np.hypot(high - rate, held - held_low)
    told = folding_tables(page)[0]["Difference"].iloc[0]
    assert told.endswith(f"points, {100 * least:.1f} to {100 * most:.1f}")


def test_before_the_window_closes_only_counts_are_shown(
    page: AppTest, planted_home: tuple[Path, Planted]
) -> None:
    page.session_state["results_days"] = 30
    page.run()
    assert not page.exception
    assert not folding_tables(page)
    assert "before the window does" in said(page)
    assert tile(page, "Ordered so far, both")[0] == f"{(counted(planted_home[1])['orders'] > 0).sum():,}"
    assert tile(page, "Window closes")[0] == "8 Apr 2024"


def test_a_send_before_the_file_is_refused(page: AppTest, planted_home: tuple[Path, Planted]) -> None:
    page.session_state[f"results_sent_{planted_home[1].export_id}"] = datetime(2024, 3, 1).date()
    page.run()
    assert [one.value for one in page.warning if "after the send" in one.value]
    assert not folding_tables(page)


def test_it_is_kept_for_the_playbook_at_a_press(page: AppTest) -> None:
    assert last_results(workspace()) == {}
    page.button(key="results_keep").click().run()
    assert sorted(last_results(workspace())[2]) == [0, 1]
    assert "Kept for the playbook: sent on 10 Mar 2024, 14 days" in said(page)


def test_what_is_kept_stands_in_the_play_with_whom_it_rests_on(page: AppTest) -> None:
    page.button(key="results_keep").click().run()
    page.switch_page(PLAYBOOK).run()
    open_folds(page, "play_more")
    assert "Last time +" in said(page)
    assert "Sent on 10 Mar 2024: in 14 days" in said(page)


def test_a_result_file_is_dropped_in(page: AppTest, planted_home: tuple[Path, Planted]) -> None:
    people = planted_home[1].people
    ordered = np.arange(len(people)) % 3 == 0
    content = people.assign(sent=~people["held"], ordered=ordered.astype(int), cost=0.5)[
        ["customer_id", "sent", "ordered", "cost"]
    ].to_csv(index=False)
    [uploader] = page.file_uploader
    uploader.set_value([("sent.csv", content.encode(), "text/csv")]).run()
    assert not page.exception
    first = folding_tables(page)[0]["Ordered"].iloc[0]
    mine = ordered[(people["segment"] == 0) & ~people["held"]]
    assert first == f"{mine.mean():.1%} of {len(mine):,}"


def test_a_file_that_says_too_little_is_answered(page: AppTest) -> None:
    [uploader] = page.file_uploader
    uploader.set_value([("cities.csv", b"customer_id,city\nc1,Bonn\nc2,Ulm\n", "text/csv")]).run()
    assert [one.value for one in page.error if "neither who was sent it" in one.value]


def test_an_order_export_joins_the_files(page: AppTest, planted_home: tuple[Path, Planted]) -> None:
    before = cached.shop().fingerprint
    orders = (
        planted_home[1]
        .orders.head(40)
        .assign(order_id=[f"late-{number}" for number in range(40)], order_date="2024-04-20 10:00")
    )
    [uploader] = page.file_uploader
    uploader.set_value([("late.csv", orders.to_csv(index=False).encode(), "text/csv")]).run()
    assert not page.exception
    assert cached.shop().fingerprint != before
    page.session_state["results_days"] = 30
    page.run()
    assert len(folding_tables(page)[0]) == 3


def test_without_a_hold_out_the_page_says_why(app: AppTest, page: AppTest) -> None:
    people = pd.DataFrame({"customer_id": ["c00001", "c00002"], "segment": [0, 0], "held": [False, False]})
    export_id = hand_over(workspace(), people, 0.0, datetime(2024, 3, 20))
    page.run()
    page.selectbox(key="results_export").select(export_id).run()
    assert [one.value for one in page.warning if "Nobody was held out" in one.value]


def test_without_campaigns_it_leads_to_the_files(segmented: AppTest) -> None:
    segmented.switch_page(RESULTS).run()
    assert "Hand an audience over with a hold-out" in text_of(segmented)
    assert "Hand an audience over" in [link.proto.label for link in segmented.get("page_link")]
