"""`movement`: who moved from one segment to another between two days, and why, as CSV."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from segmentation.action.audience.handover import EVERYONE
from segmentation.action.files.export_log import log_export
from segmentation.action.files.folder import write_files
from segmentation.commands.shared import Commands, ProgressLine, opened_with_runs
from segmentation.errors import OptionError
from segmentation.runs import View
from segmentation.track.frozen import frozen_run
from segmentation.track.movement.cells import Look, is_of_run
from segmentation.track.movement.files import movement_facts, movement_files
from segmentation.track.movement.job import compare_days


def add_to(commands: Commands) -> None:
    """Declare the command."""
    movement = commands.add_parser("movement", help="who moved between two days, and why")
    movement.add_argument("--workspace", type=Path, required=True, metavar="PATH")
    movement.add_argument("--out", type=Path, required=True, metavar="DIR")
    movement.add_argument(
        "--from", dest="since", metavar="DATE", help="the earlier day (default: a month before)"
    )
    movement.add_argument(
        "--to", dest="until", metavar="DATE", help="the later day (default: the last of the data)"
    )
    movement.add_argument("--k", type=int, metavar="N", help="number of segments (default: the kept one)")
    movement.add_argument(
        "--clear",
        action="store_true",
        help="who is not at least a tenth nearer to the new segment counts as having stayed",
    )
    movement.set_defaults(command=_movement)


def _movement(parsed: argparse.Namespace) -> dict[str, Any]:
    with opened_with_runs(parsed.workspace) as (workspace, _):
        frozen = frozen_run(workspace)
        view = View.of(workspace, frozen.run, parsed.k or frozen.k)
        days = _day(parsed.since), _day(parsed.until)
        found = compare_days(workspace, frozen, days, ProgressLine())
        look = Look(found, view.k, parsed.clear, is_of_run(frozen.run, found))
        files = movement_files(workspace, view, look)
        write_files(parsed.out, files)
        log_export(workspace, "csv", EVERYONE, sorted(files), view.run.customers)
        return movement_facts(workspace, view, look) | {"files": sorted(files)}


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError as error:
        raise OptionError(f"“{text}” is no day.", "Write it as 2024-09-30.") from error
