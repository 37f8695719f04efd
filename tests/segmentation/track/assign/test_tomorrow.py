"""Frozen labels are bit for bit the same tomorrow, in a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from segmentation.runs import Run
from segmentation.track.assign import assign_as_of
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace

ROOT = Path(__file__).parents[4]
AGAIN = """
import hashlib, sys
from segmentation.track.assign import assign_as_of
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace
from tests.conftest import HashEncoder
with Workspace.open(sys.argv[1]) as workspace:
    frozen = frozen_run(workspace)
    for k in frozen.run.ks:
        found = assign_as_of(workspace, frozen, k, load=lambda _: HashEncoder())[1]
        digest = hashlib.sha256(found.segment.tobytes() + found.distance.tobytes()).hexdigest()
        print(digest)
"""


def test_another_process_gives_the_same_bits(shop: Workspace, run: Run, load_fake: Callable) -> None:
    frozen, here = frozen_run(shop), []
    for k in run.ks:
        found = assign_as_of(shop, frozen, k, load=load_fake)[1]
        here.append(hashlib.sha256(found.segment.tobytes() + found.distance.tobytes()).hexdigest())
    path = shop.path
    shop.close()
    command = [sys.executable, "-c", AGAIN, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == here
