"""`audience`: write a list of people as the files of an advertising or mailing platform, or of a CRM."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.action.audience import normalise
from segmentation.action.audience.audience import Audience, AudienceOptions
from segmentation.action.audience.handover import audience_of_run, note_audience
from segmentation.action.audience.hold_out import split
from segmentation.action.audience.lists import USUAL_CUT
from segmentation.action.audience.people import ListKind, PeopleList
from segmentation.action.audience.platforms import Platform
from segmentation.action.audience.suppression import suppress
from segmentation.action.audience.words import REASONS
from segmentation.action.files.folder import writing_into
from segmentation.commands.lists import LISTS, named_list
from segmentation.commands.shared import Commands, ProgressLine
from segmentation.errors import OptionError
from segmentation.runs import Run, View, load_run
from segmentation.workspace import Workspace


def add_to(commands: Commands) -> None:
    """Declare the command."""
    audience = commands.add_parser(
        "audience", help="write a list of people as the file of an ads or mailing platform, or a CRM"
    )
    audience.add_argument("--workspace", type=Path, required=True, metavar="PATH")
    audience.add_argument("--for", dest="platform", required=True, choices=[str(one) for one in Platform])
    _add_lists(audience)
    audience.add_argument("--out", type=Path, required=True, metavar="DIR")
    audience.add_argument("--k", type=int, metavar="N", help="number of segments (default: the kept one)")
    audience.add_argument(
        "--default-country", default="", metavar="GB", help="country of phones without a country code"
    )
    audience.add_argument(
        "--without-yes", action="store_true", help="also who was asked for consent and has not answered"
    )
    audience.add_argument("--value", action="store_true", help="add what each customer spent (meta)")
    audience.add_argument(
        "--phones", choices=["plus", "digits"], default="plus", help="how phones are written for tiktok"
    )
    audience.add_argument(
        "--suppress", type=Path, metavar="FILE", help="e-mails and phones never to hand over"
    )
    audience.add_argument(
        "--hold-out", type=float, metavar="0..0.5", help="share of each segment to hold out (kept)"
    )
    audience.set_defaults(command=_audience)


def _add_lists(audience: argparse.ArgumentParser) -> None:
    """Let it be said whom: a segment, or any other list."""
    whom = audience.add_mutually_exclusive_group(required=True)
    whom.add_argument("--segment", metavar="NAME|all", help="name or number of the segment")
    whom.add_argument("--list", metavar="LIST", help=f"any list: {LISTS}")
    audience.add_argument(
        "--cut",
        type=float,
        default=float(USUAL_CUT),
        metavar="0..100",
        help=f"concept: the score from which customers are on the list (default: {USUAL_CUT})",
    )


def _audience(parsed: argparse.Namespace) -> dict[str, Any]:
    country = normalise.country(parsed.default_country)
    if parsed.default_country and not country:
        raise OptionError(f"“{parsed.default_country}” is no country.", "Give its two-letter code, as GB.")
    if not parsed.workspace.is_file():
        raise OptionError(
            f"there is no workspace at {parsed.workspace}.", "Name a file that run has written."
        )
    options = AudienceOptions(
        Platform(parsed.platform), country, not parsed.without_yes, parsed.value, parsed.phones == "plus"
    )
    with Workspace.open(parsed.workspace) as workspace:
        run = load_run(workspace)
        if run is None:
            raise OptionError("this workspace has no segments.", "Find segments first: run --workspace PATH.")
        if parsed.suppress:
            suppress(workspace, _text_of(parsed.suppress), parsed.suppress.name, country)
        return _write(workspace, run, parsed, options)


def _write(
    workspace: Workspace, run: Run, parsed: argparse.Namespace, options: AudienceOptions
) -> dict[str, Any]:
    view = View.of(workspace, run, parsed.k)
    code = parsed.list or f"{ListKind.SEGMENT}:{parsed.segment}"
    people = named_list(workspace, view, code, parsed.cut)
    if parsed.hold_out is not None:
        split(workspace, view.customer_ids, view.labels, parsed.hold_out)
    with writing_into(parsed.out):
        found = audience_of_run(workspace, view, people, options, parsed.out, ProgressLine())
    export_id = note_audience(workspace, view, found, people)
    return {"export": export_id, **audience_facts(people, found)}


def audience_facts(people: PeopleList, found: Audience) -> dict[str, Any]:
    """Return what is printed of an audience."""
    return {
        "list": people.code,
        "platform": str(found.platform),
        "files": [str(path) for path in found.files],
        "chosen": found.chosen,
        "people": found.people,
        "left_out": {REASONS[reason]: count for reason, count in found.left_out.items()},
        "left_out_file": str(found.list_of_left_out),
        "warnings": list(found.warnings),
    }


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise OptionError(f"{path} cannot be read ({error.strerror}).") from error
