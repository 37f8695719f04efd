"""The run that a person adopted: its segments stay as they are, and customers are assigned to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from segmentation.errors import NotFrozenError
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Adopted:
    """Which run was adopted, in how many segments, and when (UTC)."""

    run_id: str
    k: int
    adopted_at: datetime


def adopt(workspace: Workspace, run_id: str, k: int) -> Adopted:
    """Adopt a run in k segments, in the place of any other.

    :raises NotFrozenError: if there is no such run.
    """
    chosen = Adopted(run_id, k, datetime.now(UTC).replace(tzinfo=None))
    with workspace.transaction() as cursor:
        if not cursor.execute("SELECT 1 FROM runs WHERE run_id = ?", [run_id]).fetchall():
            raise NotFrozenError("there is no such run any more.", "Choose another one to adopt.")
        cursor.execute("DELETE FROM adopted")
        cursor.execute("INSERT INTO adopted VALUES (?, ?, ?)", [run_id, k, chosen.adopted_at])
    return chosen


def adopted_run(workspace: Workspace) -> Adopted | None:
    """Read which run is adopted; None where none is, or it was deleted."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT run_id, k, adopted_at FROM adopted SEMI JOIN runs USING (run_id)"
        ).fetchall()
    return Adopted(*rows[0]) if rows else None
