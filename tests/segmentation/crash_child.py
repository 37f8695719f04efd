"""A process that imports a file and reads its texts, made to be killed at any moment by test_crashes.py."""

from __future__ import annotations

import sys
from pathlib import Path

from segmentation.intake.read import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from conftest import HashEncoder


def main(path: str, *files: str) -> None:
    """Say when all is imported, then do the work, then say that it is done."""
    print("ready", flush=True)
    with Workspace.open(path) as workspace:
        for file in files:
            load_file(workspace, file)
        find_segments(workspace, RunOptions(k_range=(2, 3), resamples=1), load=lambda *_: HashEncoder())
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
