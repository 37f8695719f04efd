"""A workspace whose file rests opens it again for whoever wants something of it, and never under anybody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from segmentation.errors import WorkspaceError
from segmentation.workspace import Workspace
from segmentation.workspace.rewriting import Share


def test_what_was_there_before_is_there_after_a_rest(workspace: Workspace) -> None:
    workspace.set_meta("name", "Tea shop")
    assert workspace.rest()
    with duckdb.connect(workspace.path) as another:  # the file is free
        assert another.execute("SELECT value FROM meta WHERE key = 'name'").fetchall() == [("Tea shop",)]
    assert workspace.meta("name") == "Tea shop"
    assert workspace.rest() and workspace.rest()  # twice is no fault


def test_nobody_who_is_in_is_cut_short(workspace: Workspace) -> None:
    with workspace.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE numbers AS SELECT 1 AS number")
        asleep: list[bool] = []
        other = threading.Thread(target=lambda: asleep.append(workspace.rest()))
        other.start()
        other.join()
        assert asleep == [False]
        assert cursor.execute("SELECT number FROM numbers").fetchall() == [(1,)]
    assert workspace.rest()


def test_a_workspace_can_be_written_anew_after_a_rest(workspace: Workspace) -> None:
    workspace.rest()
    workspace.set_meta("name", "Tea shop")
    workspace.rest()
    workspace.rewrite()
    assert workspace.meta("name") == "Tea shop"


def test_a_file_is_not_opened_where_there_is_no_room(tmp_path: Path) -> None:
    room = [True]

    @contextmanager
    def admission() -> Iterator[None]:
        if not room[0]:
            raise WorkspaceError("there is no room.")
        yield

    workspace = Workspace(tmp_path / "workspace.duckdb", admission=admission)
    workspace.rest()
    room[0] = False
    with pytest.raises(WorkspaceError, match="no room"):
        workspace.meta("name")
    room[0] = True
    assert workspace.meta("name") is None
    workspace.close()


def test_a_workspace_that_was_closed_stays_closed(workspace: Workspace) -> None:
    workspace.close()
    with pytest.raises(duckdb.ConnectionException):
        workspace.meta("name")


def test_a_workspace_takes_no_more_than_its_share(tmp_path: Path) -> None:
    before = threads()
    with Workspace(tmp_path / "workspace.duckdb", share=Share(1 << 28, 1)) as workspace:
        with workspace.cursor() as cursor:
            [(memory,)] = cursor.execute("SELECT current_setting('memory_limit')").fetchall()
        assert memory == "256.0 MiB"
        assert threads() - before <= 3


def threads() -> int:
    """Count the threads of this process."""
    return len(list(Path("/proc/self/task").iterdir()))
