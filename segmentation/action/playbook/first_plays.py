"""The playbook that the app shows first, made where segments are found without it."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.action.playbook.findings import find_out, kept_state
from segmentation.action.playbook.kept_plays import keep_playbook
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import LIFT
from segmentation.insight.facts.explain import Explanation
from segmentation.runs import View
from segmentation.runs.kept.views import keep_view
from segmentation.workspace import Workspace

NAME = "playbook"
"""Under which the page looks for what is kept beside the workspace."""


def keep_first_playbook(workspace: Workspace, view: View, explanations: Sequence[Explanation]) -> None:
    """Make the playbook of these segments and keep it; the shop's tables must be those of the run."""
    run = view.run
    known = find_out(workspace, run, view.customer_ids)
    made = make_playbook(workspace, view, explanations, known)
    keep_playbook(workspace, made)
    asked = run.run_id, view.k, LIFT, kept_state(workspace, run.run_id)
    keep_view(workspace, NAME, repr(asked), made)
