"""Outcome-guided runs: from files to segments.json, without what gives the outcome away."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segmentation.cli import main
from segmentation.clusters.guided import Guidance
from segmentation.errors import OptionError
from segmentation.insight.sentences.guidance import guidance_sentences
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.pipeline.ground import lay_ground
from segmentation.pipeline.resample import resample_further
from segmentation.pipeline.variants import what_if
from segmentation.runs import Run, RunOptions, View, load_run
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace
from tests.segmentation.runs.test_worth_run import dated_lines, held_out_share, segments_before

QUICK = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a sample shop whose customer file says the same thing twice, large enough to see a gain."""
    write_csvs(folder := tmp_path_factory.mktemp("shop"), customers=1_000, seed=7)
    path = folder / "customers.csv"
    customers = pd.read_csv(path)
    rng = np.random.default_rng(0)
    customers["newsletter"] = rng.permutation(["yes", "no"] * (len(customers) // 2))
    customers["letters sent"] = np.where(
        customers["newsletter"] == "yes", rng.integers(2, 40, len(customers)), 0
    )
    customers.to_csv(path, index=False)
    return folder


def options_for(outcome: str, **more: object) -> RunOptions:
    return RunOptions(**{**vars(QUICK), "outcome": outcome, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def home_of_leavers(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of the orders in segments guided by who stops buying; nobody may change it."""
    home = tmp_path_factory.mktemp("leavers") / "home"
    with Workspace.open(home / "workspace.duckdb") as workspace:
        load_file(workspace, files / "orders.csv")
        find_segments(workspace, options_for("churned"))
    return home


def the_run(workspace: Workspace) -> Run:
    """Give the newest run, which there must be."""
    run = load_run(workspace)
    assert run is not None
    return run


def test_what_is_learned_stays_with_the_run_and_is_used_again(
    home_of_leavers: Path, open_copy: Callable[[Path], Workspace]
) -> None:
    workspace = open_copy(home_of_leavers)
    run = the_run(workspace)
    assert run.guidance is not None
    assert run.guidance.period is not None
    assert run.guidance.relevance["recency"] > 0.05
    assert run.guidance.guided[3].above_nothing
    assert run.guidance.gain[3].above_nothing
    assert sorted(run.guidance.gain) == run.ks

    plain = find_segments(workspace, QUICK)
    assert plain.guidance is None
    weight = {column.name: column.weight for column in run.columns}
    before = {column.name: column.weight for column in plain.columns}
    assert weight["recency"] > before["recency"]
    assert sum(run.block_shares.values()) == pytest.approx(1)

    steps: list[str] = []
    ground = lay_ground(
        workspace, run.options, lambda step, done, total: steps.append(step), guidance=run.guidance
    )
    assert "Learning what foretells the outcome" not in steps
    assert ground.space.columns == run.columns
    shifts = what_if(workspace, View.of(workspace, run, 3))
    assert all(shift.share < 0.9 for shift in shifts)
    assert resample_further(workspace, View.of(workspace, run, 2)).run_id == run.run_id
    again = find_segments(workspace, options_for("churned"))
    assert (again.guidance, again.cuts[3].segments) == (run.guidance, run.cuts[3].segments), "as it was kept"


def test_a_column_of_the_customer_file_never_gives_itself_away(workspace: Workspace, files: Path) -> None:
    for name in ("orders.csv", "customers.csv"):
        load_file(workspace, files / name)
    run = find_segments(workspace, options_for("newsletter", profile_weight=0.5))
    assert run.guidance is not None
    assert run.guidance.outcome.label == "newsletter"
    assert {"profile.newsletter=yes", "profile.letters sent"} <= set(run.guidance.dropped)
    assert not {column.name for column in run.columns} & set(run.guidance.dropped)
    assert not run.guidance.gain[3].above_nothing


def test_columns_without_a_date_do_not_speak_of_the_past(workspace: Workspace, files: Path) -> None:
    for name in ("orders.csv", "customers.csv"):
        load_file(workspace, files / name)
    run = find_segments(workspace, options_for("churned", profile_weight=0.5))
    assert not [column.name for column in run.columns if column.name.startswith("profile.")]
    assert run.guidance is not None
    assert not [name for name in run.guidance.relevance if name.startswith("profile.")]


def test_an_outcome_that_is_none_names_those_there_are(workspace: Workspace, files: Path) -> None:
    load_file(workspace, files / "orders.csv")
    with pytest.raises(OptionError, match=r"no outcome “luck”.*revenue, orders, churned"):
        find_segments(workspace, options_for("luck"))


def test_kind_reviews_are_an_outcome(workspace: Workspace, files: Path, load_fake: Callable) -> None:
    for name in ("orders.csv", "reviews.csv"):
        load_file(workspace, files / name)
    run = find_segments(workspace, options_for("kind_rating"), load=load_fake)
    assert run.guidance is not None
    assert run.guidance.dropped == ("rating",)
    assert "rating" not in {column.name for column in run.columns}


def test_the_command_line_writes_what_guided(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    arguments = ["run", str(files / "orders.csv"), "--out", str(tmp_path), "--model", "none", "--k", "3",
                 "--k-range", "2:3"]  # fmt: skip
    assert main([*arguments, "--outcome", "churned", "--cutoff", "2024-09-01"]) == 0
    written = json.loads((tmp_path / "segments.json").read_text())["guidance"]
    assert (written["outcome"], written["cutoff"]) == ("churned", "2024-09-01")
    assert written["explained"]["gain"]["low"] <= written["explained"]["gain"]["share"]
    assert len(written["sentences"]) == 3
    capsys.readouterr()
    assert main([*arguments, "--outcome", "luck"]) == 2
    assert "no outcome “luck”" in capsys.readouterr().err


@dataclass(frozen=True)
class Leavers:
    """A run guided by who stops buying, beside what the orders say of each customer known before.

    `asked` tells of whom it is known whether they `left`, 1.0 or 0.0 (n,); `rows` are those of plain segments
    found in the orders before the cut-off.
    """

    run: Run
    guidance: Guidance
    asked: np.ndarray
    left: np.ndarray
    rows: pd.DataFrame


@pytest.fixture(scope="module")
def leavers(home_of_leavers: Path, tmp_path_factory: pytest.TempPathFactory) -> Leavers:
    home = shutil.copytree(home_of_leavers, tmp_path_factory.mktemp("left") / "home")
    with Workspace.open(home / "workspace.duckdb") as workspace:
        run, lines = the_run(workspace), dated_lines(workspace)
    assert run.guidance is not None and run.guidance.period is not None
    cutoff = run.guidance.period.cutoff
    bought = lines[~lines["is_return"].fillna(False).astype(bool)]
    earlier = lines[lines["ordered_at"] < cutoff]
    known = pd.Index(sorted(earlier["customer_id"].unique()))
    asked = known.isin(bought[bought["ordered_at"] < cutoff]["customer_id"])
    left = (~known.isin(bought[bought["ordered_at"] >= cutoff]["customer_id"])).astype(float)
    rows = segments_before(earlier, known, tmp_path_factory.mktemp("then"))
    return Leavers(run, run.guidance, asked, left, rows)


def test_the_sentences_are_those_of_the_orders(leavers: Leavers) -> None:
    guidance, rows, left = leavers.guidance, leavers.rows[leavers.asked], leavers.left[leavers.asked]
    features = leavers.run.features
    aim, gain, best = guidance_sentences(guidance, 3, features)
    assert f"known of {leavers.asked.sum()} customers for" in aim

    plain = held_out_share(left, rows["segment_3"].to_numpy())
    estimate, more = guidance.plain[3], guidance.gain[3]
    assert estimate.value == pytest.approx(plain, abs=0.03)
    assert estimate.low < plain < estimate.high
    assert f"and {100 * estimate.value:.0f}% (" in gain
    assert more.value == pytest.approx(guidance.guided[3].value - estimate.value)
    labels = {feature.label: feature.name for feature in features}
    named = re.findall(r"“([^”]+)” \((\d+)%\)", best)
    for label, told in named:
        tenths = pd.qcut(rows[labels[label]].rank(method="average"), 10, labels=False, duplicates="drop")
        alone = held_out_share(left, tenths.fillna(-1).to_numpy())
        assert int(told) / 100 == pytest.approx(alone, abs=0.06), label
    assert len(named) >= 2


def test_the_guided_share_is_that_of_the_orders(leavers: Leavers) -> None:
    asked, left, rows, features = leavers.asked, leavers.left, leavers.rows, leavers.run.features
    space = np.column_stack([scaled(rows[one.name], one.skewed) for one in features if one.name in rows])
    space = space[:, space.std(axis=0) > 0]

    errors, base = 0.0, 0.0
    for seed in range(3):
        drawn = np.random.default_rng(500 + seed).random(len(left)) < 0.5
        for half in (drawn, ~drawn):
            learn, tell = half & asked, ~half & asked
            factors = np.sqrt(shares_by_use(space[learn], left[learn]) / space.var(axis=0))
            found = KMeans(3, n_init=5, random_state=seed).fit_predict(space * factors)
            means = pd.Series(left[learn]).groupby(found[learn]).mean()
            errors += ((left[tell] - means.reindex(found[tell])) ** 2).sum()
            base += ((left[tell] - left[learn].mean()) ** 2).sum()
    told = leavers.guidance.guided[3]
    assert told.value == pytest.approx(1 - errors / base, abs=0.04)
    assert told.low < 1 - errors / base < told.high
    assert f"{100 * told.value:.0f}% (" in guidance_sentences(leavers.guidance, 3, features)[1]


def scaled(values: pd.Series, skewed: bool) -> np.ndarray:
    """Put a feature in standard deviations from its mean, at most 3; where it is missing, at the mean."""
    logged = np.sign(values) * np.log1p(values.abs()) if skewed else values
    found = (logged - logged.mean()) / (logged.std(ddof=0) or 1.0)
    return found.clip(-3, 3).fillna(0).to_numpy(dtype=float)


def shares_by_use(space: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Share out the variance by how well the tenths of each column foretell the outcome, at most 0.4 each."""
    rng = np.random.default_rng(9)
    luck = max(foretold(column, rng.permutation(outcome)) for _ in range(20) for column in space.T)
    use = np.array([foretold(column, outcome) for column in space.T])
    use = np.where(use > max(luck, 0), use, 0)
    pull = space.var(axis=0) * (0.05 + use / use.max())
    shares, capped = pull / pull.sum(), np.zeros(len(pull), dtype=bool)
    while (shares > 0.4 + 1e-9).any():
        capped |= shares > 0.4
        shares = np.where(capped, 0.4, pull / pull[~capped].sum() * (1 - 0.4 * capped.sum()))
    return shares


def foretold(column: np.ndarray, outcome: np.ndarray) -> float:
    """Return the share of the outcome that the means of a column's tenths foretell of rows left out."""
    tenths = np.searchsorted(np.unique(np.quantile(column, np.arange(1, 10) / 10)), column)
    each = np.eye(10)[tenths]
    folds = np.arange(len(outcome)) % 5
    squares = 0.0
    for fold in range(5):
        out = folds == fold
        count, total = each[~out].sum(axis=0), outcome[~out] @ each[~out]
        means = np.where(count > 0, total / np.maximum(count, 1), outcome[~out].mean())
        squares += ((outcome[out] - means[tenths[out]]) ** 2).sum()
    return 1 - squares / ((outcome - outcome.mean()) ** 2).sum()
