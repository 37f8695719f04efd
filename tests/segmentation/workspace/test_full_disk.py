"""On a full disk it is said that there is no room, nothing is lost, and what was committed is finished later.

The limit on file sizes stands in for a full disk; it is a process's own, so a child has it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from segmentation.intake.uploads.corrections import list_uploads
from segmentation.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import resource, signal, sys
from pathlib import Path
from segmentation.workspace import Workspace
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.errors import SegmentationError

def room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def tried(what, work):
    try:
        work()
        print(what, "done")
    except SegmentationError as error:
        print(what, "said:", error)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
workspace = Workspace.open(sys.argv[1])
upload = load_file(workspace, sys.argv[2]).upload_id
workspace.set_meta("name", "before")
WORK
"""


def run(work: str, tmp_path: Path) -> str:
    """Run this code in a workspace with a file of Zanzis; return what it printed."""
    people = "".join(f"C{number},Zanzi-{number}\n" for number in range(9))
    (tmp_path / "people.csv").write_text(f"customer_id,city\n{people}")
    done = subprocess.run(
        [sys.executable, "-c", CODE.replace("WORK", work), tmp_path / "w.duckdb", tmp_path / "people.csv"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout


def left(folder: Path) -> bytes:
    """Return all bytes of the workspace's files."""
    return b"".join(
        path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "people.csv"
    )


ALL_LATER = """
print(workspace.meta('name'), len(list_uploads(workspace)))
tried('set', lambda: workspace.set_meta('name', 'after'))
tried('rewrite', workspace.rewrite)
print(workspace.meta('name'), len(list_uploads(workspace)))
"""


@pytest.mark.parametrize("size", [20, 2_000])
def test_a_deletion_without_room_deletes_nothing_and_the_others_go_on(tmp_path: Path, size: int) -> None:
    work = f"room({size}); tried('delete', lambda: delete_upload(workspace, upload)); room(-1)" + ALL_LATER
    printed = run(work, tmp_path)
    assert "delete said:" in printed and "no room left" in printed
    assert printed.split("\n")[1:-1] == ["before 1", "set done", "rewrite done", "after 1"]
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert workspace.meta("name") == "after"
        assert len(list_uploads(workspace)) == 1


REWRITE_WITHOUT_ROOM = """
real = workspace.rewrite
def without_room():
    room(30_000)
    try: real()
    finally: room(-1)
workspace.rewrite = without_room
tried('delete', lambda: delete_upload(workspace, upload))
workspace.rewrite = real
"""


KILLED = "import os; sys.stdout.flush(); os._exit(0)"


@pytest.mark.parametrize("later", ["the same process", "another one"])
def test_a_deletion_without_room_to_write_anew_is_finished_later(tmp_path: Path, later: str) -> None:
    printed = run(REWRITE_WITHOUT_ROOM + (ALL_LATER if later == "the same process" else KILLED), tmp_path)
    assert "delete said:" in printed and "no room left" in printed
    if later == "the same process":
        assert printed.split("\n")[1:-1] == ["before 0", "set done", "rewrite done", "after 0"]
        assert b"Zanzi" not in left(tmp_path)
    else:
        assert b"Zanzi" in left(tmp_path)
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert not list_uploads(workspace)
        assert b"Zanzi" not in left(tmp_path)


@pytest.mark.parametrize("size", [20, 600])
def test_a_setting_without_room_is_said_and_the_others_stay(tmp_path: Path, size: int) -> None:
    work = f"room({size}); tried('set', lambda: workspace.set_meta('name', 'x' * 100_000)); room(-1)\n"
    work += "print(workspace.meta('name')); tried('again', lambda: workspace.set_meta('name', 'after'))"
    printed = run(work, tmp_path)
    assert "set said:" in printed and "no room left" in printed
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert workspace.meta("name") in ("before", "after")
        assert len(list_uploads(workspace)) == 1


def test_everything_is_deleted_or_nothing(tmp_path: Path) -> None:
    printed = run("room(2_000); tried('everything', workspace.delete_everything); room(-1)", tmp_path)
    assert "everything said:" in printed
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert workspace.meta("name") == "before"
        assert len(list_uploads(workspace)) == 1
