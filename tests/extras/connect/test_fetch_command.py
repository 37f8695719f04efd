"""The command `fetch`: JSON, one clear line, and no trace of a password anywhere."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from segmentation import Workspace
from segmentation.cli import main
from segmentation.commands.fetch import PASSWORD as VARIABLE
from segmentation.intake.uploads.corrections import list_uploads
from tests.extras.connect.postgres_server import PASSWORD, Server


def told(capsys: pytest.CaptureFixture[str]) -> tuple[Any, str]:
    output = capsys.readouterr()
    return json.loads(output.out), output.err


def test_fetch_then_run_leaves_no_trace_of_the_password(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "home" / "workspace.duckdb"
    asked = ["fetch", "--from", postgres.address, "--workspace", str(workspace)]
    monkeypatch.setenv(VARIABLE, f"{PASSWORD} not")
    assert main([*asked, "--table", "orders"]) == 2
    refused = capsys.readouterr()
    assert "password authentication failed" in refused.err and not refused.out

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main([*asked, "--table", "orders", "--table", "customers", "--password"]) == 0
    found, progress = told(capsys)
    assert [one["table"] for one in found["tables"]] == ["orders", "customers"]
    assert [one["kind"] for one in found["files"]] == ["orders", "customers"]
    assert "Reading the database: orders" in progress

    options = ["--model", "none", "--k", "3", "--k-range", "2:4"]
    assert main(["run", "--workspace", str(workspace), "--out", str(tmp_path / "out"), *options]) == 0
    assert (tmp_path / "out" / "assignments.csv").read_text().count("\n") > 100
    last = "".join(capsys.readouterr())
    everything = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    everything += [text.encode() for text in (refused.err, progress, last, json.dumps(found))]
    assert len(everything) > 8 and any(b"postgresql://127.0.0.1" in one for one in everything)
    for secret in {PASSWORD, quote(PASSWORD), quote(PASSWORD, safe=""), f"{PASSWORD} not"}:
        assert not any(secret.encode() in one for one in everything)


def test_tables_are_listed_without_a_workspace(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert main(["fetch", "--from", postgres.address, "--list"]) == 0
    found, _ = told(capsys)
    assert {"table": "customers", "kind": "table", "rows": 150} in found["tables"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--table", "nonsense"], "there is no table “nonsense”"),
        ([], "Give --workspace and --table"),
        (["--query", "DROP TABLE orders"], "is no SELECT"),
    ],
)
def test_what_is_asked_wrongly_is_one_line(
    postgres: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    says: str,
) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    asked = ["fetch", "--from", postgres.address, "--workspace", str(tmp_path / "w.duckdb"), *more]
    assert main(asked) == 2
    output = capsys.readouterr()
    *_, line = output.err.strip().splitlines()
    assert says in line and not output.out


def test_a_workspace_that_is_held_is_tried_again_later(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    path = tmp_path / "w.duckdb"
    with Workspace.open(path) as held:
        command = ["fetch", "--from", postgres.address, "--workspace", str(path), "--table", "orders"]
        done = subprocess.run(
            [sys.executable, "-m", "segmentation", *command], capture_output=True, text=True
        )
        assert done.returncode == 75 and PASSWORD not in done.stderr
        assert not list_uploads(held)


def test_nothing_of_it_is_loaded_where_it_is_not_used(csvs: dict[str, Path]) -> None:
    code = (
        "import sys; from segmentation.cli import main; import pages.start.data.upload;"
        f" main(['inspect', {str(csvs['customers'])!r}]);"
        " print(sorted({'adbc_driver_manager', 'sqlglot', 'dlt'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ})
    assert done.stderr.splitlines()[-1] == "[]"
