"""The command that is run where a GPU is: its table, its seconds, its peers, and all of it on a processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import torch

HERE = Path(__file__).parent
SCRIPTS = [path.stem for path in (HERE / "gpu").glob("*.py")]
Script = Callable[[str], ModuleType]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """Give what imports a script, whose rows then lie in a folder of this test."""
    monkeypatch.syspath_prepend(HERE / "gpu")
    for name, value in {"OUT": str(tmp_path), "DEVICE": "cpu", "SCALE": "0.001", "PART": "a part"}.items():
        monkeypatch.setenv(name, value)
    before = {name: sys.modules.pop(name, None) for name in SCRIPTS}
    yield import_module
    for name, module in before.items():
        sys.modules.pop(name, None)
        if module is not None:
            sys.modules[name] = module


def test_a_peer_stands_beside_ours_whatever_the_unit(script: Script) -> None:
    setting, table = script("setting"), script("table")
    setting.say(setting.Row("texts", "Tessera", 300.0, "texts/s"))
    setting.say(setting.Row("texts", "plain", 100.0, "texts/s"))
    setting.say(setting.Row("sweep", "Tessera", np.float32(2.0), "s", np.bool_(False)))
    setting.say(setting.Row("sweep", "a | peer", 5.0, "s", why="on some"))
    setting.say(setting.Row("sweep", "absent", why="not installed"))
    table.write()
    assert table.TABLE.read_text().splitlines()[2:] == [
        "| a part | texts | Tessera | 300 texts/s |  |  |  |",
        "| a part | texts | plain | 100 texts/s | 3.00 |  |  |",
        "| a part | sweep | Tessera | 2 s |  | **NO** |  |",
        "| a part | sweep | a / peer | 5 s | 2.50 |  | on some |",
        "| a part | sweep | absent |  |  |  | not installed |",
    ]


def test_a_part_that_breaks_or_takes_too_long_leaves_what_it_found(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = script("parts")
    found = (
        f"open({str(parts.ROWS)!r}, 'a').write({json.dumps(json.dumps({'what': 'x', 'way': 'y'}))} + '\\n')"
    )
    (tmp_path / "slow.py").write_text(f"import time; {found}; time.sleep(60)")
    (tmp_path / "broken.py").write_text("raise SystemExit(3)")
    (tmp_path / "fine.py").write_text(
        "import os; assert float(os.environ['UNTIL']) and os.environ['PART'] == 'fine'"
    )
    (tmp_path / "late.py").write_text("")
    monkeypatch.setattr(parts, "__file__", str(tmp_path / "parts.py"))
    monkeypatch.setattr(parts, "SECONDS_OF", {"slow": 1.5, "broken": 60, "fine": 60, "late": 0.1})
    monkeypatch.setattr(parts, "LEAST", 1)
    ended = [parts.ran(part, float("inf")) for part in ("slow", "broken", "fine", "late")]
    assert ended == [False, False, True, False]
    rows = script("setting").rows()
    assert [(row.what, row.why) for row in rows] == [
        ("x", ""),
        ("the part", "it was ended after 2 s; what it had found stays"),
        ("the part", "it broke with exit code 3"),
        ("the part", ""),
        ("the part", "no time was left for it"),
    ]


def test_a_peer_that_is_not_there_says_why(script: Script) -> None:
    setting, matrices = script("setting"), script("matrices")
    with setting.telling("sweep", "flash"):
        matrices.flash(torch.zeros(4, 2), [2])
    assert setting.rows()[0].why.startswith("ModuleNotFoundError: No module named 'flash")


def test_what_is_wrong_is_found(script: Script) -> None:
    labels, vectors = script("labels"), script("vectors")
    rows, centroids = (
        np.array([[0.0], [1.0], [5.0], [10.0]], np.float32),
        np.array([[0.0], [10.0]], np.float32),
    )
    assert labels.beside_ties(rows, centroids, np.array([0, 0, 0, 1])) == 0
    assert labels.beside_ties(rows, centroids, np.array([0, 1, 1, 0])) == 2
    assert vectors.least_cosine(np.eye(2), np.array([[1.0, 0], [0.6, 0.8]])) == pytest.approx(0.8)
    assert not vectors.least_cosine(np.array([[np.nan, 1]]), np.array([[1.0, 0]])) >= 0.9


def test_plain_torch_finds_groups_and_their_inertia(script: Script) -> None:
    matrices = script("matrices")
    rows = matrices.blobs(3_000, "cpu")
    assert rows.dtype == np.float32 and rows.shape == (3_000, 64)
    np.testing.assert_array_equal(rows, matrices.blobs(3_000, "cpu"))
    held = torch.from_numpy(rows)
    found = matrices.torch_lloyd(held, [1, 15])
    np.testing.assert_allclose(found[1][0], rows.mean(axis=0), atol=1e-4)
    squares = ((rows[:, None] - found[15].astype(float)) ** 2).sum(axis=2).min(axis=1)
    assert matrices.inertia(held, found[15]) == pytest.approx(squares.sum(), rel=1e-5)
    assert squares.sum() < 0.85 * matrices.inertia(held, found[1])


def test_texts_are_repeated_with_another_number(script: Script) -> None:
    pack = script("pack")
    assert pack.many(["a", "b"], 5) == ["a", "b", "a 1", "b 1", "a 2"]
    assert (
        len(set(pack.many(pack.made_titles(), 1_000)))
        == len(set(pack.many(pack.made_reviews(), 1_000)))
        == 1_000
    )


def test_the_distance_to_the_limits_is_told(script: Script) -> None:
    setting, texts, sweep = script("setting"), script("texts"), script("sweep")
    for what, figure, unit in (("copy", 4_000.0, "GB/s"), ("product float32", 50.0, "TFLOP/s")):
        setting.say(setting.Row(what, "torch", figure, unit, part="ceilings"))
    reader = SimpleNamespace(
        precision="float32",
        _longest=256,
        _sizes=SimpleNamespace(batch=512),
        _tokenize=lambda longest, some: [[7] * 20 for _ in some],
        _read_what_fits=lambda batch: torch.zeros(len(batch), 2),
    )
    texts.limits(reader, "titles", ["a title"] * 100)
    sweep.roofline("k", 1_000_000, 10)
    rows = {row.way: row for row in setting.rows()}
    assert rows["the tokeniser alone"].why.startswith("20.0 tokens a text")
    assert rows["limit: products of float32 at 50 TFLOP/s"].figure == pytest.approx(50e12 / (20 * 21.2e6))
    least = 10 * 2 * 1_000_000 * sum(sweep.KS) * 64 / 50e12
    assert rows["limit: the larger of both"].figure == pytest.approx(max(least, 10 * 256e6 / 4e12))


def test_memory_is_limited_for_a_while(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, asked = script("memory"), []
    whole = SimpleNamespace(total_memory=1_000)
    for name, does in {
        "empty_cache": lambda: None,
        "get_device_properties": lambda device: whole,
        "memory_reserved": lambda: 300,
        "set_per_process_memory_fraction": asked.append,
    }.items():
        monkeypatch.setattr(torch.cuda, name, does)
    with memory.only(200):
        assert asked == [0.5]
    assert asked == [0.5, 1.0]


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_its_checks_and_its_sweep_run_on_a_processor(tmp_path: Path) -> None:
    small = {"DEVICE": "cpu", "SCALE": "0.0001", "PATIENCE": "8", "PYTHON": sys.executable}
    small["PARTS"] = "vectors labels sweep"
    command = [str(HERE / "gpu.sh")]
    around = {**os.environ, **small, "PACKED": str(tmp_path / "packed"), "OUT": str(tmp_path)}
    subprocess.run([*command, "pack"], env=around, check=True)
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=False)
    rows = [json.loads(line) for line in (tmp_path / "gpu.jsonl").read_text().splitlines()]
    assert done.returncode == 0, [row for row in rows if row["right"] is False or row["why"]]
    assert {row["part"] for row in rows if row["right"]} == {"vectors", "labels", "sweep"}
    assert "| sweep | k = 2 to 3, 5,000 × 64 | Tessera |" in done.stdout
