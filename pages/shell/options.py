"""What the marketer chose for the next run, remembered by the workspace."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from pages.shell.workspace import MetaKeys
from segmentation.intake.cleaning_rules import Cleaning
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace

NAMES = ("off", "cleaning_off", "cleaning_on")


def load_options(workspace: Workspace) -> RunOptions:
    """Read what was chosen before, or the defaults."""
    stored = workspace.meta(MetaKeys.OPTIONS)
    if not stored:
        return RunOptions()
    values = json.loads(stored)
    names = {name: frozenset(values[name]) for name in NAMES if name in values}
    return RunOptions(
        **{
            **values,
            **names,
            "k_range": tuple(values["k_range"]),
            "concepts": tuple(values.get("concepts", ())),
        }
    )


def save_options(workspace: Workspace, options: RunOptions) -> None:
    """Remember the settings."""
    names = {name: sorted(getattr(options, name)) for name in NAMES}
    workspace.set_meta(MetaKeys.OPTIONS, json.dumps({**asdict(options), **names}))


def save_cleaning(workspace: Workspace, cleaning: Cleaning) -> None:
    """Remember which rules of cleaning were switched, and what was said of money."""
    off, on = frozenset(map(str, cleaning.off)), frozenset(map(str, cleaning.on))
    said = replace(load_options(workspace), cleaning_off=off, cleaning_on=on)
    save_options(workspace, replace(said, reporting=cleaning.reporting, margin=cleaning.margin))
