"""Movements as they are kept in the workspace: a row per customer, counted up when somebody looks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from segmentation.track.movement.steps import Step
from segmentation.workspace import Workspace

MOST_KEPT = 12
"""The latest stay."""

_SAME = "run_id = ? AND fingerprint = ? AND since = ? AND until = ? AND from_run IS NOT DISTINCT FROM ?"


@dataclass(frozen=True)
class Movement:
    """A comparison of the shop on two days, for every k in `ks`, in the segments of a run.

    `fingerprint` names the state of the files and rules; the days are the last ones that count. Where two
    runs are compared, each in its own segments, `from_run` is the earlier one; else None.
    """

    movement_id: str
    run_id: str
    fingerprint: str
    since: datetime
    until: datetime
    ks: tuple[int, ...]
    from_run: str | None = None

    def place(self, k: int) -> int:
        """Return where the steps at k stand in the lists of `moved`, from 1 as SQL counts."""
        return self.ks.index(k) + 1


def new_movement(
    run_id: str,
    fingerprint: str,
    days: tuple[datetime, datetime],
    ks: Sequence[int],
    from_run: str | None = None,
) -> Movement:
    """Return a movement that is not kept yet."""
    return Movement(uuid.uuid4().hex[:12], run_id, fingerprint, *days, tuple(ks), from_run)


def keep_movement(
    workspace: Workspace,
    movement: Movement,
    customer_ids: np.ndarray,
    steps: Sequence[Step],
    activity: pa.Table,
) -> None:
    """Keep a movement in place of an earlier one of the same days; the oldest beyond `MOST_KEPT` go.

    :param steps: one for each k of the movement, of these customers (n,).
    :param activity: as `activity` gives it.
    """
    with workspace.transaction() as cursor:
        values = [movement.run_id, movement.fingerprint, movement.since, movement.until, movement.from_run]
        cursor.execute(f"DELETE FROM movements WHERE {_SAME}", values)
        cursor.execute(
            "INSERT INTO movements (run_id, fingerprint, since, until, from_run, movement_id, made_at, ks)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, movement.movement_id, datetime.now(UTC).replace(tzinfo=None), list(movement.ks)],
        )
        cursor.execute(
            f"""
            DELETE FROM movements WHERE movement_id IN (
                SELECT movement_id FROM movements ORDER BY made_at DESC, movement_id OFFSET {MOST_KEPT})"""
        )
        cursor.execute("DELETE FROM moved WHERE movement_id NOT IN (SELECT movement_id FROM movements)")
        cursor.register("stepped", _stepped(movement, customer_ids, steps))
        cursor.register("activity", activity)
        cursor.execute(
            """
            INSERT INTO moved BY NAME
            SELECT stepped.*, $run_id AS run_id, coalesce(acted, false) AS acted,
                   coalesce(orders, 0) AS orders, paid, revenue, last_order
            FROM stepped LEFT JOIN activity USING (customer_id) ORDER BY customer_id""",
            {"run_id": movement.run_id},
        )
        cursor.unregister("stepped")
        cursor.unregister("activity")


def find_movement(
    workspace: Workspace,
    run_id: str,
    fingerprint: str,
    days: tuple[datetime, datetime],
    from_run: str | None = None,
) -> Movement | None:
    """Return what is kept of these two days, or runs; None where nobody has compared them."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            f"SELECT movement_id, ks FROM movements WHERE {_SAME}", [run_id, fingerprint, *days, from_run]
        ).fetchall()
    return next((Movement(one, run_id, fingerprint, *days, tuple(ks), from_run) for one, ks in rows), None)


def _stepped(movement: Movement, customer_ids: np.ndarray, steps: Sequence[Step]) -> pa.Table:
    """Bring the steps at all k together, a list for each customer."""
    number = len(customer_ids)
    columns: dict[str, pa.Array] = {
        "movement_id": pa.array([movement.movement_id]).take(pa.array(np.zeros(number, dtype=np.int64))),
        "customer_id": pa.array(customer_ids, pa.string()),
    }
    for name in ("was", "now", "border", "clear"):
        flat = np.stack([getattr(step, name) for step in steps], axis=1).ravel()
        columns[name] = pa.FixedSizeListArray.from_arrays(pa.array(flat), len(steps)).cast(
            pa.list_(pa.array(flat).type)
        )
    return pa.table(columns)
