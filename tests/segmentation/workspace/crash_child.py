"""Processes that work in a workspace, made to be killed at any moment or at a given step.

This one imports what they need, once, and forks a worker for each line of JSON that it reads: what to do
(a name of `WORK`), the `path` of the workspace, and at which step to `stop`, 0 for never. A step is a
line of the code that keeps a workspace whole, counted when it is run for the first time; how many there
were is written to the file `report`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any

import numpy as np

from segmentation.action.forget import forget_customer
from segmentation.action.playbook.edits import EDITABLE, edit_line
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.text.encoders.vectors import add_vectors, read_vectors
from segmentation.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from conftest import HashEncoder

STEPS_IN = (
    "/segmentation/workspace/",
    "/action/forget.py",
    "/encoders/vectors.py",
    "/uploads/corrections.py",
)


def import_and_find(path: str, job: dict[str, Any]) -> None:
    """Read all files and find segments."""
    with Workspace.open(path) as workspace:
        for file in job["files"]:
            load_file(workspace, file)
        find_segments(
            workspace,
            RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1),
            load=lambda _: HashEncoder(),
        )


def forget(path: str, job: dict[str, Any]) -> None:
    """Forget a customer."""
    with Workspace.open(path) as workspace:
        forget_customer(workspace, job["who"])


def delete(path: str, job: dict[str, Any]) -> None:
    """Delete a file."""
    with Workspace.open(path) as workspace:
        for upload in list_uploads(workspace):
            if upload.file_name == job["who"]:
                delete_upload(workspace, upload.upload_id)


def delete_everything(path: str, job: dict[str, Any]) -> None:
    """Delete everything."""
    with Workspace.open(path) as workspace:
        workspace.delete_everything()


def upgrade(path: str, job: dict[str, Any]) -> None:
    """Open an older workspace."""
    Workspace.open(path).close()


def add_texts(path: str, job: dict[str, Any]) -> None:
    """Read texts, part by part."""
    reader = HashEncoder()
    with Workspace.open(path) as workspace:
        for part in range(6):
            texts = [f"text {part} {number}" for number in range(40)]
            hashes = np.arange(1 + part * 40, 41 + part * 40, dtype=np.uint64)
            into = np.empty((40, reader.dimensions), np.float32)
            missing = ~read_vectors(workspace, reader, hashes, into)
            add_vectors(workspace, reader, hashes[missing], reader.encode(texts)[missing])


def edit_plays(path: str, job: dict[str, Any]) -> None:
    """Change a play again and again."""
    aspect = sorted(EDITABLE)[0]
    play = SimpleNamespace(segment=1, lines={aspect: SimpleNamespace(text="generated")})
    with Workspace.open(path) as workspace:
        for number in range(30):
            edit_line(workspace, "run", play, aspect, f"version {number + 1}")  # type: ignore[arg-type]


WORK: dict[str, Callable[[str, dict[str, Any]], None]] = {
    work.__name__: work
    for work in (import_and_find, forget, delete, delete_everything, upgrade, add_texts, edit_plays)
}


class Steps:
    """Counts the steps of a process, and ends it at the one where it is to stop."""

    def __init__(self, stop: int) -> None:
        self.seen: set[tuple[str, int]] = set()
        self._stop = stop

    def __call__(self, frame: FrameType, event: str, _: object) -> Steps | None:
        """Follow those functions whose lines are steps."""
        if not any(place in frame.f_code.co_filename for place in STEPS_IN):
            return None
        if event == "line":
            self.seen.add((frame.f_code.co_filename, frame.f_lineno))
            if len(self.seen) == self._stop:
                os._exit(9)
        return self


def worker(job: dict[str, Any]) -> None:
    """Do one piece of work, and write down how many steps it took."""
    steps = Steps(job.get("stop", 0))
    if "report" in job:
        sys.settrace(steps)
    WORK[job["work"]](job["path"], job)
    sys.settrace(None)
    if "report" in job:
        Path(job["report"]).write_text(str(len(steps.seen)))


def main() -> None:
    """For each piece of work on standard input, answer with the id of the process that does it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system then buries the dead by itself
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            worker(json.loads(line))
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
