"""How a run differs from the one before it: who moved, and whose labels to keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segmentation.runs.columns import EVERY_SEGMENT_COLUMN, k_of, segment_column
from segmentation.runs.store import latest_run_id
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table


@dataclass(frozen=True)
class Moves:
    """How two runs differ at one k: customers in both, of these the moved ones, new ones and gone ones."""

    k: int
    both: int
    moved: int
    new: int
    gone: int


def moved_customers(workspace: Workspace, before: str, after: str, k: int) -> Moves | None:
    """Compare two runs, given by their ids, at one k; None where either lacks it or is forgotten.

    Labels are aligned across runs, so that a changed label is a changed segment.
    """
    column, tables = segment_column(k), [rows_table(run_id) for run_id in (before, after)]
    with workspace.cursor() as cursor:
        known = cursor.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE table_name IN (?, ?) AND column_name = ?",
            [f"run_{before}", f"run_{after}", column],
        ).fetchall()[0][0]
        if known < len({before, after}):
            return None
        both, moved, new, gone = cursor.execute(
            f"""
            SELECT count(*) FILTER (older.customer_id = newer.customer_id),
                   count(*) FILTER (older.{column} <> newer.{column}),
                   count(*) FILTER (older.customer_id IS NULL), count(*) FILTER (newer.customer_id IS NULL)
            FROM {tables[0]} AS older FULL JOIN {tables[1]} AS newer USING (customer_id)"""
        ).fetchall()[0]
    return Moves(k, both, moved, new, gone)


def run_before(workspace: Workspace, run_id: str) -> str | None:
    """Return the id of the run made just before this one, if it is still kept."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            """
            SELECT older.run_id FROM runs AS older JOIN runs AS newer ON newer.run_id = ?
            WHERE older.made_at < newer.made_at ORDER BY older.made_at DESC, older.run_id LIMIT 1""",
            [run_id],
        ).fetchall()
    return rows[0][0] if rows else None


def labels_before(workspace: Workspace, customer_ids: np.ndarray) -> dict[int, np.ndarray]:
    """Return for every k of the newest run these customers' labels, int16 (n,), -1 for those it lacks."""
    run_id = latest_run_id(workspace)
    if run_id is None:
        return {}
    wanted = pd.DataFrame({"position": np.arange(len(customer_ids)), "customer_id": customer_ids})
    with workspace.cursor() as cursor:
        cursor.register("wanted", wanted)
        table = rows_table(run_id)
        columns = f"COLUMNS('{EVERY_SEGMENT_COLUMN}')"
        query = f"SELECT position, {columns} FROM wanted JOIN {table} USING (customer_id)"
        found = cursor.execute(query).fetchnumpy()
    positions = found.pop("position")
    labels = {}
    for column, values in found.items():
        labels[k_of(column)] = of_k = np.full(len(customer_ids), -1, dtype=np.int16)
        of_k[positions] = values
    return labels
