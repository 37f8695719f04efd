"""Customers on the border of two segments: who they are, how many there are, where they would go."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from segmentation.runs.columns import confidence_column, second_column, segment_column
from segmentation.runs.view import View
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table

SURE = 0.75
"""Borderline: less likely than this to keep the segment; a segment comes back at the same figure."""


@dataclass(frozen=True)
class Borderline:
    """The borderline customers at one k; of each segment how many there are, int64 (k,), by its label.

    `customers` has a row for each, the most undecided first: position (in the run), customer_id, segment,
    second, confidence (how likely they keep it, 0..1).
    """

    k: int
    counts: np.ndarray
    customers: pd.DataFrame


def find_borderline(workspace: Workspace, view: View) -> Borderline | None:
    """Read who sits between two segments; None for a run of a version that measured no confidence."""
    run_id, k = view.run.run_id, view.k
    with workspace.cursor() as cursor:
        if not _is_known(cursor, run_id, k):
            return None
        customers = cursor.execute(
            f"""
            SELECT rowid AS position, customer_id, {segment_column(k)} AS segment,
                   {second_column(k)} AS second, {confidence_column(k)} AS confidence
            FROM {rows_table(run_id)}
            WHERE confidence < ? ORDER BY confidence, position""",
            [SURE],
        ).df()
    return Borderline(k, np.bincount(customers["segment"], minlength=k), customers)


def _is_known(cursor: duckdb.DuckDBPyConnection, run_id: str, k: int) -> bool:
    kept = cursor.execute(
        "SELECT count(*) FROM duckdb_columns() WHERE table_name = ? AND column_name = ?",
        [f"run_{run_id}", second_column(k)],
    ).fetchall()[0][0]
    query = f"SELECT count({confidence_column(k)}) FROM {rows_table(run_id)}"
    return bool(kept) and bool(cursor.execute(query).fetchall()[0][0])
