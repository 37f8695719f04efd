"""Processes that import files and read their texts, made to be killed at any moment by test_crashes.py.

This one imports what they need, once, and forks a worker for each workspace whose path it reads.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from conftest import HashEncoder


def work(path: str, files: list[str]) -> None:
    """Do all the work."""
    with Workspace.open(path) as workspace:
        for file in files:
            load_file(workspace, file)
        find_segments(
            workspace,
            RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1),
            load=lambda _: HashEncoder(),
        )


def main(*files: str) -> None:
    """For each path on standard input, answer with the id of the process that works there."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system then buries the dead by itself
    print("ready", flush=True)
    for path in sys.stdin:
        worker = os.fork()
        if not worker:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            work(path.strip(), list(files))
            os._exit(0)
        print(worker, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
