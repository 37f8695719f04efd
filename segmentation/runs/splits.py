"""How segments split as their number grows: how many customers go from each to each."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from segmentation.runs.columns import segment_column
from segmentation.runs.run import Run
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table


def split_flows(workspace: Workspace, run: Run) -> dict[int, np.ndarray]:
    """Return for every k but the largest the customers from each segment to each of the next k, (k, next)."""
    flows = {}
    with workspace.cursor() as cursor:
        for fewer, more in pairwise(run.ks):
            found = cursor.execute(
                f"""
                SELECT {segment_column(fewer)}, {segment_column(more)}, count(*)
                FROM {rows_table(run.run_id)} GROUP BY ALL"""
            ).fetchall()
            flows[fewer] = counts = np.zeros((fewer, more), dtype=np.int64)
            for left, right, customers in found:
                counts[left, right] = customers
    return flows
