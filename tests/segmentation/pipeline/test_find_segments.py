"""From files to a saved run: the whole way with a fake encoder on a small sample shop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.errors import Cancelled, NoCustomersError, SegmentationError
from segmentation.intake.uploads.corrections import set_kind
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import (
    KEEP_RUNS,
    Run,
    RunOptions,
    latest_run_id,
    load_customers,
    load_run,
    rename_segment,
)
from segmentation.sample_shop import write_csvs
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from tests.sample_files import load_exports

OPTIONS = RunOptions(k_range=(2, 5), resamples=4, resamples_of_suggested=4, seed=3)


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    write_csvs(folder, customers=300, seed=5)
    return folder


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, shop_folder: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("home") / "w.duckdb") as workspace:
        load_exports(workspace, shop_folder)
        yield workspace


@pytest.fixture(scope="module")
def run(opened: Workspace, load_fake: Callable) -> Run:
    return find_segments(opened, OPTIONS, load=load_fake)


def test_every_k_is_there_and_adds_up(run: Run, opened: Workspace) -> None:
    rows = load_customers(opened, run)
    assert run.ks == [2, 3, 4, 5]
    assert len(rows) == run.customers == rows["customer_id"].nunique()
    for k in run.ks:
        sizes = [segment.size for segment in run.cuts[k].segments]
        assert sizes == np.bincount(rows[f"segment_{k}"], minlength=k).tolist()
        assert sum(segment.share for segment in run.cuts[k].segments) == pytest.approx(1.0)
        assert rows[f"confidence_{k}"].between(0, 1).all()
        assert len({segment.name for segment in run.cuts[k].segments}) == k


def test_what_is_saved_is_what_was_found(run: Run, opened: Workspace) -> None:
    loaded = load_run(opened, run.run_id)
    assert loaded is not None
    assert loaded.cuts[3].segments == run.cuts[3].segments
    assert loaded.suggestion == run.suggestion
    assert loaded.features == run.features
    assert loaded.options == run.options
    np.testing.assert_array_equal(loaded.centers[4], run.centers[4])
    np.testing.assert_array_equal(loaded.cuts[2].centroids.effects, run.cuts[2].centroids.effects)


def test_same_data_and_seed_give_the_same_segments_rows_shuffled_or_not(
    run: Run, opened: Workspace, shop_folder: Path, tmp_path: Path, load_fake: Callable
) -> None:
    before = load_customers(opened, run)
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    for path in shop_folder.glob("*.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.sample(frac=1.0, random_state=1).to_csv(shuffled / path.name, index=False)
    with Workspace.temporary() as other:
        load_exports(other, shuffled)
        again = find_segments(other, OPTIONS, load=load_fake)
        after = load_customers(other, again)
    columns = ["customer_id", *(f"segment_{k}" for k in run.ks)]
    pd.testing.assert_frame_equal(before[columns], after[columns])


def test_a_k_outside_the_range_extends_it() -> None:
    assert replace(OPTIONS, k=9).ks == (2, 3, 4, 5, 9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"k": 1},
        {"k": 256},
        {"k_range": (5, 3)},
        {"k_range": (1, 3)},
        {"text_weight": 1.5},
        {"seed": -1},
        {"seed": 2**32},
        {"profile_weight": -1.0},
    ],
)
def test_settings_without_sense_are_refused(wrong: dict) -> None:
    with pytest.raises(SegmentationError):
        RunOptions(**wrong)


def test_an_empty_workspace_says_what_is_missing(workspace: Workspace) -> None:
    with pytest.raises(NoCustomersError):
        find_segments(workspace, OPTIONS)


def test_a_cancelled_job_leaves_the_run_before_it(run: Run, opened: Workspace, load_fake: Callable) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        if step == Stage.DESCRIBING_SEGMENTS:
            raise Cancelled

    with pytest.raises(Cancelled):
        find_segments(opened, OPTIONS, cancel, load_fake)
    assert latest_run_id(opened) == run.run_id


def test_a_name_of_ones_own_follows_the_segment_and_survives_a_restart(
    tmp_path: Path, opened: Workspace, run: Run
) -> None:
    rename_segment(opened, 1, "  My   best people ")
    named = load_run(opened, run.run_id)
    assert named is not None
    assert [named.names_at(k)[1] for k in (2, 5)] == ["My best people"] * 2
    assert named.names_at(2)[0] == run.cuts[2].segments[0].name
    rename_segment(opened, 1, "")
    plain = load_run(opened, run.run_id)
    assert plain is not None
    assert plain.names_at(2)[1] == run.cuts[2].segments[1].name


def test_labels_hold_still_when_customers_come_and_go(tmp_path: Path, shop_folder: Path) -> None:
    orders = pd.read_csv(shop_folder / "orders.csv", dtype=str, keep_default_na=False)
    kept = sorted(set(orders["customer_id"]))[::10]
    orders[~orders["customer_id"].isin(kept)].to_csv(tmp_path / "fewer.csv", index=False)
    options = RunOptions(k_range=(2, 4), model="none", resamples=1, resamples_of_suggested=1, seed=2)
    with Workspace.temporary() as workspace:
        first_upload = load_file(workspace, tmp_path / "fewer.csv")
        first = load_customers(workspace, find_segments(workspace, options)).set_index("customer_id")
        set_kind(workspace, first_upload.upload_id, "other")
        load_file(workspace, shop_folder / "orders.csv")
        second = load_customers(workspace, find_segments(workspace, options)).set_index("customer_id")
    common = first.index.intersection(second.index)
    for k in (2, 3, 4):
        same = first.loc[common, f"segment_{k}"] == second.loc[common, f"segment_{k}"]
        assert same.mean() > 0.8


def test_headers_and_values_that_differ_only_in_case_stay_apart(tmp_path: Path, workspace: Workspace) -> None:
    rows = [f"c{n},{n % 7},{n * n % 11},{('US', 'us', 'Us')[n % 3]}" for n in range(60)]
    (tmp_path / "people.csv").write_text(
        "customer_id,Score,score,country\n" + "\n".join(rows), encoding="utf-8"
    )
    load_file(workspace, tmp_path / "people.csv")
    run = find_segments(
        workspace, RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
    )
    customers = load_customers(workspace, run)
    assert {"profile.Score", "profile.score", "profile.country=US", "profile.country=us"} <= set(
        customers.columns
    )
    assert [feature.name for feature in run.features] == list(customers.columns[-len(run.features) :])


def test_only_the_latest_runs_keep_their_rows(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "people.csv").write_text("customer_id,age\n" + "".join(f"c{n},{20 + n}\n" for n in range(30)))
    load_file(workspace, tmp_path / "people.csv")
    options = RunOptions(k_range=(2, 2), model="none", resamples=1, resamples_of_suggested=1)
    made = [find_segments(workspace, options).run_id for _ in range(KEEP_RUNS + 1)]
    assert load_run(workspace, made[0]) is None
    assert all(load_run(workspace, run_id) for run_id in made[1:])
    with workspace.cursor() as cursor:
        tables = cursor.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'run\\_%' ESCAPE '\\'"
        )
        assert tables.fetchall() == [(KEEP_RUNS,)]
