"""What is found out about a run later, kept as a part of its summary: one way to keep it, one to read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import duckdb

from segmentation.workspace import Workspace

Summary = dict[str, Any]


def keep_with_run(workspace: Workspace, run_id: str, change: Callable[[Summary], Summary]) -> None:
    """Keep parts with a run; a run that is deleted meanwhile keeps nothing.

    :param change: is given the summary as it is kept, and returns the parts that are to be other ones.
    """
    with workspace.transaction() as cursor:
        keep_within(cursor, run_id, change)


def keep_within(cursor: duckdb.DuckDBPyConnection, run_id: str, change: Callable[[Summary], Summary]) -> bool:
    """Do the same within the caller's transaction; return whether the run is still there."""
    found = cursor.execute("SELECT summary FROM runs WHERE run_id = ?", [run_id]).fetchall()
    for (stored,) in found:
        summary = json.loads(stored)
        changed = json.dumps({**summary, **change(summary)})
        cursor.execute("UPDATE runs SET summary = ? WHERE run_id = ?", [changed, run_id])
    return bool(found)


def part_of_run(workspace: Workspace, run_id: str, path: str) -> Any:  # noqa: ANN401 - any JSON
    """Read one part of what is kept of a run, as "worth" or "shifts.4"; None where it is not there."""
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT summary -> $path FROM runs WHERE run_id = $run_id",
            {"path": f"$.{path}", "run_id": run_id},
        ).fetchall()
    return json.loads(found[0][0]) if found and found[0][0] else None
