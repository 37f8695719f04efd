"""`retention`: each customer's value and risk to stop buying, and whom to win back, as CSV."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from segmentation.action.audience.handover import EVERYONE
from segmentation.action.files.export_log import log_export
from segmentation.action.files.folder import write_files
from segmentation.action.retention.files import outlook_facts, retention_csv, win_back_csv
from segmentation.action.retention.job import look_ahead
from segmentation.action.retention.value_forecast import HORIZONS
from segmentation.action.retention.win_back import usual_silence
from segmentation.commands.shared import Commands, ProgressLine, opened_with_runs
from segmentation.errors import NoForecastError, OptionError
from segmentation.first_views.every import keep_plays
from segmentation.runs import View


def add_to(commands: Commands) -> None:
    """Declare the command."""
    retention = commands.add_parser(
        "retention", help="value and churn risk per customer, and whom to win back"
    )
    retention.add_argument(
        "--workspace",
        type=Path,
        required=True,
        metavar="PATH",
        help="a workspace in which segments were found",
    )
    retention.add_argument("--out", type=Path, required=True, metavar="DIR")
    retention.add_argument(
        "--days",
        type=int,
        metavar="N",
        help="gone is who does not order in N days (default: the usual longest gap)",
    )
    retention.add_argument("--k", type=int, metavar="N", help="number of segments (default: the kept one)")
    retention.add_argument(
        "--horizon", type=int, choices=HORIZONS, default=max(HORIZONS), help="days ahead that are valued"
    )
    retention.add_argument(
        "--silent",
        type=int,
        metavar="N",
        help="leave out of the list who has not ordered for N days (default: 3 × days)",
    )
    retention.set_defaults(command=_retention)


def _retention(parsed: argparse.Namespace) -> dict[str, Any]:
    if parsed.silent is not None and parsed.silent < 1:
        raise OptionError(f"--silent is {parsed.silent}.", "Give a number of days, 1 or more.")
    with opened_with_runs(parsed.workspace) as (workspace, run):
        view = View.of(workspace, run, parsed.k)
        found = look_ahead(workspace, run, parsed.days, ProgressLine())
        keep_plays(workspace, run)
        if found.value is None and found.churn is None:
            raise NoForecastError(found.no_value, found.no_churn)
        files = {"customers.csv": retention_csv(workspace, view)}
        if found.churn and found.definition:
            usual = usual_silence(found.definition)
            silence = usual if parsed.silent is None else replace(usual, up_to=parsed.silent)
            files["win-back.csv"] = win_back_csv(workspace, view, found, parsed.horizon, silence)
        write_files(parsed.out, files)
        log_export(workspace, "csv", EVERYONE, sorted(files), run.customers)
        return outlook_facts(workspace, view, found, parsed.horizon) | {"files": sorted(files)}
