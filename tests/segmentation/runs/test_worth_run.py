"""The worth of a run: from files to segments.json, kept with the run, refused where there is no history."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.cli import main
from segmentation.errors import FilesChangedError, OptionError
from segmentation.features.rfm import GRID, CutPoints
from segmentation.features.rfm_cuts import save_cuts
from segmentation.insight.sentences.worth import period_sentence, worth_sentences
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, load_customers, load_run
from segmentation.runs.store import load_worth
from segmentation.runs.worth import worth_of_run
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from tests.sample_files import QUICK


@pytest.fixture
def shop(found_home: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """Give a copy of a small shop with a run."""
    return open_copy(found_home)


@pytest.fixture
def run(shop: Workspace) -> Run:
    """Give the run of the shop."""
    found = load_run(shop)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def orders(found_home: Path) -> Path:
    """Give the orders of the shop."""
    return found_home / "files" / "orders.csv"


def test_the_worth_is_kept_with_the_run(shop: Workspace, run: Run) -> None:
    assert load_worth(shop, run.run_id) is None
    steps: list[str] = []
    worth = worth_of_run(shop, run, lambda step, done, total: steps.append(step))
    assert steps[0] == Stage.LOOKING_BACK
    assert load_worth(shop, run.run_id) == worth
    kept = load_run(shop, run.run_id)
    assert kept is not None
    assert kept.worth == worth
    assert sorted(worth.revenue) == sorted(worth.orders) == run.ks
    assert worth.period.known == worth.customers <= run.customers
    assert worth_of_run(shop, run) == worth


def test_the_tiers_beside_them_are_by_the_cut_points_that_were_set(shop: Workspace, run: Run) -> None:
    beyond = (1e9, 2e9, 3e9, 4e9)
    save_cuts(shop, one_tier := CutPoints(beyond, beyond, beyond))
    worth = worth_of_run(shop, run)
    assert {one.rfm_groups for one in worth.revenue.values()} == {1}
    assert worth.own_cuts == one_tier
    assert load_worth(shop, run.run_id) == worth
    save_cuts(shop, None)
    again = worth_of_run(shop, run)
    assert max(one.rfm_groups for one in again.revenue.values()) > 1
    assert again.own_cuts is None


def test_files_that_changed_meanwhile_are_not_looked_back_on(
    shop: Workspace, run: Run, orders: Path, tmp_path: Path
) -> None:
    (tmp_path / "more.csv").write_bytes(b"\n".join(orders.read_bytes().split(b"\n")[:9]) + b"\n")
    load_file(shop, tmp_path / "more.csv")
    with pytest.raises(FilesChangedError, match="have changed"):
        worth_of_run(shop, run)


def test_the_command_line_writes_the_worth(orders: Path, tmp_path: Path) -> None:
    arguments = [
        "run",
        str(orders),
        "--out",
        str(tmp_path),
        "--model",
        "none",
        "--k",
        "3",
        "--k-range",
        "2:3",
    ]
    assert main([*arguments, "--worth", "--cutoff", "2024-09-01"]) == 0
    worth = json.loads((tmp_path / "segments.json").read_text())["worth"]
    assert worth["cutoff"] == "2024-09-01"
    assert (
        worth["explained"]["log_revenue"]["segments"]["low"]
        <= worth["explained"]["log_revenue"]["segments"]["share"]
    )
    assert len(worth["sentences"]) == 2
    assert main(arguments) == 0
    assert json.loads((tmp_path / "segments.json").read_text())["worth"] is None


def test_a_shop_without_dated_orders_is_told_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"c{one},{20 + one % 40},{one * 7 % 90}" for one in range(60)]
    (tmp_path / "people.csv").write_text(
        "\n".join(["customer_id,age,spending_score", *rows]), encoding="utf-8"
    )
    out = tmp_path / "out"
    arguments = [
        "run",
        str(tmp_path / "people.csv"),
        "--out",
        str(out),
        "--model",
        "none",
        "--k-range",
        "2:3",
    ]
    assert main([*arguments, "--worth"]) == 2
    told = capsys.readouterr().err
    assert "the files have no orders with dates" in told
    assert "Looking for segments" not in told
    assert not out.exists()


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(OptionError, match="the cut-off is “soon”"):
        RunOptions(cutoff="soon")


def test_the_sentences_are_those_of_the_orders(shop: Workspace, run: Run, tmp_path: Path) -> None:
    worth = worth_of_run(shop, run)
    lines = dated_lines(shop)
    later = lines["ordered_at"] >= worth.period.cutoff
    before, bought = lines[~later], lines[later & ~lines["is_return"].fillna(False).astype(bool)]
    known = pd.Index(sorted(before["customer_id"].unique()))
    days = (lines["ordered_at"].max().normalize() - pd.Timestamp(worth.period.cutoff)).days + 1
    returning = known.isin(bought["customer_id"]).sum()
    said = period_sentence(worth.period)
    assert f"known of {len(known)} customers" in said
    assert f"the {days} days" in said and f"{returning} of them ordered" in said

    spent = lines[later].groupby("customer_id")["amount"].sum().reindex(known).fillna(0).clip(lower=0)
    ordered = bought.groupby("customer_id")["order_id"].nunique().reindex(known).fillna(0)
    segments = segments_before(before, known, tmp_path)
    for k in (2, 4):
        labels = segments[f"segment_{k}"].to_numpy()
        for explained, outcome in ((worth.revenue[k], np.log1p(spent)), (worth.orders[k], ordered)):
            share = held_out_share(outcome.to_numpy(dtype=float), labels)
            assert explained.segments.value == pytest.approx(share, abs=0.02)
            assert explained.segments.low < share < explained.segments.high
            dealt = np.random.default_rng(QUICK.seed).permutation(labels)
            chance = held_out_share(outcome.to_numpy(dtype=float), dealt)
            assert explained.random.value == pytest.approx(chance, abs=0.01)
        told = f"explains {100 * worth.revenue[k].segments.value:.0f}% ("
        assert told in worth_sentences(worth, k)[0]


def test_the_share_of_the_tiers_is_that_of_the_orders(shop: Workspace, run: Run) -> None:
    worth = worth_of_run(shop, run)
    lines = dated_lines(shop)
    later = lines["ordered_at"] >= worth.period.cutoff
    kept = ~lines["is_return"].fillna(False).astype(bool)
    known = pd.Index(sorted(lines[~later]["customer_id"].unique()))
    bought = lines[~later & kept].groupby("customer_id")
    values = pd.DataFrame(
        {
            "recency": (worth.period.cutoff - bought["ordered_at"].max().dt.normalize()).dt.days.reindex(
                known
            ),
            "frequency": bought["order_id"].nunique().reindex(known),
            "monetary": lines[~later].groupby("customer_id")["amount"].sum().reindex(known),
        }
    )
    fifths = pd.DataFrame({name: fifths_of(values[name]) for name in values})
    fifths["recency"] = 6 - fifths["recency"]
    value = (fifths["frequency"] + fifths["monetary"] + 1) // 2
    fifths = fifths.where(values["recency"].notna(), 0)
    tiers = np.array([str(GRID.get(pair, "")) for pair in zip(fifths["recency"], value, strict=True)])
    spent = np.log1p(
        lines[later].groupby("customer_id")["amount"].sum().reindex(known).fillna(0).clip(lower=0)
    )
    for k in (2, 4):
        merged = merged_by_spread(fifths.to_numpy(float), tiers, k)
        share = held_out_share(spent.to_numpy(), merged)
        told = worth.revenue[k]
        assert told.rfm_groups == k == len(set(merged))
        assert told.rfm.value == pytest.approx(share, abs=0.02)
        assert told.rfm.low < share < told.rfm.high
        assert told.more_than_rfm.value == pytest.approx(told.segments.value - told.rfm.value)
        assert f"{k} RFM tiers explain {100 * told.rfm.value:.0f}% (" in worth_sentences(worth, k)[0]


def dated_lines(workspace: Workspace) -> pd.DataFrame:
    """Read the order lines that have a date."""
    with workspace.cursor() as cursor:
        lines = cursor.sql("SELECT * FROM shop.lines WHERE ordered_at IS NOT NULL").df()
    return lines.assign(amount=lines["amount"].astype(float))


def fifths_of(values: pd.Series) -> pd.Series:
    """Score 1 to 5: one more than the number of fifths' ends that a value lies above, 0 where missing."""
    ordered = values.dropna().sort_values().to_numpy()
    ends = [ordered[int(np.ceil(part * len(ordered) / 5)) - 1] for part in range(1, 5)]
    return sum((values > end).astype(int) for end in ends) + values.notna()


