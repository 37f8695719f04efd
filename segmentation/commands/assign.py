"""`assign`: put new and changed customers into segments that stay as they are, as CSV."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.action.audience.handover import EVERYONE
from segmentation.action.files.export_log import log_export
from segmentation.action.files.folder import write_files
from segmentation.commands.engine import add_engine, workers
from segmentation.commands.shared import Commands, ProgressLine, add_corrections, load, opened_with_runs
from segmentation.errors import OptionError
from segmentation.scale.assign import assign_in_parts
from segmentation.scale.assign_files import LinkedFiles, assign_linked_files
from segmentation.scale.storage import Folder
from segmentation.scale.workers import Workers
from segmentation.track.assign import assign_everybody
from segmentation.track.assign.files import assigned_csv, assigned_facts, assigned_parquet
from segmentation.track.frozen import Frozen, adopt, frozen_run
from segmentation.workspace import Workspace

FILE, TABLE = "assigned.csv", "assigned.parquet"


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
    assign.add_argument("--out", required=True, metavar="DIR")
    assign.add_argument("--k", type=int, metavar="N", help="number of segments (default: the adopted one)")
    assign.add_argument(
        "--adopt",
        action="store_true",
        help="adopt the newest segments first: from then on customers are put into these",
    )
    assign.add_argument(
        "--linked",
        metavar="FOLDER",
        help="with --engine ray: take the customers from Parquet files of a shop that is linked already "
        "(lines/, events/, reviews/, notes/, products/), also in s3://…, and write Parquet to --out",
    )
    add_engine(assign)
    add_corrections(assign)
    assign.set_defaults(command=_assign)


def _assign(parsed: argparse.Namespace) -> dict[str, Any]:
    with opened_with_runs(parsed.workspace) as (workspace, run):
        load(workspace, parsed)
        if parsed.adopt:
            newest = frozen_run(workspace, run.run_id)
            adopt(workspace, run.run_id, parsed.k or newest.k)
        frozen = frozen_run(workspace)
        with workers(parsed, workspace) as others:
            if parsed.linked:
                return _assign_linked(parsed, workspace, frozen, others)
            if others is None:
                found = assign_everybody(workspace, frozen, parsed.k, on_progress=ProgressLine())
            else:
                found = assign_in_parts(workspace, frozen, others, parsed.k, ProgressLine())
        files = {FILE: assigned_csv(found)} | ({} if others is None else {TABLE: assigned_parquet(found)})
        write_files(Path(parsed.out), files)
        log_export(workspace, "csv", EVERYONE, list(files), len(found.assigned))
        return assigned_facts(found) | {"files": list(files)}


def _assign_linked(
    parsed: argparse.Namespace, workspace: Workspace, frozen: Frozen, others: Workers | None
) -> dict[str, Any]:
    if others is None:
        raise OptionError("--linked is for workers.", "Add --engine ray.")
    files = LinkedFiles(Folder.at(parsed.linked), Folder.at(parsed.out))
    found = assign_linked_files(workspace, frozen, others, files, parsed.k, ProgressLine())
    log_export(workspace, "parquet", EVERYONE, found["files"], found["customers"])
    return found
