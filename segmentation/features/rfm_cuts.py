"""Cut-points of RFM scores that a person set, remembered in the workspace."""

from __future__ import annotations

import json

from segmentation.features.rfm import CutPoints
from segmentation.workspace import Workspace

KEY = "rfm_cut_points"


def save_cuts(workspace: Workspace, cuts: CutPoints | None) -> None:
    """Remember cut-points of one's own; None brings the fifths back."""
    workspace.set_meta(KEY, json.dumps(vars(cuts) if cuts else None))


def load_cuts(workspace: Workspace) -> CutPoints | None:
    """Read the cut-points that a person set; None where the fifths hold."""
    stored = json.loads(workspace.meta(KEY) or "null")
    return CutPoints(**{name: tuple(values) for name, values in stored.items()}) if stored else None
