"""The playbook as it was made, kept with its run: it can still be read once the files are newer."""

from __future__ import annotations

from segmentation.action.playbook.play import Playbook
from segmentation.runs.parts import Summary, keep_with_run, part_of_run
from segmentation.workspace import Workspace
from segmentation.workspace.facts import converter

KEY = "plays"


def keep_playbook(workspace: Workspace, playbook: Playbook) -> None:
    """Keep a playbook in place of an earlier one of the same segments."""
    facts = converter().unstructure(playbook)

    def change(summary: Summary) -> Summary:
        return {KEY: {**summary.get(KEY, {}), str(playbook.k): facts}}

    keep_with_run(workspace, playbook.run_id, change)


def load_playbook(workspace: Workspace, run_id: str, k: int) -> Playbook | None:
    """Read the playbook of a run in k segments; None where nobody has made it."""
    stored = part_of_run(workspace, run_id, f"{KEY}.{k}")
    return converter().structure(stored, Playbook) if stored else None
