"""`assign` puts customers into segments that stay, and writes who is where."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.runs import list_runs
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace

HEADERS = ["customer_id", "segment", "segment_name", "previous_segment", "changed_on", "distance", "margin"]


def run(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "assigned.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a folder of exports without the later half of the orders, and a workspace that was made of it."""
    folder = tmp_path_factory.mktemp("assign")
    write_csvs(folder / "shop", customers=200, seed=4)
    workspace = folder / "w.duckdb"
    lines = (folder / "shop" / "orders.csv").read_text().splitlines(keepends=True)
    (folder / "orders_first.csv").write_text("".join(lines[: len(lines) // 2]))
    (folder / "orders_later.csv").write_text("".join([lines[0], *lines[len(lines) // 2 :]]))
    options = ("--model", "none", "--k-range", "2:4", "--k", "3", "--workspace", workspace)
    assert run("run", folder / "orders_first.csv", "--out", folder / "out", *options) == 0
    return folder, workspace


def test_customers_stay_and_new_files_move_them(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, workspace = made
    capsys.readouterr()
    assert run("assign", "--workspace", workspace, "--out", tmp_path / "a", "--adopt", "--k", 3) == 0
    facts = json.loads(capsys.readouterr().out)
    first = rows_of(tmp_path / "a")
    with (folder / "out" / "assignments.csv").open() as file:
        found = {row["customer_id"]: row["segment"] for row in csv.DictReader(file)}
    assert list(first[0]) == [*HEADERS, "unlike_anybody"]
    assert {row["customer_id"]: row["segment"] for row in first} == found
    assert all(not row["previous_segment"] and not row["changed_on"] for row in first)
    assert facts["moved_on_that_day"] == 0 and facts["customers"] == len(first)

    later = folder / "orders_later.csv"
    assert run("assign", later, "--workspace", workspace, "--out", tmp_path / "b") == 0
    facts = json.loads(capsys.readouterr().out)
    second = {row["customer_id"]: row for row in rows_of(tmp_path / "b")}
    moved = [row for row in second.values() if row["changed_on"]]
    assert len(second) > len(first) and 0 < len(moved) == facts["moved_on_that_day"]
    assert all(found[row["customer_id"]] == row["previous_segment"] != row["segment"] for row in moved)
    assert {row["changed_on"] for row in moved} == {facts["day"]}

    assert run("assign", "--workspace", workspace, "--out", tmp_path / "c") == 0
    assert (tmp_path / "c" / "assigned.csv").read_bytes() == (tmp_path / "b" / "assigned.csv").read_bytes()
    with Workspace.open(workspace) as opened:
        [kept] = list_runs(opened)
    assert kept.adopted and kept.files == ("orders_first.csv",) and kept.customers == len(first)
    assert kept.rows is not None and kept.rows > 0 and kept.first_day and kept.last_day


def test_what_cannot_be_done_is_one_line(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, workspace = made
    assert run("assign", "--workspace", workspace, "--out", tmp_path, "--k", 9) == 2
    assert "no 9 segments" in capsys.readouterr().err
    assert run("assign", "--workspace", tmp_path / "none.duckdb", "--out", tmp_path) == 2
    assert "there is no workspace" in capsys.readouterr().err
