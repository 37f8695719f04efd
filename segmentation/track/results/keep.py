"""Keep a result where the playbook finds it."""

from __future__ import annotations

from segmentation.action.files.kept_results import LastResult, keep_results
from segmentation.track.results.facts import Result
from segmentation.workspace import Workspace


def keep_result(workspace: Workspace, result: Result) -> int:
    """Keep what a campaign changed in each segment; return of how many. With a refusal nothing is kept."""
    found = [
        LastResult(
            result.campaign.export_id,
            one.segment,
            len(result.campaign.names),
            result.sent_on,
            result.days,
            one.effect.treated,
            one.effect.ordered,
            one.effect.held,
            one.effect.held_ordered,
            one.effect.lift.value,
            one.effect.lift.low,
            one.effect.lift.high,
            one.shrunk,
        )
        for one in result.segments
        if one.effect.lift and one.shrunk is not None
    ]
    if found:
        keep_results(workspace, result.campaign.export_id, found)
    return len(found)
