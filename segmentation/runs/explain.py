"""Explain the segments of a run that is kept in a workspace."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.features.table import FeatureTable
from segmentation.insight.facts.explain import Explanation, explain_segments, gather_evidence, with_evidence
from segmentation.insight.facts.segment_rule import SegmentRule, rule_sql
from segmentation.runs.run import Run
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table


def table_of_run(run: Run, rows: pd.DataFrame) -> FeatureTable:
    """Return the feature table as the run saw it; `rows` is the frame of `load_customers`."""
    values = rows[[feature.name for feature in run.features]]
    ids = rows["customer_id"].to_numpy(dtype=object)
    return FeatureTable(ids, values, run.features, run.left_out, run.as_of, run.currency)


def labels_of_run(rows: pd.DataFrame, k: int) -> np.ndarray:
    """Return the segment of every customer at this k, intp (n,)."""
    return rows[f"segment_{k}"].to_numpy().astype(np.intp)


def explain_run(workspace: Workspace, run: Run, rows: pd.DataFrame, k: int) -> tuple[Explanation, ...]:
    """Explain each segment of this k, with words, quotes and products.

    :param rows: the frame of `load_customers`; the shop's tables must be those of the run.
    """
    table, labels = table_of_run(run, rows), labels_of_run(rows, k)
    by_features = explain_segments(table, labels, k, run.options.seed)
    evidence = gather_evidence(workspace, table.customer_ids)
    return with_evidence(by_features, workspace, table.customer_ids, labels, evidence)


def count_rule(workspace: Workspace, run: Run, rule: SegmentRule, k: int) -> tuple[int, int]:
    """Run a rule's own SQL and count the customers that it returns, and those of them in the segment."""
    query = f"""
        WITH ruled AS ({rule_sql(rule, run.features, run.run_id)})
        SELECT count(*), count(*) FILTER (segment_{k} = ?)
        FROM {rows_table(run.run_id)} SEMI JOIN ruled USING (customer_id)"""
    with workspace.cursor() as cursor:
        selected, members = cursor.execute(query, [rule.segment]).fetchall()[0]
    return selected, members
