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
from segmentation.intake.linking.build import build_shop
from segmentation.runs import Run, View, list_runs, load_run
from segmentation.track.frozen import frozen_run
from segmentation.track.movement.cells import Look, is_of_run
from segmentation.track.movement.files import movement_facts, movement_files
from segmentation.track.movement.job import compare_days
from segmentation.track.movement.runs import common_ks, compare_runs
from segmentation.workspace import Workspace

NEWEST, ADOPTED = "newest", "adopted"


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
    movement.add_argument(
        "--from-run",
        metavar="RUN",
        help="compare two runs in place of two days, each in its own segments: an id, “adopted” or “newest”",
    )
    movement.add_argument("--to-run", metavar="RUN", help="the later run (default: the newest)")
    movement.add_argument("--k", type=int, metavar="N", help="number of segments (default: the kept one)")
    movement.add_argument(
        "--clear",
        action="store_true",
        help="who is not at least a tenth nearer to the new segment counts as having stayed",
    )
    movement.set_defaults(command=_movement)


def _movement(parsed: argparse.Namespace) -> dict[str, Any]:
    with opened_with_runs(parsed.workspace) as (workspace, _):
        view, look = (_of_runs if parsed.from_run or parsed.to_run else _of_days)(workspace, parsed)
        shop = build_shop(workspace, view.run.options.cleaning)
        files = movement_files(workspace, view, look)
        write_files(parsed.out, files)
        log_export(workspace, "csv", EVERYONE, sorted(files), view.run.customers)
        return movement_facts(workspace, view, look, shop.as_of) | {"files": sorted(files)}


def _of_days(workspace: Workspace, parsed: argparse.Namespace) -> tuple[View, Look]:
    frozen = frozen_run(workspace)
    view = View.of(workspace, frozen.run, parsed.k or frozen.k)
    found = compare_days(workspace, frozen, (_day(parsed.since), _day(parsed.until)), ProgressLine())
    return view, Look(found, view.k, parsed.clear, is_of_run(frozen.run, found))


def _of_runs(workspace: Workspace, parsed: argparse.Namespace) -> tuple[View, Look]:
    if parsed.since or parsed.until or not parsed.from_run:
        raise OptionError("two runs are compared, or two days.", "Give --from-run, or --from and --to.")
    before, after = (_run(workspace, one) for one in (parsed.from_run, parsed.to_run or NEWEST))
    ks = common_ks(before, after)
    k = parsed.k or next((one for one in (View.of(workspace, after).k, *ks) if one in ks), ks[0])
    names = tuple(View.of(workspace, before, k).names)
    view = View.of(workspace, after, k)
    found = compare_runs(workspace, before, after, ProgressLine())
    return view, Look(found, k, parsed.clear, is_of_run(after, found), names)


def _run(workspace: Workspace, wanted: str) -> Run:
    """Return the run of this id, or the adopted or the newest one.

    :raises OptionError: if there is none.
    """
    kept = list_runs(workspace)
    called = [*kept, *kept[:1], *(one for one in kept if one.adopted)]
    words = [*(one.run_id for one in kept), NEWEST, ADOPTED]
    named = {word: one.run_id for word, one in zip(words, called, strict=False)}
    run = load_run(workspace, named[wanted]) if wanted in named else None
    if run is None:
        there = ", ".join(f"{one.run_id} ({one.made_at:%Y-%m-%d %H:%M})" for one in kept)
        raise OptionError(f"there is no run “{wanted}”.", f"There are: {there}.")
    return run


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError as error:
        raise OptionError(f"“{text}” is no day.", "Write it as 2024-09-30.") from error
