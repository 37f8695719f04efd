"""Where customers stand: the segment before, the day of the change, and both in every export."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pandas as pd

from segmentation.action.audience.customer_tables import TableFormat, write_customers
from segmentation.action.files.run_files import RunFiles
from segmentation.action.files.segment_tables import placed_csv
from segmentation.action.forget import forget_customer
from segmentation.intake.roles import Kind
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.runs import Run, View, delete_run, list_runs, load_customers, rename_segment
from segmentation.runs.kept.history import GoesWith, what_goes_with
from segmentation.runs.kept.standing import followed, load_standing
from segmentation.runs.unchanged import state_for
from segmentation.track.assign import assign_everybody
from segmentation.track.frozen import adopt, adopted_run, frozen_run
from segmentation.workspace import Workspace


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def test_who_moves_as_time_passes_is_told_with_the_day_and_keeps_it(
    shop: Workspace, run: Run, load_fake: Callable
) -> None:
    adopt(shop, run.run_id, 4)
    frozen, rows = frozen_run(shop), load_customers(shop, run)
    assert run.as_of is not None
    now = assign_everybody(shop, frozen, load=load_fake).standing
    assert now["previous_segment"].isna().all() and (now["segment"] == rows["segment_4"]).all()
    later = run.as_of + timedelta(days=150)
    moved = assign_everybody(shop, frozen, day=later, load=load_fake).standing
    changed = moved["segment"] != rows["segment_4"]
    assert 5 < changed.sum() < len(rows)
    assert (moved["previous_segment"][changed] == rows["segment_4"][changed]).all()
    assert (pd.to_datetime(moved["changed_on"][changed]).dt.date == later.date()).all()
    assert moved["previous_segment"][~changed].isna().all()
    again = assign_everybody(shop, frozen, day=later + timedelta(days=1), load=load_fake).standing
    stayed = changed & (again["segment"] == moved["segment"])
    assert (again["changed_on"][stayed] == moved["changed_on"][stayed]).all()


def test_a_look_back_or_at_another_number_is_not_kept(shop: Workspace, run: Run, load_fake: Callable) -> None:
    frozen = frozen_run(shop)
    assign_everybody(shop, frozen, load=load_fake)
    kept = followed(shop)
    assert run.as_of is not None and kept is not None and kept.day == run.as_of.date()
    assign_everybody(shop, frozen, day=run.as_of - timedelta(days=60), load=load_fake)
    other = next(k for k in run.ks if k != frozen.k)
    assign_everybody(shop, frozen, other, load=load_fake)
    assert followed(shop) == kept and load_standing(shop, run.run_id, other) is None


def test_names_are_kept_as_they_were_at_adoption_and_go_on_living(shop: Workspace, run: Run) -> None:
    then = adopt(shop, run.run_id, 4).names
    assert list(then) == run.names_at(4)
    rename_segment(shop, run.cuts[4].segments[1].label, "Gift givers")
    found = adopted_run(shop)
    assert found is not None and found.names == then and "Gift givers" not in then
    assert frozen_run(shop).run.names_at(4)[1] == "Gift givers"
    assert adopt(shop, run.run_id, 4).names[1] == "Gift givers"


def test_every_export_tells_where_customers_stand(
    shop: Workspace, run: Run, load_fake: Callable, tmp_path: Path
) -> None:
    plain = read(RunFiles(View.of(shop, run, 4)).assignments())
    assert list(plain) == ["customer_id", "segment", "segment_name", "confidence"]
    adopt(shop, run.run_id, 4)
    assert run.as_of is not None
    day = run.as_of + timedelta(days=150)
    standing = assign_everybody(shop, frozen_run(shop), day=day, load=load_fake).standing
    view = View.of(shop, run, 4)
    write_customers(shop, view, tmp_path / "all.csv", TableFormat.CSV)
    moved = standing["previous_segment"].notna()
    for content in (RunFiles(view).assignments(), (tmp_path / "all.csv").read_bytes()):
        rows = read(content)
        assert list(rows)[-3:] == ["current_segment", "previous_segment", "changed_on"]
        assert (rows["changed_on"] == moved.map({True: day.date().isoformat(), False: ""})).all()
        assert (rows["current_segment"].astype(int) == standing["segment"] + 1).all()
        assert (rows["previous_segment"][moved] == rows["segment"][moved]).all()
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.reader(file))[-1] == "changed_on"
    of_segment = read(RunFiles(view).segment(0))
    assert {"current_segment", "previous_segment", "changed_on"} <= set(of_segment)
    first = placed_csv(view, standing["customer_id"].to_numpy()[moved][:1], 0)
    assert read(first)["changed_on"].tolist() == [day.date().isoformat()]


def test_a_forgotten_customer_is_gone_from_every_kept_run_and_where_they_stood(
    shop: Workspace, run: Run, load_fake: Callable
) -> None:
    from segmentation.pipeline import find_segments

    adopt(shop, run.run_id, 3)
    second = find_segments(shop, run.options, load=load_fake)
    assign_everybody(shop, frozen_run(shop), load=load_fake)
    gone = load_customers(shop, run)["customer_id"][7]
    assert forget_customer(shop, gone).is_gone
    for one in (run, second):
        assert gone not in set(load_customers(shop, one)["customer_id"])
    standing = load_standing(shop, run.run_id, 3)
    assert standing is not None and gone not in set(standing["customer_id"])
    left = assign_everybody(shop, frozen_run(shop), load=load_fake).standing
    assert gone not in set(left["customer_id"]) and len(left) == len(standing)


def test_segments_found_before_a_file_came_stay_when_it_is_deleted(
    shop: Workspace, run: Run, load_fake: Callable, tmp_path: Path
) -> None:
    adopt(shop, run.run_id, 4)
    (tmp_path / "later.csv").write_text(
        "order_id,customer_id,order_date,product_id,quantity,amount\n"
        + "".join(f"L{n},zanzibarine-{n},2025-01-0{n},P1,1,9.90\n" for n in range(1, 9))
    )
    later = load_file(shop, tmp_path / "later.csv")
    assign_everybody(shop, frozen_run(shop), load=load_fake)
    assert what_goes_with(shop, later.upload_id) == GoesWith(runs=0, adopted=False, staying=1)
    delete_upload(shop, later.upload_id)
    kept = adopted_run(shop)
    assert kept is not None and kept.run_id == run.run_id and len(kept.names) == 4
    assert state_for(shop, run) == run.fingerprint and load_customers(shop, run).shape[0] == run.customers
    assert load_standing(shop, run.run_id, 4) is None
    assert b"zanzibarine" not in shop.path.read_bytes()
    assign_everybody(shop, frozen_run(shop), load=load_fake)
    orders = next(one for one in list_uploads(shop) if one.kind is Kind.ORDERS)
    assert what_goes_with(shop, orders.upload_id) == GoesWith(runs=1, adopted=True, staying=0)
    delete_upload(shop, orders.upload_id)
    assert adopted_run(shop) is None and list_runs(shop) == ()


def test_older_runs_are_deleted_the_newest_and_the_adopted_one_stay(
    shop: Workspace, run: Run, load_fake: Callable
) -> None:
    import pytest

    from segmentation.errors import OptionError
    from segmentation.pipeline import find_segments

    second = find_segments(shop, run.options, load=load_fake)
    adopt(shop, run.run_id, 3)
    for one, why in ((second, "newest"), (run, "adopted")):
        with pytest.raises(OptionError, match=why):
            delete_run(shop, one.run_id)
    adopt(shop, second.run_id, 3)
    delete_run(shop, run.run_id)
    assert [kept.run_id for kept in list_runs(shop)] == [second.run_id]
