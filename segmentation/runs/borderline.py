"""Customers on the border of two segments: who they are, how many there are, where they would go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segmentation.runs.columns import confidence_column, second_column, segment_column
from segmentation.runs.view import View
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table

MARGIN = 0.1
"""Borderline: less than this share nearer to the middle of the own segment than to that of the next."""


@dataclass(frozen=True)
class Borderline:
    """The borderline customers at one k; of each segment how many there are, int64 (k,), by its label.

    `customers` has a row for each, the most undecided first: position (in the run), customer_id, segment,
    second, confidence (1 - d1 / d2, 0: half-way).
    """

    k: int
    counts: np.ndarray
    customers: pd.DataFrame


def find_borderline(workspace: Workspace, view: View) -> Borderline | None:
    """Read who sits between two segments; None for a run of a version that kept no second one."""
    run_id, k = view.run.run_id, view.k
    with workspace.cursor() as cursor:
        known = cursor.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE table_name = ? AND column_name = ?",
            [f"run_{run_id}", second_column(k)],
        ).fetchall()[0][0]
        if not known:
            return None
        customers = cursor.execute(
            f"""
            SELECT rowid AS position, customer_id, {segment_column(k)} AS segment,
                   {second_column(k)} AS second, {confidence_column(k)} AS confidence
            FROM {rows_table(run_id)}
            WHERE confidence < ? ORDER BY confidence, position""",
            [MARGIN],
        ).df()
    return Borderline(k, np.bincount(customers["segment"], minlength=k), customers)
