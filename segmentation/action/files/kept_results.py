"""What campaigns brought, kept in figures of whole segments: for the next play, and the next test's size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from segmentation.workspace import Workspace


@dataclass(frozen=True)
class LastResult:
    """What a campaign changed in one segment (from 0) of k: counts, and the lift of the share with its ends.

    `lift`, `low` and `high` are differences of shares (0..1) in so many `days` from the send on; `shrunk` is
    what is best expected of the next one.
    """

    export_id: str
    segment: int
    k: int
    sent_on: date
    days: int
    treated: int
    ordered: int
    held: int
    held_ordered: int
    lift: float
    low: float
    high: float
    shrunk: float


_COLUMNS = ", ".join(field.name for field in fields(LastResult))


def keep_results(workspace: Workspace, export_id: str, results: Sequence[LastResult]) -> None:
    """Keep what a campaign changed in each segment, in place of what was kept of it."""
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM campaign_results WHERE export_id = ?", [export_id])
        for one in results:
            marks = ", ".join("?" * len(vars(one)))
            cursor.execute(
                f"INSERT INTO campaign_results ({_COLUMNS}) VALUES ({marks})", list(vars(one).values())
            )


def kept_results(workspace: Workspace, export_id: str) -> tuple[LastResult, ...]:
    """Return what is kept of a campaign."""
    return _read(workspace, "SELECT * FROM campaign_results WHERE export_id = ?", [export_id])


def last_results(workspace: Workspace) -> dict[int, dict[int, LastResult]]:
    """Return what the latest campaign to each segment changed there, by k and segment."""
    found = _read(
        workspace,
        """
        SELECT * FROM campaign_results
        QUALIFY row_number() OVER (
            PARTITION BY k, segment ORDER BY sent_on DESC, treated DESC, export_id) = 1""",
        [],
    )
    return {k: {one.segment: one for one in found if one.k == k} for k in {one.k for one in found}}


def _read(workspace: Workspace, query: str, values: list[object]) -> tuple[LastResult, ...]:
    with workspace.cursor() as cursor:
        rows = cursor.execute(f"SELECT {_COLUMNS} FROM ({query}) ORDER BY segment", values).fetchall()
    return tuple(LastResult(*row) for row in rows)
