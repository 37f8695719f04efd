"""`movement` as a person or a schedule calls it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.sample_shop import write as sample_shop
from segmentation.workspace import Workspace

COLUMNS = ["from", "to", "customers", "revenue", "did_something", "silence", "border"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace of a small shop in which segments were found."""
    sample_shop.write_csvs(folder := tmp_path_factory.mktemp("shop"), customers=300, seed=7)
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, folder / "orders.csv")
        options = RunOptions(k_range=(2, 4), model="none", resamples=1, resamples_of_suggested=1)
        find_segments(workspace, options)
    return folder / "home" / "workspace.duckdb"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_it_writes_both_files_which_agree_with_what_it_prints(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["movement", "--workspace", str(home), "--out", str(tmp_path), "--k", "4"]
    assert main(arguments) == 0
    printed = json.loads(capsys.readouterr().out)
    cells, people = read(tmp_path / "movement.csv"), read(tmp_path / "movers.csv")
    assert list(cells[0])[:7] == COLUMNS
    assert {"from_name", "to_name"} < set(cells[0])
    steps = [
        row for row in cells if row["from"].isdigit() and row["to"].isdigit() and row["from"] != row["to"]
    ]
    for name in ("did_something", "silence", "border"):
        assert printed[name] == sum(int(row[name]) for row in steps)
    assert printed["moved"] == sum(int(row["customers"]) for row in steps) > 0
    assert all(int(row["did_something"]) + int(row["silence"]) == int(row["customers"]) for row in cells)
    assert len(people) == printed["moved"] + printed["new"] + printed["gone"]
    assert {row["customer_id"] for row in people if row["from"] == "new"}
    told = {(row["from"], row["to"]) for row in people}
    assert told == {(row["from"], row["to"]) for row in cells if row["from"] != row["to"]}
    assert "customer" in printed["most_important"]


def test_clear_moves_are_fewer_and_days_can_be_chosen(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["movement", "--workspace", str(home), "--out", str(tmp_path), "--k", "4"]
    assert main(arguments) == 0
    last = json.loads(capsys.readouterr().out)
    assert main([*arguments, "--clear"]) == 0
    clear = json.loads(capsys.readouterr().out)
    assert 0 < clear["moved"] < last["moved"]
    assert clear["both"] == last["both"]
    assert main([*arguments, "--to", last["from"]]) == 0
    earlier = json.loads(capsys.readouterr().out)
    assert earlier["to"] == last["from"]
    assert earlier["both"] <= last["both"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--from", "soon"], "is no day"),
        (["--from", "2030-01-01"], "is not before"),
        (["--to", "2090-01-01"], "is after the last day of the data"),
        (["--from", "1990-01-01"], "nobody was a customer"),
        (["--k", "9"], "there are no 9 segments"),
    ],
)
def test_what_cannot_be_compared_is_said(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    assert main(["movement", "--workspace", str(home), "--out", str(tmp_path), *given]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_step_is_a_list_that_audience_takes(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--workspace", str(home), "--k", "4", "--out", str(tmp_path)]
    assert main(["movement", *arguments]) == 0
    capsys.readouterr()
    new = {row["customer_id"]: row["to"] for row in read(tmp_path / "movers.csv") if row["from"] == "new"}
    to = next(iter(new.values()))
    assert main(["audience", *arguments, "--for", "crm", "--list", f"moved:new:{to}"]) == 0
    assert json.loads(capsys.readouterr().out)["chosen"] == sum(one == to for one in new.values())
    assert main(["audience", *arguments, "--for", "crm", "--list", "moved:2"]) == 2
    assert "there is no step" in capsys.readouterr().err
