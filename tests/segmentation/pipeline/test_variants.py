"""What if: who would move with one setting changed, counted by hand, and nothing of it stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from segmentation.errors import Cancelled, FilesChangedError, OptionError
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.pipeline import find_segments
from segmentation.pipeline.variants import what_if
from segmentation.runs import Run, RunOptions, View, load_customers
from segmentation.runs.shifts import Change, Shift, keep_shifts, load_shifts
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from segmentation.workspace.trial import trial_of
from tests.sample_files import load_sample

OPTIONS = RunOptions(text_weight=0.5, k_range=(2, 4), resamples=2, resamples_of_suggested=2, seed=3)
K = 3


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the closed file of a workspace with files alone; nobody may change it."""
    path = tmp_path_factory.mktemp("home") / "w.duckdb"
    with Workspace.open(path) as workspace:
        load_sample(workspace, tmp_path_factory.mktemp("shop"), customers=300, seed=5)
    return path


@pytest.fixture(scope="module")
def opened(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(loaded, tmp_path_factory.mktemp("opened")))) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def run(opened: Workspace, load_fake: Callable) -> Run:
    return find_segments(opened, OPTIONS, load=load_fake)


@pytest.fixture(scope="module")
def shifts(opened: Workspace, run: Run, load_fake: Callable) -> tuple[Shift, ...]:
    return what_if(opened, View.of(opened, run, K), load=load_fake)


def contents(workspace: Workspace) -> list[tuple]:
    with workspace.cursor() as cursor:
        tables = cursor.execute("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        rows = [
            (schema, table, cursor.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchall()[0][0])
            for schema, table in tables
        ]
    return rows + [(path.name, path.stat().st_size) for path in sorted(workspace.vectors.iterdir())]


def test_a_shift_is_what_a_run_with_that_setting_finds(
    opened: Workspace, loaded: Path, run: Run, shifts: tuple[Shift, ...], tmp_path: Path, load_fake: Callable
) -> None:
    before = load_customers(opened, run).set_index("customer_id")[f"segment_{K}"]
    for change, options in (
        (Change.WITHOUT_TEXT, replace(OPTIONS, text_weight=0.0, k_range=(K, K))),
        (Change.RULE_OFF, replace(OPTIONS, cleaning_off=frozenset({"guests"}), k_range=(K, K))),
    ):
        [shift] = [
            one
            for one in shifts
            if one.change == change and (change != Change.RULE_OFF or one.what == "guests")
        ]
        with Workspace.open(Path(shutil.copy(loaded, tmp_path / f"{change}.duckdb"))) as other:
            again = load_customers(other, find_segments(other, options, load=load_fake))
        after = again.set_index("customer_id")[f"segment_{K}"]
        both = before.index.intersection(after.index)
        table = np.zeros((K, K), dtype=int)
        np.add.at(table, (before.loc[both].to_numpy(), after.loc[both].to_numpy()), 1)
        assert shift.both == len(both)
        assert shift.moved == len(both) - best_match(table)


def best_match(table: np.ndarray) -> int:
    """Return the most customers that stay over all ways to match the segments by their overlap."""
    from scipy.optimize import linear_sum_assignment

    overlap = table / (table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table)
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    return int(table[rows, columns].sum())


def test_every_kind_of_change_is_tried_the_largest_first(shifts: tuple[Shift, ...]) -> None:
    assert {one.change for one in shifts} >= {
        Change.MORE_TEXT,
        Change.LESS_TEXT,
        Change.WITHOUT_TEXT,
        Change.ONLY_TEXT,
        Change.WITHOUT_FEATURE,
        Change.RULE_OFF,
    }
    shares = [one.share for one in shifts]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    assert max(shares) > 0


def test_nothing_but_the_answer_stays(
    opened: Workspace, run: Run, shifts: tuple[Shift, ...], load_fake: Callable
) -> None:
    before = contents(opened)
    shop = build_shop(opened, OPTIONS.cleaning)
    again = what_if(opened, View.of(opened, run, K), load=load_fake)
    assert again == shifts == load_shifts(opened, run.run_id, K)
    assert load_shifts(opened, run.run_id, 2) is None
    assert load_shifts(opened, "gone", K) is None
    assert contents(opened) == before
    assert build_shop(opened, OPTIONS.cleaning) == shop


def test_a_trial_shows_nobody_else_what_it_does(opened: Workspace, run: Run) -> None:
    before = contents(opened)
    with trial_of(opened) as trial:
        shop = build_shop(trial, Cleaning(off=frozenset({Rule.GUESTS})))
        assert shop.customers > run.customers
        with opened.cursor() as cursor:
            outside = cursor.execute("SELECT count(*) FROM shop.customers").fetchall()[0][0]
        assert outside == run.customers
    assert contents(opened) == before


def test_it_can_be_cancelled_and_needs_the_files_of_the_run(
    opened: Workspace, run: Run, load_fake: Callable
) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        if step == Stage.TRYING_OTHERS and done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        what_if(opened, View.of(opened, run, 2), cancel, load_fake)
    assert load_shifts(opened, run.run_id, 2) is None
    with pytest.raises(FilesChangedError, match="have changed"):
        what_if(opened, View.of(opened, replace(run, fingerprint="other"), K), load=load_fake)
    with pytest.raises(OptionError, match="no 9 segments"):
        what_if(opened, View.of(opened, run, 9), load=load_fake)


def test_a_run_that_is_gone_keeps_nothing(workspace: Workspace) -> None:
    keep_shifts(workspace, "gone", 3, (Shift(Change.ONLY_TEXT, "", 10, 5),))
    assert load_shifts(workspace, "gone", 3) is None
