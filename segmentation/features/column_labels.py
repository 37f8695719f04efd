"""What a person calls the columns of the shop's own customer file: given once, and kept in the workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from segmentation.features.table import Feature, Group
from segmentation.formats import shortened
from segmentation.workspace import Workspace

KEY = "column_labels"
LONGEST = 60


def given_labels(workspace: Workspace) -> dict[str, str]:
    """Return the labels that were given, by column (`column_of`)."""
    return dict(json.loads(workspace.meta(KEY) or "{}"))


def give_label(workspace: Workspace, column: str, label: str) -> None:
    """Call a column so from now on; an empty label brings its header back."""
    tidy = " ".join(label.split())[:LONGEST]
    others = {one: kept for one, kept in given_labels(workspace).items() if one != column}
    workspace.set_meta(KEY, json.dumps(others | ({column: tidy} if tidy else {})))


def column_of(feature: Feature) -> str:
    """Return the column that a profile feature is of: all flags of a column share one."""
    return feature.name.removesuffix(f"={feature.value}") if feature.value is not None else feature.name


def with_labels(features: tuple[Feature, ...], labels: Mapping[str, str]) -> tuple[Feature, ...]:
    """Return the features with the labels that were given; a flag keeps the value that it stands for."""
    return tuple(
        _labelled(one, labels[column_of(one)])
        if one.group == Group.PROFILE and column_of(one) in labels
        else one
        for one in features
    )


def _labelled(feature: Feature, label: str) -> Feature:
    value = "" if feature.value is None else f": {shortened(feature.value)}"
    stands_for = value if feature.label.endswith(value) else ""
    return replace(feature, label=f"{label}{stands_for}", given=True)
