"""`refresh`: read the inbox and bring all that follows the adopted segments up to date."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.commands.shared import Commands, ProgressLine, opened_with_runs
from segmentation.errors import HeldError, TryAgainError
from segmentation.track.refresh import StartedBy, refresh
from segmentation.track.refresh.words import refreshed_facts


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "refresh",
        help="read the inbox, put customers into the adopted segments, tell who moved",
        epilog="Exit code 75: another program holds the workspace, as the app does; try again later.",
    )
    parser.add_argument(
        "--workspace",
        type=Path,
        required=True,
        metavar="PATH",
        help="a workspace in which segments were found",
    )
    parser.set_defaults(command=_refresh)


def _refresh(parsed: argparse.Namespace) -> dict[str, Any]:
    try:
        with opened_with_runs(parsed.workspace) as (workspace, _):
            outcome = refresh(workspace, StartedBy.COMMAND, ProgressLine())
            folder = str(workspace.beside.refreshed)
    except HeldError as error:
        raise TryAgainError(error.found, error.remedy) from error
    return refreshed_facts(outcome.refreshed) | {"anew": outcome.anew, "folder": folder}
