"""Processes that work in workspaces and are killed there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
CHILD = Path(__file__).with_name("crash_child.py")
FILES = ("orders.csv", "products.csv", "reviews.csv")


class Workers:
    """Starts processes that do a piece of work in a workspace; close it at the end."""

    def __init__(self) -> None:
        self._nursery = subprocess.Popen(
            [sys.executable, str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "TZ": "UTC"},
        )
        assert self._answer() == "ready"

    def start(self, work: str, workspace: Path, **job: Any) -> int:
        """Start a process on this workspace; return its id."""
        assert self._nursery.stdin is not None
        job = {"work": work, "path": str(workspace), **job}
        print(json.dumps(job), file=self._nursery.stdin, flush=True)
        return int(self._answer())

    def run(self, work: str, workspace: Path, **job: Any) -> None:
        """Start a process and wait until it is gone."""
        self.wait(self.start(work, workspace, **job))

    def steps_of(self, work: str, workspace: Path, **job: Any) -> int:
        """Return how many steps a piece of work takes that nobody stops."""
        report = workspace.parent.parent / f"{workspace.parent.name}.steps"
        self.run(work, workspace, report=str(report), **job)
        return int(report.read_text())

    def wait(self, worker: int) -> None:
        """Wait until a process is gone."""
        deadline = time.monotonic() + 120
        while Path(f"/proc/{worker}").exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def close(self) -> None:
        """Let the workers' parent go, too."""
        self._nursery.communicate(timeout=30)

    def _answer(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline().strip()
