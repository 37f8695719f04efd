"""The run that a person adopted: its segments stay as they are, and customers are assigned to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from segmentation.errors import NotFrozenError
from segmentation.runs import View, load_run
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Adopted:
    """Which run was adopted, in how many segments, when (UTC), and what these were called then.

    Names go on living: `names` are kept as they were, and are empty for what an earlier version adopted.
    """

    run_id: str
    k: int
    adopted_at: datetime
    names: tuple[str, ...] = ()


def adopt(workspace: Workspace, run_id: str, k: int) -> Adopted:
    """Adopt a run in k segments, in the place of any other.

    :raises NotFrozenError: if there is no such run.
    :raises OptionError: if it has no such k.
    """
    run = load_run(workspace, run_id)
    if run is None:
        raise NotFrozenError("there is no such run any more.", "Choose another one to adopt.")
    names = tuple(View.of(workspace, run, k).names)
    chosen = Adopted(run_id, k, datetime.now(UTC).replace(tzinfo=None), names)
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM adopted")
        cursor.execute("DELETE FROM adopted_names")
        cursor.execute("INSERT INTO adopted VALUES (?, ?, ?)", [run_id, k, chosen.adopted_at])
        cursor.execute("INSERT INTO adopted_names VALUES (?, ?::VARCHAR[])", [run_id, list(names)])
    return chosen


def adopted_run(workspace: Workspace) -> Adopted | None:
    """Read which run is adopted; None where none is, or it was deleted."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT run_id, k, adopted_at, coalesce(names, [])"
            " FROM adopted SEMI JOIN runs USING (run_id) LEFT JOIN adopted_names USING (run_id)"
        ).fetchall()
    return next((Adopted(run_id, k, at, tuple(names)) for run_id, k, at, names in rows), None)
