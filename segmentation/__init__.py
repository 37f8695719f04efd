"""Tessera's library: customer segments from a shop's exports.

Importing it loads neither torch nor scikit-learn; each verb is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_VERBS = {
    "Workspace": "segmentation.workspace",
    "SegmentationError": "segmentation.errors",
    "load_file": "segmentation.intake.uploads.load",
    "build_shop": "segmentation.intake.linking.build",
    "build_features": "segmentation.features.build",
    "read_customers": "segmentation.text.read",
    "RunOptions": "segmentation.runs",
    "find_segments": "segmentation.pipeline",
    "load_run": "segmentation.runs",
    "write_csvs": "segmentation.sample_shop",
}

__all__ = sorted(_VERBS)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    if name not in _VERBS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_VERBS[name]), name)
