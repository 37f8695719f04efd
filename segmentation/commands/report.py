"""`report`: write the segments of a workspace and what to do with them as a page and as a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.action.files.folder import write_files
from segmentation.action.playbook.edits import load_edits
from segmentation.action.playbook.findings import find_out
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import LIFT
from segmentation.action.report import ReportFacts, report_facts, report_html, report_xlsx
from segmentation.action.retention.job import load_outlook, look_ahead
from segmentation.commands.shared import Commands, ProgressLine
from segmentation.errors import OptionError
from segmentation.first_views.segments import by_shop
from segmentation.runs import View, load_run
from segmentation.runs.kept.views import asked_of
from segmentation.runs.unchanged import shop_of_run
from segmentation.stages import Stage
from segmentation.workspace import Workspace

NAME = "workspace_name"


def add_to(commands: Commands) -> None:
    """Declare the command."""
    report = commands.add_parser("report", help="write segments and playbook as report.html and report.xlsx")
    report.add_argument("--workspace", type=Path, required=True, metavar="PATH")
    report.add_argument("--out", type=Path, required=True, metavar="DIR")
    report.add_argument("--k", type=int, metavar="N", help="number of segments (default: the kept one)")
    report.add_argument("--title", metavar="TEXT", help="name of the shop (default: that of the workspace)")
    report.set_defaults(command=_report)


def _report(parsed: argparse.Namespace) -> dict[str, Any]:
    if not parsed.workspace.is_file():
        raise OptionError(f"there is no workspace at {parsed.workspace}.", "Make one with run --workspace.")
    with Workspace.open(parsed.workspace) as workspace:
        facts = _facts(workspace, parsed.k, parsed.title)
    files = {"report.html": report_html(facts), "report.xlsx": report_xlsx(facts)}
    write_files(parsed.out, files)
    return {
        "files": [str(parsed.out / name) for name in files],
        "k": facts.k,
        "segments": [
            {"segment": name, "customers": one.size}
            for name, one in zip(facts.names, facts.cut.segments, strict=True)
        ],
    }


def _facts(workspace: Workspace, k: int | None, title: str | None) -> ReportFacts:
    progress = ProgressLine()
    run = load_run(workspace)
    if run is None:
        raise OptionError("this workspace has no segments yet.", "Find them with run --workspace.")
    view = View.of(workspace, run, k)
    progress(Stage.READING_SHOP, 0, 3)
    shop = shop_of_run(workspace, run)
    progress(Stage.EXPLAINING, 1, 3)
    explained = by_shop(view, asked_of(workspace))
    if load_outlook(workspace, run.run_id) is None:
        look_ahead(workspace, run, on_progress=progress)
    findings = find_out(workspace, run, view.customer_ids)
    playbook = make_playbook(workspace, view, explained, findings, LIFT)
    progress(Stage.WRITING, 2, 3)
    return report_facts(title or workspace.meta(NAME), view, playbook, load_edits(workspace), shop)
