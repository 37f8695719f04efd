"""`results`: what a campaign really brought, by those who were held out of it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from segmentation.action.audience import normalise
from segmentation.action.files.folder import writing_into
from segmentation.commands.shared import Commands, ProgressLine
from segmentation.connect.storage.at_hand import at_hand
from segmentation.connect.storage.stored import file_or_stored
from segmentation.errors import OptionError
from segmentation.intake.cleaning_rules import Cleaning
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_tables
from segmentation.runs import load_run
from segmentation.track.results.files import result_facts, write_result
from segmentation.track.results.keep import keep_result
from segmentation.track.results.read_back import DAYS, Asked, read_back
from segmentation.track.results.result_file import ResultRows, read_result_file
from segmentation.workspace import Workspace


def add_to(commands: Commands) -> None:
    """Declare the command."""
    results = commands.add_parser("results", help="what a campaign brought, against those held out of it")
    results.add_argument("files", nargs="*", metavar="FILE", help="newer order exports, or one result file")
    results.add_argument("--workspace", type=Path, required=True, metavar="PATH")
    results.add_argument("--export", required=True, metavar="ID", help="as audience has printed it")
    results.add_argument("--out", type=Path, required=True, metavar="DIR")
    results.add_argument("--sent", type=date.fromisoformat, metavar="DATE", help="default: the file's day")
    results.add_argument("--days", type=int, default=DAYS, metavar="N", help=f"window (default: {DAYS})")
    results.add_argument("--cost", type=float, metavar="MONEY", help="what the campaign cost in all")
    results.add_argument(
        "--default-country", default="", metavar="GB", help="country of phones without a country code"
    )
    results.set_defaults(command=_results)


def _results(parsed: argparse.Namespace) -> dict[str, Any]:
    if not parsed.workspace.is_file():
        raise OptionError(
            f"there is no workspace at {parsed.workspace}.", "Name a file that run has written."
        )
    if parsed.days < 1:
        raise OptionError("a window has a day at least.", "Give --days 7, 14 or 30.")
    with Workspace.open(parsed.workspace) as workspace:
        rows = _read_files(workspace, parsed.files)
        run = load_run(workspace)
        shop = build_shop(workspace, run.options.cleaning if run else Cleaning())
        region = normalise.country(parsed.default_country)
        asked = Asked(parsed.export, parsed.sent, parsed.days, parsed.cost, region)
        result = read_back(workspace, shop, asked, rows)
        keep_result(workspace, result)
    with writing_into(parsed.out):
        paths = write_result(result, parsed.out)
    return {**result_facts(result), "files": [str(path) for path in paths]}


def _read_files(workspace: Workspace, files: list[str]) -> ResultRows | None:
    """Read a result file, and load order exports into the workspace.

    :raises OptionError: if there are several result files.
    """
    found: list[ResultRows] = []
    for name in files:
        with at_hand(file_or_stored(name), workspace.staging, ProgressLine()) as path:
            rows = read_result_file(path, on_progress=ProgressLine())
            if rows is None:
                load_tables(workspace, path, on_progress=ProgressLine())
            else:
                found.append(rows)
    if len(found) > 1:
        names = ", ".join(one.file_name for one in found)
        raise OptionError(f"{names} are several result files.", "Give one result file of this campaign.")
    return found[0] if found else None
