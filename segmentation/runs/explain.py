"""Explain the segments of a run that is kept in a workspace."""

from __future__ import annotations

from segmentation.insight.facts.explain import Explanation, explain_segments, gather_evidence, with_evidence
from segmentation.insight.facts.segment_rule import SegmentRule, rule_sql
from segmentation.runs.columns import segmented
from segmentation.runs.view import View
from segmentation.workspace import Workspace


def explain_run(workspace: Workspace, view: View) -> tuple[Explanation, ...]:
    """Explain each segment, with words, quotes and products; the shop's tables must be those of the run."""
    by_features = explain_segments(view.table, view.labels, view.cut.centroids, view.run.options.seed)
    evidence = gather_evidence(workspace, view.customer_ids)
    return with_evidence(by_features, workspace, view.customer_ids, view.labels, evidence)


def count_rule(workspace: Workspace, view: View, rule: SegmentRule) -> tuple[int, int]:
    """Run a rule's own SQL and count the customers that it returns, and those of them in the segment."""
    run = view.run
    query = f"""
        WITH ruled AS ({rule_sql(rule, run.features, run.run_id)})
        SELECT count(*), count(*) FILTER (segment = ?)
        FROM {segmented(run.run_id, view.k)} SEMI JOIN ruled USING (customer_id)"""
    with workspace.cursor() as cursor:
        selected, members = cursor.execute(query, [rule.segment]).fetchall()[0]
    return selected, members