def merged_by_spread(points: np.ndarray, groups: np.ndarray, k: int) -> np.ndarray:
    """Join two groups after another until k are left, those whose union is spread least more than they."""
    merged = groups.astype(object)
    while len(names := sorted(set(merged))) > k:

        def grown(pair: tuple[str, str], merged: np.ndarray = merged) -> float:
            one, other = (points[merged == name] for name in pair)
            return spread(np.vstack([one, other])) - spread(one) - spread(other)

        one, other = min(combinations(names, 2), key=grown)
        merged[merged == other] = one
    return merged


def spread(points: np.ndarray) -> float:
    """Sum the squared distances to the mean."""
    return float(((points - points.mean(axis=0)) ** 2).sum())


def segments_before(lines: pd.DataFrame, known: pd.Index, folder: Path) -> pd.DataFrame:
    """Find segments in the orders of the time before alone, as if nothing had come after."""
    path = folder / "before.csv"
    lines.drop(columns=[name for name in lines if lines[name].isna().all()]).to_csv(path, index=False)
    with Workspace.open(folder / "then" / "workspace.duckdb") as then:
        load_file(then, path)
        rows = load_customers(then, find_segments(then, QUICK))
    return rows.set_index("customer_id").loc[known]


def held_out_share(outcome: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of variance that one half's group means explain of the other, over 40 halves."""
    errors, base = 0.0, 0.0
    for seed in range(40):
        known = np.random.default_rng(1_000 + seed).permutation(len(outcome)) < len(outcome) // 2
        for half in (known, ~known):
            means = pd.Series(outcome[half]).groupby(labels[half]).mean()
            foretold = means.reindex(labels[~half]).fillna(outcome[half].mean()).to_numpy()
            errors += ((outcome[~half] - foretold) ** 2).sum()
            base += ((outcome[~half] - outcome[half].mean()) ** 2).sum()
    return 1 - errors / base
