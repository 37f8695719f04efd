"""What the marketer chose for the next run, remembered by the workspace."""

from __future__ import annotations

import json
from dataclasses import asdict

from pages.shell.workspace import MetaKeys
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace


def load_options(workspace: Workspace) -> RunOptions:
    """Read what was chosen before, or the defaults."""
    stored = workspace.meta(MetaKeys.OPTIONS)
    if not stored:
        return RunOptions()
    values = json.loads(stored)
    return RunOptions(**{**values, "k_range": tuple(values["k_range"]), "off": frozenset(values["off"])})


def save_options(workspace: Workspace, options: RunOptions) -> None:
    """Remember the settings."""
    workspace.set_meta(MetaKeys.OPTIONS, json.dumps({**asdict(options), "off": sorted(options.off)}))
