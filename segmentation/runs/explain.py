"""Explain the segments of a run that is kept in a workspace."""

from __future__ import annotations

from segmentation.insight.facts.explain import (
    Bought,
    Explanation,
    Speech,
    bought_by_segments,
    explain_segments,
    gather_evidence,
    said_by_segments,
)
from segmentation.insight.facts.rule_search import find_rules
from segmentation.insight.facts.segment_rule import SegmentRule, rule_sql
from segmentation.runs.columns import segmented
from segmentation.runs.view import View
from segmentation.workspace import Workspace

Speeches = dict[int, tuple[Speech, ...]]
"""By number of segments what each of them says."""


def by_features(view: View) -> tuple[Explanation, ...]:
    """Explain each segment by what is kept with the run."""
    return explain_segments(view.table, view.labels, view.cut.centroids)


def rules(view: View) -> tuple[SegmentRule, ...]:
    """Find the short rule of each segment."""
    return find_rules(view.table, view.labels, view.k, view.run.options.seed)


def bought(workspace: Workspace, view: View) -> tuple[Bought, ...]:
    """Find what each segment buys; the shop's tables must be those of the run."""
    return bought_by_segments(workspace, view.customer_ids, view.labels, view.k)


def said(workspace: Workspace, view: View) -> Speeches:
    """Find what is said in every number of segments: reading the texts costs most, and is once for all."""
    evidence = gather_evidence(workspace, view.customer_ids)
    return {k: said_by_segments(evidence, view.at(k).labels, k) for k in view.run.ks}


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
