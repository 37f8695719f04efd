"""The customers of a run are assigned to exactly the segments that the run has them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from segmentation.errors import ModelError, NotFrozenError, OptionError
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, load_customers
from segmentation.runs.columns import second_column, segment_column
from segmentation.track.assign import assign_as_of
from segmentation.track.frozen import adopt, frozen_run
from segmentation.workspace import Workspace
from tests.sample_files import load_sample

FEW = RunOptions(k_range=(2, 6), resamples=2, resamples_of_suggested=2)


def check_all_again(workspace: Workspace, run: Run, load: Callable) -> None:
    rows, frozen = load_customers(workspace, run), frozen_run(workspace)
    for k in run.ks:
        _, assigned = assign_as_of(workspace, frozen, k, load=load)
        np.testing.assert_array_equal(assigned.customer_ids, rows["customer_id"].to_numpy(dtype=object))
        np.testing.assert_array_equal(assigned.segment, rows[segment_column(k)])
        sure = assigned.margin < 0.999
        np.testing.assert_array_equal(assigned.second[sure], rows[second_column(k)][sure])
        assert assigned.unlike_anybody.mean() < 0.03


def test_customers_with_texts_and_a_concept_stay_where_they_are(
    shop: Workspace, run: Run, load_fake: Callable
) -> None:
    assert "text" in run.block_shares and "concept.gift buyer" in {one.name for one in run.columns}
    check_all_again(shop, run, load_fake)


def test_texts_compared_by_letters_lead_to_the_same_segments(shop: Workspace, load_fake: Callable) -> None:
    options = RunOptions(
        model="lexical", k_range=(2, 5), resamples=2, resamples_of_suggested=2, text_weight=0.5
    )
    check_all_again(shop, find_segments(shop, options, load=load_fake), load_fake)


def test_a_guided_run_with_a_profile_that_counts_is_assigned_alike(
    shop: Workspace, load_fake: Callable
) -> None:
    options = RunOptions(
        k_range=(2, 4), resamples=2, resamples_of_suggested=2, profile_weight=0.2, outcome="revenue"
    )
    check_all_again(shop, find_segments(shop, options, load=load_fake), load_fake)


def test_a_table_of_customers_is_assigned_alike(
    workspace: Workspace, shared_data: Path, load_fake: Callable
) -> None:
    load_file(workspace, shared_data / "mall-customers" / "Mall_Customers.csv")
    check_all_again(workspace, find_segments(workspace, FEW, load=load_fake), load_fake)


@pytest.mark.slow
def test_a_real_shop_is_assigned_alike(workspace: Workspace, shared_data: Path, load_fake: Callable) -> None:
    load_file(workspace, shared_data / "online-retail" / "online_retail.parquet")
    check_all_again(workspace, find_segments(workspace, FEW, load=load_fake), load_fake)


def test_who_else_there_is_changes_nobodys_segment(shop: Workspace, run: Run, load_fake: Callable) -> None:
    frozen, k = frozen_run(shop), max(run.ks)
    _, everybody = assign_as_of(shop, frozen, k, load=load_fake)
    with shop.cursor() as cursor:
        cursor.execute("DELETE FROM shop.customers WHERE hash(customer_id) % 3 > 0")
    _, some = assign_as_of(shop, frozen, k, load=load_fake)
    among = np.isin(everybody.customer_ids, some.customer_ids)
    assert 80 < len(some) < 200
    np.testing.assert_array_equal(some.segment, everybody.segment[among])
    np.testing.assert_allclose(some.distance, everybody.distance[among], rtol=1e-5)


def test_what_came_later_is_hidden_and_only_the_time_of_a_later_day_passes(
    shop: Workspace, run: Run, load_fake: Callable
) -> None:
    frozen = frozen_run(shop)
    assert run.as_of is not None
    day = datetime(run.as_of.year, run.as_of.month, 1)
    then, before = assign_as_of(shop, frozen, 3, day, load=load_fake)
    now, _ = assign_as_of(shop, frozen, 3, load=load_fake)
    with shop.cursor() as cursor:
        orders = cursor.execute(
            "SELECT customer_id, count(DISTINCT order_id) FROM shop.lines"
            " WHERE CAST(ordered_at AS DATE) <= ? AND is_return IS NOT TRUE GROUP BY 1",
            [day],
        ).fetchall()
    counted = dict(orders)
    assert then.values["frequency"].tolist() == [counted.get(one, 0) for one in then.customer_ids]
    assert len(before) <= len(now) and then.values["frequency"].sum() < now.values["frequency"].sum()
    later, _ = assign_as_of(shop, frozen, 3, run.as_of.replace(year=run.as_of.year + 1), load=load_fake)
    assert (later.values["recency"] - now.values["recency"]).dropna().between(365, 366).all()


def test_a_shop_is_left_as_it_was_by_a_look_at_an_earlier_day(shop: Workspace, load_fake: Callable) -> None:
    def lines() -> int:
        with shop.cursor() as cursor:
            return cursor.execute("SELECT count(*) FROM shop.lines").fetchall()[0][0]

    frozen = frozen_run(shop)
    assign_as_of(shop, frozen, 2, load=load_fake)
    known = lines()
    assign_as_of(shop, frozen, 2, datetime(2020, 1, 1), load=load_fake)
    assert lines() == known


def test_another_model_than_the_one_that_read_the_texts_is_refused(
    shop: Workspace, fake_encoder: object
) -> None:
    fake_encoder.key = "another-32"  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match="not the one that read the texts"):
        assign_as_of(shop, frozen_run(shop), 2, load=lambda _: fake_encoder)  # type: ignore[arg-type, return-value]


def test_what_cannot_be_assigned_to_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFrozenError, match="no segments have been found"):
        frozen_run(workspace)
    with pytest.raises(NotFrozenError, match="no such run"):
        adopt(workspace, "gone", 3)


def test_a_run_of_an_earlier_version_and_a_k_that_is_not_there_are_refused(
    shop: Workspace, load_fake: Callable
) -> None:
    with pytest.raises(OptionError, match="no 9 segments"):
        assign_as_of(shop, frozen_run(shop), 9, load=load_fake)
    with shop.transaction() as cursor:
        cursor.execute("UPDATE runs SET summary = json_merge_patch(summary, '{\"reach\": null}')")
    with pytest.raises(NotFrozenError, match="Find the segments anew once"):
        frozen_run(shop)


def test_the_adopted_run_comes_before_a_later_one(shop: Workspace, run: Run, load_fake: Callable) -> None:
    adopt(shop, run.run_id, 4)
    find_segments(shop, FEW, load=load_fake)
    frozen = frozen_run(shop)
    assert (frozen.run.run_id, frozen.k) == (run.run_id, 4)


def test_new_files_bring_new_customers_and_old_ones_keep_their_segments(
    workspace: Workspace, tmp_path: Path, load_fake: Callable
) -> None:
    load_sample(workspace, tmp_path / "first", customers=200, seed=5)
    run = find_segments(workspace, FEW, load=load_fake)
    frozen = frozen_run(workspace)
    assert run.as_of is not None
    _, before = assign_as_of(workspace, frozen, 4, load=load_fake)
    text = (
        "order_id,customer_id,ordered_at,product_id,quantity,amount\nN1,NEW-1,2030-01-01 10:00:00,,1,9.50\n"
    )
    (tmp_path / "orders_new.csv").write_text(text)
    load_file(workspace, tmp_path / "orders_new.csv")
    _, after = assign_as_of(workspace, frozen, 4, run.as_of, load=load_fake)
    assert len(after) >= len(before)
