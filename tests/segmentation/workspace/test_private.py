"""Nobody else on the machine reads any file of a workspace, from its birth on."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.workspace import Workspace
from segmentation.workspace import database as module


@pytest.fixture(autouse=True)
def _usual_mask() -> Iterator[None]:
    """Let others read what is new, as systems do."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> set[int]:
    """Return the modes of all files below a folder."""
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def test_in_an_open_folder_every_file_is_private_from_birth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    seen: set[int] = set()
    watching = threading.Event()

    def watch() -> None:
        while not watching.is_set():
            for path in folder.iterdir():
                if path.is_file():
                    try:
                        seen.add(stat.S_IMODE(path.stat().st_mode))
                    except FileNotFoundError:
                        continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with Workspace.open(folder / "w.duckdb") as workspace:
            for number in range(5):
                workspace.set_meta("name", f"Zanzi {number}")
                assert workspace.beside.log.exists()
                assert modes(folder) == {0o600}
                workspace.rewrite()
            monkeypatch.setattr(module, "upgrade", lambda *_: None)
            workspace.set_meta("schema_version", "1")
        with Workspace.open(folder / "w.duckdb"):
            pass
    finally:
        watching.set()
        watcher.join()
    assert seen == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755, "the folder is somebody else's"


def test_a_log_that_an_earlier_version_left_open_is_closed_to_others(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        workspace.set_meta("name", "Zanzi")
        log = workspace.beside.log.read_bytes()
        (tmp_path / "copy.duckdb").write_bytes(workspace.path.read_bytes())
    (tmp_path / "copy.duckdb.wal").write_bytes(log)
    (tmp_path / "copy.duckdb.wal").chmod(0o644)
    with Workspace.open(tmp_path / "copy.duckdb") as workspace:
        assert workspace.meta("name") == "Zanzi"
        assert modes(tmp_path) == {0o600}
