"""`inspect`: say what each file is and what its columns mean."""

from __future__ import annotations

import argparse
from typing import Any

from segmentation.commands.shared import Commands, add_corrections, load
from segmentation.intake.uploads.describe import describe
from segmentation.workspace import Workspace


def add_to(commands: Commands) -> None:
    """Declare the command."""
    inspect = commands.add_parser("inspect", help="say what each file is and what its columns mean")
    inspect.add_argument("files", nargs="+", metavar="FILE")
    add_corrections(inspect)
    inspect.set_defaults(command=_inspect)


def _inspect(parsed: argparse.Namespace) -> list[dict[str, Any]]:
    with Workspace.temporary() as workspace:
        return [describe(upload) for upload in load(workspace, parsed)]
