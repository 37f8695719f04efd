"""The command line as a person or a schedule calls it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from segmentation.action.overview import load_overview
from segmentation.cli import main
from segmentation.runs import latest_run_id
from segmentation.workspace import Workspace
from tests.segmentation.intake.files.test_file_formats import save_workbook

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    assert main(["sample", str(folder), "--customers", "200", "--seed", "4"]) == 0
    return folder


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_sample_writes_the_shop_and_its_truth(shop_folder: Path) -> None:
    assert {path.name for path in shop_folder.iterdir()} == {
        "customers.csv",
        "products.csv",
        "orders.csv",
        "events.csv",
        "reviews.csv",
        "truth.csv",
    }
    assert list(read(shop_folder / "truth.csv")[0]) == ["customer_id", "segment"]


def test_inspect_says_what_each_file_is(shop_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(shop_folder / "orders.csv"), str(shop_folder / "reviews.csv")]) == 0
    orders, reviews = json.loads(capsys.readouterr().out)
    assert (orders["kind"], reviews["kind"]) == ("orders", "reviews")
    assert set(orders) == {
        *("file", "kind", "encoding", "delimiter", "rows", "rejected", "columns", "money", "doubts", "alarms")
    }
    assert set(orders["columns"][0]) == {"name", "role", "confidence", "reason"}


def test_run_writes_the_four_files(
    shop_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["run", str(shop_folder / "orders.csv"), "--out", str(out), "--k", "3", "--k-range", "2:4"]
    assert main([*arguments, "--model", "none"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assignments = read(out / "assignments.csv")
    assert list(assignments[0]) == ["customer_id", "segment", "segment_name", "confidence"]
    assert {row["segment"] for row in assignments} == {"1", "2", "3"}
    assert len(read(out / "centroids.csv")) == 3
    assert [row["k"] for row in read(out / "sweep.csv")] == ["2", "3", "4"]
    assert list(read(out / "sweep.csv")[0]) == [
        "k",
        "inertia",
        "silhouette",
        "calinski_harabasz",
        "davies_bouldin",
        "gap",
        "gap_se",
        "min_share",
        "stability",
        "came_back",
        "resamples",
        "gap_p_value",
        "verdict",
        "suggested",
    ]
    stored = json.loads((out / "segments.json").read_text(encoding="utf-8"))
    assert stored == printed
    assert stored["k"] == 3
    assert stored["suggestion"]["structure"] in ("segments", "slices", "none")
    assert stored["verdict"].startswith("3: ")
    assert stored["resamples"] == 100
    assert all(0 <= segment["came_back"] <= 100 for segment in stored["segments"])
    assert [segment["size"] for segment in stored["segments"]] == [
        sum(row["segment"] == str(number) for row in assignments) for number in (1, 2, 3)
    ]


def test_a_rule_can_be_switched_and_the_ledger_says_so(
    shop_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", str(shop_folder / "orders.csv"), "--k", "3", "--k-range", "3:3", "--model", "none"]
    for state in ("on", "off"):
        assert main([*arguments, "--out", str(tmp_path / state), "--rule", f"guests={state}"]) == 0
    capsys.readouterr()
    ledgers = {state: read(tmp_path / state / "ledger.csv") for state in ("on", "off")}
    assert list(ledgers["on"][0]) == ["file", "what", "rows", "revenue", "effect", "detail", "currency"]
    assert {row["currency"] for row in ledgers["on"]} == {"EUR"}
    guests = {state: next(r for r in rows if r["what"] == "Guest orders") for state, rows in ledgers.items()}
    assert guests["on"]["effect"] == "set aside"
    assert guests["off"]["effect"] == "switched off (would be set aside)"
    used = {state: int(rows[-1]["rows"]) for state, rows in ledgers.items()}
    assert used["off"] == used["on"] + int(guests["on"]["rows"])


def test_a_sheet_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    big = [["customer_id", "age"], *([f"c{i}", 20 + i] for i in range(9))]
    small = [["sku", "price"], ["x", 1.5], ["y", 2.5]]
    book = save_workbook(tmp_path / "book.xlsx", {"Big": big, "Small": small})
    assert main(["inspect", str(book), "--sheet", "book.xlsx=Small"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert [column["name"] for column in found["columns"]] == ["sku", "price"]


def test_a_workspace_keeps_what_was_loaded(shop_folder: Path, tmp_path: Path) -> None:
    arguments = ["run", str(shop_folder / "orders.csv"), "--model", "none", "--k-range", "2:3"]
    workspace = ["--workspace", str(tmp_path / "kept.duckdb")]
    for out in ("first", "second"):
        assert main([*arguments, *workspace, "--out", str(tmp_path / out)]) == 0
    first, second = ((tmp_path / out / "assignments.csv").read_bytes() for out in ("first", "second"))
    assert first == second
    with Workspace.open(tmp_path / "kept.duckdb") as kept:
        run_id = latest_run_id(kept)
        assert run_id and load_overview(kept, run_id)
        first = {path.name.partition("-")[0] for path in kept.beside.views.iterdir()}
    assert first >= {"features", "period", "tiers", "summary", "alarms", "months", "receipts"}
    assert first >= {"by_features", "bought", "said", "rules", "playbook"}


def test_roles_can_be_set_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.csv"
    path.write_text("who,score,town\na1,1.5,Rome\nb2,2.5,Oslo\nc3,3.5,Rome\n", encoding="utf-8")
    assert main(["inspect", str(path), "--role", "people.csv:who=customer_id"]) == 0
    columns = json.loads(capsys.readouterr().out)[0]["columns"]
    assert [column["role"] for column in columns if column["name"] == "who"] == ["customer_id"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["inspect", "no-such-file.csv"], "no-such-file.csv"),
        (["run", "FILE", "--out", "OUT", "--k", "many"], "--k is “many”"),
        (["run", "FILE", "--out", "OUT", "--k", "300"], "300 segments"),
        (["run", "FILE", "--out", "OUT", "--k-range", "9"], "--k-range is “9”"),
        (["run", "FILE", "--out", "OUT", "--text-weight", "7"], "weight is 7"),
        (["run", "FILE", "--out", "OUT", "--role", "nonsense"], "FILE:COLUMN=ROLE"),
        (["run", "FILE", "--out", "OUT", "--rule", "guests"], "RULE=on or RULE=off"),
        (["run", "FILE", "--out", "OUT", "--rule", "no_customer=off"], "rules with a switch are: merged"),
        (["run", "FILE", "--out", "OUT", "--sheet", "Orders"], "FILE=NAME"),
        (
            ["run", "FILE", "--out", "OUT", "--model", "none", "--k", "50"],
            "8 customers cannot make 50 segments",
        ),
        (["run", "FILE", "--out", "OUT", "--seed", "-1"], "the seed is -1"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_code_2(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tiny.csv"
    path.write_text("customer_id,age,visits\n" + "".join(f"c{n},{n + 20},{n * 2}\n" for n in range(8)))
    places = {"FILE": str(path), "OUT": str(tmp_path / "out")}
    assert main([places.get(argument, argument) for argument in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err.strip().splitlines()[-1]


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "segmentation", "inspect", "missing.csv"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "missing.csv" in done.stderr
