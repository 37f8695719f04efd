"""`assign`: put new and changed customers into segments that stay as they are, as CSV."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.action.audience.handover import EVERYONE
from segmentation.action.files.export_log import log_export
from segmentation.action.files.folder import write_files
from segmentation.commands.shared import Commands, ProgressLine, add_corrections, load, opened_with_runs
from segmentation.track.assign import assign_everybody
from segmentation.track.assign.files import assigned_csv, assigned_facts
from segmentation.track.frozen import adopt, frozen_run

FILE = "assigned.csv"


def add_to(commands: Commands) -> None:
    """Declare the command."""
    assign = commands.add_parser("assign", help="put customers into segments that were found before")
    assign.add_argument("files", nargs="*", metavar="FILE", help="files to read first")
    assign.add_argument(
        "--workspace",
        type=Path,
        required=True,
        metavar="PATH",
        help="a workspace in which segments were found",
    )
    assign.add_argument("--out", type=Path, required=True, metavar="DIR")
    assign.add_argument("--k", type=int, metavar="N", help="number of segments (default: the adopted one)")
    assign.add_argument(
        "--adopt",
        action="store_true",
        help="adopt the newest segments first: from then on customers are put into these",
    )
    add_corrections(assign)
    assign.set_defaults(command=_assign)


def _assign(parsed: argparse.Namespace) -> dict[str, Any]:
    with opened_with_runs(parsed.workspace) as (workspace, run):
        load(workspace, parsed)
        if parsed.adopt:
            newest = frozen_run(workspace, run.run_id)
            adopt(workspace, run.run_id, parsed.k or newest.k)
        found = assign_everybody(workspace, frozen_run(workspace), parsed.k, on_progress=ProgressLine())
        write_files(parsed.out, {FILE: assigned_csv(found)})
        log_export(workspace, "csv", EVERYONE, [FILE], len(found.assigned))
        return assigned_facts(found) | {"files": [FILE]}
