"""The page of RFM tiers: sizes, cut-points that can be set, tiers across segments."""

from __future__ import annotations

import csv
import io
import math
import time
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import RFM_TIERS
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation.action.files.export_log import list_exports
from segmentation.features.rfm_cuts import load_cuts
from segmentation.runs import load_run
from tests.pages.helpers import folding_tables, text_of, unfold


@pytest.fixture
def rfm(segmented: AppTest) -> AppTest:
    """Give the page, opened on the small sample shop."""
    unfold(segmented, "rfm_cuts_open", "rfm_cross_open").switch_page(RFM_TIERS).run()
    assert not segmented.exception
    return segmented


def sizes(app: AppTest, column: str) -> list[str]:
    table, *_ = folding_tables(app)
    return table[column].tolist()


def cut(app: AppTest, name: str, place: int) -> str:
    [key] = [str(one.key) for one in app.number_input if str(one.key).startswith(f"rfm_{name}_{place}_")]
    return key


def test_every_customer_is_in_one_tier(rfm: AppTest) -> None:
    run = load_run(workspace())
    assert run is not None
    assert sum(int(told.replace(",", "")) for told in sizes(rfm, "Customers")) == run.customers
    rfm.session_state[StateKeys.K] = 4
    rfm.run()
    cross = folding_tables(rfm)[-1]
    assert cross.shape[1] == 1 + 4
    assert cross.iloc[:, 1:].astype(int).to_numpy().sum() == run.customers


def test_cut_points_can_be_set_and_brought_back(rfm: AppTest) -> None:
    before = sizes(rfm, "Customers")
    assert "about a fifth of your customers" in text_of(rfm)
    rfm.number_input(key=cut(rfm, "recency", 3)).set_value(100_000.0)
    rfm.button(key="rfm_use").click().run()
    assert not rfm.exception
    kept = load_cuts(workspace())
    assert kept is not None
    assert kept.recency[3] == 100_000
    assert "your own cut-points" in text_of(rfm)
    assert sizes(rfm, "Customers") != before
    assert "Lost" not in sizes(rfm, "Tier")
    rfm.button(key="rfm_back").click().run()
    assert load_cuts(workspace()) is None
    assert sizes(rfm, "Customers") == before


def test_a_tier_and_a_cell_have_the_audience_button(
    rfm: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    for code in ("tier:champions", "cell:5:5"):
        rfm.selectbox("_rfm_whom").set_value(code).run()
        rfm.button("audience_rfm").click().run()
        while job_manager().running:
            time.sleep(0.05)
        rfm.run()
        assert not rfm.exception
        shown = next(one.value for one in rfm.selectbox if one.key == "_rfm_whom")
        rows = list(csv.DictReader(io.StringIO(offered["_download_ids"]().decode("utf-8-sig"))))
        assert shown == code
        assert f"{len(rows)} customer" in text_of(rfm)
        assert list_exports(workspace())[0].segment == code


def test_cut_points_that_do_not_rise_are_refused(rfm: AppTest) -> None:
    rfm.number_input(key=cut(rfm, "frequency", 0)).set_value(1_000.0)
    rfm.button(key="rfm_use").click().run()
    assert "four ascending numbers" in str(rfm.error[0].value)
    assert load_cuts(workspace()) is None


def test_scores_and_tiers_are_those_of_the_orders(rfm: AppTest) -> None:
    with workspace().cursor() as cursor:
        lines = cursor.sql("SELECT * FROM shop.lines").df()
        customers = cursor.sql("SELECT count(*) FROM shop.customers").fetchall()[0][0]
    bought = lines[~lines["is_return"].fillna(False).astype(bool)]
    orders = bought.groupby("customer_id").agg(last=("ordered_at", "max"), orders=("order_id", "nunique"))
    orders["spend"] = lines.groupby("customer_id")["amount"].sum().astype(float)
    days = (lines["ordered_at"].max().normalize() - orders["last"].dt.normalize()).dt.days
    scores = {
        "recency": 5 - score(days),
        "frequency": 1 + score(orders["orders"]),
        "spend": 1 + score(orders["spend"]),
    }
    value = (scores["frequency"] + scores["spend"] + 1) // 2
    champions = ((scores["recency"] == 5) & (value >= 4)) | ((scores["recency"] == 4) & (value == 5))
    lost = (scores["recency"] == 1) & (value <= 2)
    counted = dict(zip(sizes(rfm, "Tier"), sizes(rfm, "Customers"), strict=True))
    assert counted["Champions"] == f"{champions.sum():,}" != "0"
    assert counted["Lost"] == f"{lost.sum():,}" != "0"
    assert counted.get("Prospects", "0") == f"{customers - len(orders):,}"
    spends = dict(zip(sizes(rfm, "Tier"), sizes(rfm, "Share of spend"), strict=True))
    assert spends["Champions"] == f"{100 * orders['spend'][champions].sum() / orders['spend'].sum():.1f}%"
    for name in ("recency", "spend"):  # the caption says about a fifth; orders are few numbers, often equal
        assert scores[name].value_counts(normalize=True).between(0.15, 0.25).all()


def score(values: pd.Series) -> pd.Series:
    """Count how many of the fifths' ends a value exceeds."""
    ends = [values.sort_values().iloc[math.ceil(share * len(values)) - 1] for share in (0.2, 0.4, 0.6, 0.8)]
    return sum((values > end).astype(int) for end in ends)  # type: ignore[return-value]
