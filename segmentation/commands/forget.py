"""`forget`: delete a customer from a workspace, with proof."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.action.forget import Forgotten, forget_customer
from segmentation.action.let_return import how_many_stay_away, let_return
from segmentation.commands.shared import Commands
from segmentation.errors import OptionError
from segmentation.intake.cleaning_rules import Cleaning
from segmentation.runs import load_run
from segmentation.workspace import Workspace


def add_to(commands: Commands) -> None:
    """Declare the command."""
    forget = commands.add_parser("forget", help="delete a customer from a workspace, with proof")
    forget.add_argument("customer", metavar="CUSTOMER", help="customer id, e-mail or phone")
    forget.add_argument("--workspace", type=Path, required=True, metavar="PATH")
    forget.add_argument(
        "--let-return",
        action="store_true",
        help="let somebody who was forgotten come with a later file",
    )
    forget.set_defaults(command=_forget)


def _forget(parsed: argparse.Namespace) -> dict[str, Any]:
    if not parsed.workspace.is_file():
        raise OptionError(
            f"there is no workspace at {parsed.workspace}.", "Name a file that run has written."
        )
    with Workspace.open(parsed.workspace) as workspace:
        run = load_run(workspace)
        if parsed.let_return:
            let_return(workspace, parsed.customer, run.options.cleaning if run else Cleaning())
            return {"may_return": parsed.customer, "stay_away": how_many_stay_away(workspace)}
        return forgotten_facts(
            forget_customer(workspace, parsed.customer, run.options.cleaning if run else Cleaning())
        )


def forgotten_facts(found: Forgotten) -> dict[str, Any]:
    """Return what is printed of a deletion."""
    return {
        "customer_ids": list(found.customer_ids),
        "deleted": dict(found.deleted),
        "searched_for": found.searched_for,
        "still_in_tables": list(found.still_in),
        "still_in_bytes": found.in_bytes,
        "gone": found.is_gone,
        "exports_that_named_the_customer": [
            {"made_at": one.made_at.isoformat(), "for": one.kind, "files": list(one.file_names)}
            for one in found.exports
        ],
    }
