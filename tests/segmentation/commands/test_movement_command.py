"""`movement` as a person or a schedule calls it."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.pipeline import find_segments
from segmentation.runs import delete_run, load_customers, load_run
from segmentation.track.frozen import adopt
from segmentation.workspace import Workspace
from tests.sample_files import QUICK

COLUMNS = ["from", "to", "customers", "revenue", "did_something", "silence", "border"]


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


def test_two_runs_are_compared_each_in_its_own_segments(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(home.parent, tmp_path / "home")
    path = tmp_path / "home" / home.name
    with Workspace.open(path) as workspace:
        first = load_run(workspace)
        assert first is not None
        adopt(workspace, first.run_id, 4)
        off = frozenset({"monetary", "average_order_value"})
        second = find_segments(workspace, replace(QUICK, off=off))
        sides = [
            load_customers(workspace, run).set_index("customer_id")["segment_4"] for run in (first, second)
        ]
    moved = sides[0].index[sides[0] != sides[1].reindex(sides[0].index)]
    arguments = ["movement", "--workspace", str(path), "--out", str(tmp_path), "--k", "4"]
    assert main([*arguments, "--from-run", "adopted"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["from_run"], printed["run"]) == (first.run_id, second.run_id)
    assert printed["moved"] == len(moved) > 0 and printed["both"] == len(sides[0])
    assert printed["did_something"] == 0, "both are of the same day"
    people = read(tmp_path / "movers.csv")
    assert {row["customer_id"]: row["from"] for row in people} == {
        one: str(sides[0][one] + 1) for one in moved
    }
    names = dict(enumerate(first.names_at(4), 1))
    assert {row["from_name"] for row in people} == {names[int(row["from"])] for row in people}
    assert main([*arguments, "--from-run", "adopted", "--clear"]) == 0
    assert json.loads(capsys.readouterr().out)["moved"] == printed["moved"] - printed["border"]
    for given, said in (
        (["--from-run", "x"], first.run_id),
        (["--to-run", first.run_id], "two runs"),
        (["--from-run", second.run_id, "--to-run", "adopted", "--k", "9"], "there are no 9"),
    ):
        assert main([*arguments, *given]) == 2
        assert said in capsys.readouterr().err
    with Workspace.open(path) as workspace:
        adopt(workspace, second.run_id, 4)
        delete_run(workspace, first.run_id)
        with workspace.cursor() as cursor:
            assert cursor.execute(
                "SELECT count(*) FROM movements UNION ALL SELECT count(*) FROM moved"
            ).fetchall() == [
                (0,),
                (0,),
            ]
