"""`run`: find segments and write them as files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from segmentation.action.files.run_files import RunFiles
from segmentation.action.files.safe_csv import to_csv_bytes, told_in
from segmentation.commands.engine import add_engine, workers
from segmentation.commands.names import add_names, endpoint_of, name_segments
from segmentation.commands.proof import proof_facts, refuse_nobody, tell
from segmentation.commands.shared import Commands, ProgressLine, add_corrections, load, opened
from segmentation.errors import OptionError
from segmentation.features.cutoff import choose_period
from segmentation.features.outcomes import Later
from segmentation.first_views import segments
from segmentation.first_views.every import keep_first_views
from segmentation.intake.cleaning.ledger import ledger_table
from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.alarms import alarms, tiny_segments
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, View
from segmentation.runs.currency import choose_currency
from segmentation.runs.kept.views import asked_of
from segmentation.runs.worth import worth_of_run
from segmentation.scale.find import find_in_parts
from segmentation.text.encoders.transformer import Precision
from segmentation.workspace import Workspace


def add_to(commands: Commands) -> None:
    """Declare the command."""
    run = commands.add_parser("run", help="find segments and write them as files")
    run.add_argument("files", nargs="*", metavar="FILE", help="files to read, beside those of --workspace")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument(
        "--k", default="auto", metavar="N|auto", help="number of segments (default: the suggestion)"
    )
    run.add_argument("--k-range", default="2:12", metavar="FROM:TO")
    _add_reading(run)
    run.add_argument(
        "--text-weight", type=float, metavar="0..1", help="share of the texts (default: as much as behaviour)"
    )
    run.add_argument("--seed", type=int, default=0)
    run.add_argument(
        "--worth", action="store_true", help="measure what the segments say about a later period"
    )
    run.add_argument(
        "--outcome",
        metavar="NAME",
        help=f"what the segments are to tell apart: {', '.join(Later)}, or a column with a rating or of the "
        "customer file",
    )
    run.add_argument(
        "--cutoff", metavar="YYYY-MM-DD", help="first day of the later period (default: the last quarter)"
    )
    run.add_argument(
        "--workspace",
        type=Path,
        metavar="PATH",
        help="keep everything in this file (default: a temporary one)",
    )
    run.add_argument(
        "--rule", action="append", default=[], metavar="RULE=on|off", help="switch a rule of cleaning"
    )
    _add_money(run)
    add_engine(run)
    add_corrections(run)
    add_names(run)
    run.set_defaults(command=_run)


def _add_reading(run: argparse.ArgumentParser) -> None:
    """Let it be chosen how texts are read."""
    run.add_argument(
        "--model", default=RunOptions.model, metavar="NAME|none", help="language model, lexical, or none"
    )
    run.add_argument(
        "--precision",
        default=RunOptions.precision,
        choices=[str(precision) for precision in Precision],
        help="numbers that the model computes in (default: the fastest that reads alike here)",
    )
    run.add_argument(
        "--draft", action="store_true", help="read the texts by a quick draft of the model, in seconds"
    )


def _add_money(run: argparse.ArgumentParser) -> None:
    """Let be said what is known of money beyond the files."""
    run.add_argument(
        "--currency", default="", metavar="CODE", help="what amounts are in where no file says it, as EUR"
    )
    run.add_argument(
        "--reporting",
        metavar="CODE",
        type=str.upper,
        help="the currency that all amounts are to be in, as EUR (default: that of most lines)",
    )
    run.add_argument(
        "--margin",
        type=float,
        metavar="0..1",
        help="what is left of revenue after the cost of goods, where no file says what they cost",
    )


def _run(parsed: argparse.Namespace) -> dict[str, Any]:
    cleaning, endpoint = _cleaning(parsed.rule), endpoint_of(parsed)
    options = RunOptions(
        k=_number_of_segments(parsed.k),
        k_range=_k_range(parsed.k_range),
        model=parsed.model,
        precision=parsed.precision,
        draft=parsed.draft,
        text_weight=parsed.text_weight,
        seed=parsed.seed,
        cleaning_off=frozenset(cleaning.off),
        cleaning_on=frozenset(cleaning.on),
        reporting=parsed.reporting,
        margin=parsed.margin,
        outcome=parsed.outcome,
        cutoff=parsed.cutoff,
    )
    with opened(parsed.workspace) as workspace:
        load(workspace, parsed)
        if parsed.currency:
            choose_currency(workspace, parsed.currency)
        shop = build_shop(workspace, options.cleaning)
        found = alarms(workspace, shop)
        refuse_nobody(found)
        if parsed.worth:  # a shop with too little history is told now, not after minutes of work
            choose_period(workspace, shop, options.cutoff_day)
        run = _find(workspace, options, parsed)
        if parsed.worth:
            run = replace(run, worth=worth_of_run(workspace, run, on_progress=ProgressLine()))
        view = View.of(workspace, run, options.k or run.suggestion.k)
        if parsed.workspace:
            keep_first_views(workspace, run)
        ask = asked_of(workspace)
        explained, rules = segments.by_shop(view, ask), ask(segments.rules(view))
        if endpoint is not None:
            view = name_segments(workspace, view, explained, endpoint)
        tiny = tiny_segments([segment.size for segment in view.segments])
        found = (*found, tiny) if tiny else found
        tell(shop, found)
        ledger = to_csv_bytes(told_in(ledger_table(shop), shop.currency))
        files = RunFiles(view, explained, rules, proof_facts(shop, found))
        return files.write(parsed.out, {"ledger.csv": ledger})


def _find(workspace: Workspace, options: RunOptions, parsed: argparse.Namespace) -> Run:
    """Find segments here, or by workers where they were asked for."""
    with workers(parsed, workspace) as others:
        if others is None:
            return find_segments(workspace, options, on_progress=ProgressLine())
        return find_in_parts(workspace, options, others, ProgressLine())


def _cleaning(rules: Sequence[str]) -> Cleaning:
    cleaning = Cleaning()
    switches = [rule for rule in Rule if not RULES[rule].fixed]
    for text in rules:
        name, _, state = text.partition("=")
        if name not in switches or state not in ("on", "off"):
            raise OptionError(
                f"“{text}” is not RULE=on or RULE=off.",
                f"The rules with a switch are: {', '.join(switches)}.",
            )
        cleaning = cleaning.switched(Rule(name), state == "on")
    return cleaning


def _number_of_segments(text: str) -> int | None:
    if text == "auto":
        return None
    if not text.isdecimal():
        raise OptionError(f"--k is “{text}”.", "Give a whole number of segments, or auto.")
    return int(text)


def _k_range(text: str) -> tuple[int, int]:
    low, _, high = text.partition(":")
    if not (low.isdecimal() and high.isdecimal()):
        raise OptionError(f"--k-range is “{text}”.", "Write it as 2:12.")
    return int(low), int(high)
