"""What is tested is what is delivered: hit rates counted again from the lists and the rows of the shop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from segmentation.action.recommend.check import Before, choose_settings, compare, look_before
from segmentation.action.recommend.model import RankedBy, Settings, bought_lately, build_model
from segmentation.action.recommend.per_customer import Buyers, recommendation_rows
from segmentation.action.recommend.purchases import Catalogue, read_catalogue
from segmentation.features.cutoff import Period, choose_period
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace

Cut = tuple[Before, Catalogue, Period, pd.DataFrame, np.ndarray]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Iterator[Cut]:
    """Give what was known before the last quarter of a sample shop, and the lines of all its orders."""
    write_csvs(folder := tmp_path_factory.mktemp("delivered"), customers=400, seed=5)
    with Workspace.open(folder / "w.duckdb") as workspace:
        load_file(workspace, folder / "orders.csv")
        period = choose_period(workspace, build_shop(workspace))
        catalogue = read_catalogue(workspace)
        with workspace.cursor() as cursor:
            ids = cursor.sql("SELECT customer_id FROM shop.customers ORDER BY 1").df()["customer_id"]
            lines = cursor.sql("SELECT * FROM shop.lines WHERE NOT is_return AND is_product").df()
        who = ids.to_numpy(dtype=object)
        yield (
            look_before(workspace, who, catalogue, None, period, Settings(), 0),
            catalogue,
            period,
            lines,
            who,
        )


@pytest.mark.parametrize(
    "settings",
    [Settings(), Settings(taste=RankedBy.LATELY, again=0.3), Settings(taste=RankedBy.SEGMENT, again=None)],
)
def test_hit_rates_are_those_of_the_lists_delivered(cut: Cut, settings: Settings) -> None:
    before, catalogue, period, lines, ids = cut
    labels = np.arange(len(ids)) % 3
    model = build_model(before.purchases, before.links, labels, 3, settings)
    buyers = Buyers(ids, labels, before.purchases, before.history)
    parts = [part for _, part in recommendation_rows(model, buyers, catalogue, 10)]
    rows = pa.concat_tables(parts).to_pandas()
    later = lines[lines["ordered_at"] >= period.cutoff]
    known = lines[lines["ordered_at"] < period.cutoff].groupby("customer_id")["product_id"].agg(set)
    came = later.groupby("customer_id")["product_id"].agg(set)
    every, fresh = [], []
    for customer, offered in rows.groupby("customer_id"):
        if customer not in came or customer not in known:
            continue
        in_order = offered.sort_values("rank")
        every.append(bool(set(in_order["product_id"][:10]) & came[customer]))
        if new := came[customer] - known[customer]:
            fresh.append(bool(set(in_order.loc[in_order["is_new"], "product_id"][:10]) & new))
    measured = compare(before, labels, 3, settings)["recommended"]
    assert len(every) == len(before.tested) > 100
    assert measured[0].hit_rate == pytest.approx(np.mean(every))
    assert measured[1].hit_rate == pytest.approx(np.mean(fresh))


def test_popular_lately_is_counted_from_rows(cut: Cut) -> None:
    before, catalogue, period, lines, ids = cut
    since = period.cutoff - timedelta(days=90)
    lately = lines[(lines["ordered_at"] >= since) & (lines["ordered_at"] < period.cutoff)]
    buyers = lately.groupby("product_id")["customer_id"].nunique()
    wanted = buyers.reindex(catalogue.product_ids).fillna(0) / len(ids)
    np.testing.assert_allclose(bought_lately(before.purchases), wanted, atol=1e-6)
    assert wanted.max() > 0.03


def test_intervals_hold_the_hit_rate_and_tell_who_is_ahead(cut: Cut) -> None:
    before, *_, ids = cut
    ways = compare(before, np.zeros(len(ids), dtype=np.intp), 1, Settings())
    size = len(before.tested)
    for every, _ in ways.values():
        assert every.interval is not None
        assert every.behind is not None
        low, high = every.interval
        assert low <= every.hit_rate <= high
        spread = 1.96 * np.sqrt(every.hit_rate * (1 - every.hit_rate) / size)
        assert (high - low) / 2 == pytest.approx(spread, abs=0.02)
        gain = ways["recommended"][0].hit_rate - every.hit_rate
        assert every.behind[0] - 1e-9 <= gain <= every.behind[1] + 1e-9
    assert ways["recommended"][0].behind == (0, 0)
    again = compare(before, np.zeros(len(ids), dtype=np.intp), 1, Settings())
    assert again == ways


@pytest.mark.slow
def test_online_retail_is_ahead_in_what_is_new_and_level_in_repeats(
    shared_data: Path, workspace: Workspace
) -> None:
    load_file(workspace, shared_data / "online-retail" / "online_retail.parquet")
    shop = build_shop(workspace)
    period = choose_period(workspace, shop)
    earlier = choose_period(workspace, replace(shop, as_of=period.day_before))
    catalogue = read_catalogue(workspace)
    with workspace.cursor() as cursor:
        who = cursor.sql("SELECT customer_id FROM shop.customers ORDER BY 1").df()["customer_id"]
    ids, labels = who.to_numpy(dtype=object), np.zeros(len(who), dtype=np.intp)
    before = look_before(workspace, ids, catalogue, None, earlier, Settings(), 0)
    settings = choose_settings(before, labels, 1, Settings())
    before = look_before(workspace, ids, catalogue, None, period, settings, 0)
    ways = compare(before, labels, 1, settings)
    every = {way: found[0].hit_rate for way, found in ways.items()}
    fresh = {way: found[1].hit_rate for way, found in ways.items()}
    assert every["recommended"] == pytest.approx(0.830, abs=0.01)
    assert (every["buy again"], every["popular lately"]) == pytest.approx((0.835, 0.509), abs=0.01)
    assert (fresh["recommended"], fresh["popular lately"]) == pytest.approx((0.560, 0.325), abs=0.01)
    low, high = ways["buy again"][0].behind or (0, 0)
    assert low <= 0 <= high
    assert (ways["popular lately"][1].behind or (0, 0))[0] > 0.15
