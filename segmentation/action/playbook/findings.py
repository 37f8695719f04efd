"""Ask the other steps what they know of a run's customers, for the playbook."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.action.audience.contacts import load_reach
from segmentation.action.files.kept_results import last_results
from segmentation.action.playbook.figures import Findings
from segmentation.action.playbook.finding_words import expected_said, risk_said
from segmentation.action.recommend.store import load_recommended
from segmentation.action.retention.job import KEY as OUTLOOK
from segmentation.action.retention.job import Outlook, load_outlook
from segmentation.action.retention.win_back import AHEAD, customers_outlook
from segmentation.action.retention.words import is_chance
from segmentation.runs import Run, View
from segmentation.workspace import Workspace


def find_out(workspace: Workspace, run: Run, customer_ids: np.ndarray) -> Findings:
    """Gather what is known of these customers (n,); the shop's tables must be those of the run.

    What lies ahead of them is read where it is kept with the run (`look_ahead`), and not worked out here.
    """
    reach = load_reach(workspace, customer_ids)
    known = Findings(
        reach if reach.email.any() or reach.phone.any() else None, results=last_results(workspace)
    )
    if recommended := load_recommended(workspace, run.run_id):
        known = replace(known, offers=recommended.offers)
    outlook = load_outlook(workspace, run.run_id)
    return known if outlook is None else _with_outlook(known, outlook, workspace, run, customer_ids)


def kept_state(workspace: Workspace, run_id: str) -> str:
    """Name what is kept of outlook, recommendations and campaigns: another name, another playbook."""
    with workspace.cursor() as cursor:
        kept = cursor.execute(
            f"""
            SELECT md5(summary ->> '$.{OUTLOOK}') FROM runs WHERE run_id = $run_id UNION ALL
            SELECT md5(summary) FROM recommended WHERE run_id = $run_id UNION ALL
            SELECT md5(string_agg(campaign_results::VARCHAR, '' ORDER BY export_id, segment))
            FROM campaign_results""",
            {"run_id": run_id},
        ).fetchall()
    return " ".join(digest or "none" for (digest,) in kept)


def _with_outlook(
    known: Findings, outlook: Outlook, workspace: Workspace, run: Run, customer_ids: np.ndarray
) -> Findings:
    known = replace(known, looked_ahead=True)
    if outlook.value is None or not outlook.has_spend:
        return known
    kept = customers_outlook(workspace, View.of(workspace, run))
    rows = kept.set_index("customer_id").reindex(customer_ids)
    known = replace(
        known,
        expected=rows[f"spend_{AHEAD}"].fillna(0.0).to_numpy(dtype=np.float64),
        expected_said=expected_said(outlook.value, outlook.check, AHEAD),
    )
    if outlook.definition is None or outlook.churn is None:
        return known
    return replace(
        known,
        at_risk=rows["at_risk"].fillna(0.0).to_numpy(dtype=np.float64),
        risk_said=risk_said(outlook.definition, is_chance(outlook.churn), AHEAD),
    )
