"""The command line as a process: stopped, or with a poor place to write to, it tidies up and says so."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from segmentation.cli import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    assert main(["sample", str(folder), "--customers", "150", "--seed", "4"]) == 0
    return folder


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "segmentation", *(str(one) for one in arguments)]


def environment(folder: Path, **more: str) -> dict[str, str]:
    (folder / "tmp").mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT), **more}


@pytest.mark.parametrize(
    ("sent", "code", "seconds"), [(signal.SIGINT, 130, 0.05), (signal.SIGTERM, 143, 1.5)]
)
def test_a_command_that_is_stopped_leaves_no_customers_behind(
    shop_folder: Path, tmp_path: Path, sent: signal.Signals, code: int, seconds: float
) -> None:
    arguments = command(
        "run", *sorted(shop_folder.glob("*s.csv")), "--out", tmp_path / "out", "--model", "none"
    )
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(tmp_path)
    ) as process:
        deadline = time.monotonic() + 60
        while not list((tmp_path / "tmp").glob("tessera-*/workspace.duckdb")):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(seconds)
        process.send_signal(sent)
        out, told = process.communicate(timeout=60)
    assert process.returncode == code, told
    assert "Traceback" not in told
    assert told.strip().split("\n")[-1] == "Stopped."
    assert out == ""
    assert list((tmp_path / "tmp").iterdir()) == []


def test_stopped_while_it_loads_it_says_so(tmp_path: Path) -> None:
    with subprocess.Popen(
        command("inspect", "nothing"), stderr=subprocess.PIPE, text=True, env=environment(tmp_path)
    ) as process:
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in told or "site" in told.split("\n")[1], "Python itself was still starting"


def inspected(shop_folder: Path, redirected: str, **environ: str) -> subprocess.CompletedProcess[str]:
    words = " ".join(command("inspect", f"'{shop_folder / 'reviews.csv'}'"))
    return subprocess.run(
        ["/bin/sh", "-c", f"{words} {redirected}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environ},
        check=False,
    )


@pytest.mark.parametrize("redirected", [">&-", ">/dev/full"])
def test_a_closed_or_full_output_is_one_clear_line(shop_folder: Path, redirected: str) -> None:
    done = inspected(shop_folder, redirected)
    assert done.returncode == 2
    assert done.stderr.strip().split("\n")[-1].startswith("standard output is closed")
    assert "Traceback" not in done.stderr


def test_a_closed_error_output_ends_nothing(shop_folder: Path) -> None:
    assert json.loads(inspected(shop_folder, "2>&-").stdout)[0]["kind"] == "reviews"


def test_an_output_without_umlauts_gets_the_same_result(tmp_path: Path) -> None:
    (tmp_path / "käufer.csv").write_text("kunden_id;straße\n1;Ölweg\n2;Weg\n", encoding="utf-8")
    for encoding in ("ascii", "latin-1"):
        done = subprocess.run(
            command("inspect", tmp_path / "käufer.csv"),
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        [facts] = json.loads(done.stdout.decode(encoding))
        assert facts["file"] == "käufer.csv"
        assert facts["columns"][1]["name"] == "straße"
    done = subprocess.run(
        command("forget", "“nobody”", "--workspace", tmp_path / "none"),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


LONG = "a" * 257


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect", LONG],
        ["run", LONG, "--out", "out"],
        ["run", "orders.csv", "--out", LONG, "--model", "none", "--k-range", "2:3"],
        ["run", "orders.csv", "--out", "out", "--workspace", LONG],
        ["forget", "x", "--workspace", LONG],
        ["audience", "--workspace", LONG, "--for", "meta", "--segment", "1", "--out", "out"],
        ["sample", LONG],
    ],
)
def test_a_name_that_is_too_long_is_one_clear_line(
    shop_folder: Path,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(shop_folder)
    assert main(arguments) == 2
    told = capsys.readouterr().err.strip().split("\n")[-1]
    assert "too long" in told.lower(), told


def test_files_that_hold_customers_are_for_their_owner_alone(
    shop_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = os.umask(0o022)
    try:
        out, place = tmp_path / "out", tmp_path / "w.duckdb"
        out.mkdir(mode=0o755)
        (out / "assignments.csv").write_text("an earlier one")
        (out / "assignments.csv").chmod(0o644)
        files = [str(path) for path in sorted(shop_folder.glob("*s.csv"))]
        arguments = ["run", *files, "--out", str(out), "--workspace", str(place), "--model", "none"]
        assert main([*arguments, "--k-range", "2:3"]) == 0
        arguments = ["audience", "--workspace", str(place), "--for", "mailchimp", "--segment", "all"]
        for _ in range(2):
            assert main([*arguments, "--out", str(out)]) == 0
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()}
    assert len(modes) > 5
    assert set(modes.values()) == {0o600}, modes
