"""The number of segments that a shop made its own: it holds instead of the suggested one until changed."""

from __future__ import annotations

from segmentation.runs.run import Run
from segmentation.workspace import Workspace

KEY = "own_number_of_segments"


def own_number(workspace: Workspace) -> int | None:
    """Return the number that was kept; None where the suggested one holds."""
    stored = workspace.meta(KEY)
    return int(stored) if stored else None


def keep_number(workspace: Workspace, k: int | None) -> None:
    """Make a number of segments the shop's own, or with None give it back."""
    workspace.set_meta(KEY, "" if k is None else str(k))


def number_of(run: Run, own: int | None) -> int:
    """Say in how many segments a run is shown: the shop's own number where the run has it."""
    return own if own is not None and own in run.cuts else run.suggestion.k
