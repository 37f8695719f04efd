"""`retention` as a person or a schedule calls it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.workspace import Workspace


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_it_writes_the_files_and_says_how_it_held(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["retention", "--workspace", str(home), "--out", str(tmp_path), "--k", "3", "--days", "60"]
    assert main([*arguments, "--horizon", "180", "--silent", "150"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["definition"]["days"] == 60
    assert printed["horizon_days"] == 180
    auc, behind = printed["churn"]["auc"], printed["churn"]["auc_behind_best"]
    best = max(auc, key=auc.get)
    assert set(behind) == set(auc) - {best}
    assert all(low <= auc[best] - auc[way] <= high for way, (low, high) in behind.items())
    assert printed["churn"]["used"] == next(way for way in auc if way == best or behind[way][0] <= 0)
    assert [one["segment"] for one in printed["segments"]] == [1, 2, 3]
    for held in (printed["value"]["check"]["orders"], printed["value"]["check"]["spend"]):
        behind, squared = held["behind_model"], held["behind_model_squared"]
        level = [way for way in behind if behind[way][0] <= 0 and squared[way][0] <= 0]
        assert held["used"] == min(level, key=held["errors"].get, default="the model")
        assert held["came"] > 0
    customers, listed = read(tmp_path / "customers.csv"), read(tmp_path / "win-back.csv")
    assert len(customers) == sum(one["buyers"] for one in printed["segments"])
    total = sum(float(one["spend_180"]) for one in customers)
    assert total == pytest.approx(sum(one["spend"] for one in printed["segments"]), rel=1e-3)
    assert {"customer_id", "segment", "segment_name", "risk", "alive", "spend_365_high"} <= set(customers[0])
    assert listed[0]["reason"]
    assert all(float(one["risk"]) >= 0.5 and float(one["days_since"]) <= 150 for one in listed)
    stakes = [float(one["at_risk"]) for one in listed]
    assert stakes == sorted(stakes, reverse=True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--days", "1000"], "1000 days without an order were asked for"),
        (["--k", "9"], "there are no 9 segments"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert main(["retention", "--workspace", str(home), "--out", str(tmp_path / "out"), *more]) == 2
    assert said in capsys.readouterr().err.splitlines()[-1]
    assert not (tmp_path / "out").exists()


def test_it_needs_a_workspace_with_segments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "w.duckdb"
    assert main(["retention", "--workspace", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "there is no workspace" in capsys.readouterr().err
    assert not path.exists()
    Workspace.open(path).close()
    assert main(["retention", "--workspace", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "holds no segments" in capsys.readouterr().err
