"""Exports with known truth that were read wrong once, where they lie beside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TRIALS = ROOT.parent / "shared" / "trials"
NOT_OF_READING = {"one-order-each-weekend-shoppers"}
"""What is wrong there is the name of a segment."""


def run(*command: str | Path) -> str:
    if not TRIALS.is_dir():
        pytest.skip("the trials (../shared/trials) are not beside this checkout")
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.slow
def test_every_case_is_read_right() -> None:
    told = run(TRIALS / "reading" / "verify.py").splitlines()
    wrong = [line.split()[1] for line in told if line.startswith("FAIL")]
    assert told[-1].endswith("right")
    assert set(wrong) <= NOT_OF_READING


@pytest.mark.slow
def test_made_exports_are_read_right_or_asked_about(tmp_path: Path) -> None:
    found = tmp_path / "found.json"
    run(TRIALS / "exports" / "exports.py", "check", "--n", "60", "--seed", "7000", "--json", found)
    verdicts = Counter(one["verdict"] for one in json.loads(found.read_text()))
    assert verdicts["CRASH"] == 0
    assert verdicts["SILENT"] <= 2
    assert verdicts["RIGHT"] >= 54
