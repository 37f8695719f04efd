"""`inspect`: say what each file is and what its columns mean."""

from __future__ import annotations

import argparse
from typing import Any

from segmentation.commands.proof import alarms_as_data
from segmentation.commands.shared import Commands, add_corrections, load
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.alarms import alarms
from segmentation.intake.uploads.describe import describe, doubts_as_data
from segmentation.workspace import Workspace


def add_to(commands: Commands) -> None:
    """Declare the command."""
    inspect = commands.add_parser("inspect", help="say what each file is and what its columns mean")
    inspect.add_argument("files", nargs="+", metavar="FILE")
    add_corrections(inspect)
    inspect.set_defaults(command=_inspect)


def _inspect(parsed: argparse.Namespace) -> list[dict[str, Any]]:
    with Workspace.temporary() as workspace:
        uploads = load(workspace, parsed)
        shop = build_shop(workspace)
        found = alarms_as_data(alarms(workspace, shop))
        return [
            describe(upload)
            | {
                "doubts": doubts_as_data([one for one in shop.doubts if one.upload_id == upload.upload_id]),
                "alarms": [one for one in found if one["file"] == upload.file_name],
            }
            for upload in uploads
        ]
