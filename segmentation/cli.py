"""The command line: the same steps without a browser; JSON on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from segmentation import sample_shop
from segmentation.action.export import BYTE_ORDER_MARK, to_csv_bytes
from segmentation.action.files import RunFiles
from segmentation.errors import OptionError, SegmentationError
from segmentation.intake.inspect import describe
from segmentation.intake.ledger import ledger_table
from segmentation.intake.link import build_shop
from segmentation.intake.read import load_file, load_tables
from segmentation.intake.roles import Role, Upload
from segmentation.intake.rules import RULES, Cleaning, Rule
from segmentation.intake.uploads import get_upload, set_role
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_customers
from segmentation.runs.explain import explain_run
from segmentation.runs.worth import worth_of_run
from segmentation.workspace import Workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 with one clear line on standard error for bad input."""
    parsed = _parser().parse_args(arguments)
    try:
        result = parsed.command(parsed)
    except SegmentationError as error:
        sys.stderr.write(f"{error}\n".replace("\r", " "))
        return 2
    json.dump(result, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m segmentation", description="Customer segments from a shop's exports."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    sample = commands.add_parser("sample", help="write the sample shop's CSVs and its true segments")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.add_argument("--customers", type=int, default=2000)
    sample.add_argument("--seed", type=int, default=7)
    sample.set_defaults(command=_sample)

    inspect = commands.add_parser("inspect", help="say what each file is and what its columns mean")
    inspect.add_argument("files", type=Path, nargs="+", metavar="FILE")
    _add_corrections(inspect)
    inspect.set_defaults(command=_inspect)

    run = commands.add_parser("run", help="find segments and write them as files")
    run.add_argument("files", type=Path, nargs="+", metavar="FILE")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument(
        "--k", default="auto", metavar="N|auto", help="number of segments (default: the suggestion)"
    )
    run.add_argument("--k-range", default="2:12", metavar="FROM:TO")
    run.add_argument(
        "--model", default=RunOptions.model, metavar="NAME|none", help="language model, lexical, or none"
    )
    run.add_argument(
        "--text-weight", type=float, metavar="0..1", help="share of the texts (default: as much as behaviour)"
    )
    run.add_argument("--seed", type=int, default=0)
    run.add_argument(
        "--worth", action="store_true", help="measure what the segments say about a later period"
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
    _add_corrections(run)
    run.set_defaults(command=_run)
    return parser


def _add_corrections(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--role", action="append", default=[], metavar="FILE:COLUMN=ROLE", help="correct a guessed role"
    )
    parser.add_argument(
        "--sheet", action="append", default=[], metavar="FILE=NAME", help="take this sheet of a workbook"
    )


def _sample(parsed: argparse.Namespace) -> dict[str, Any]:
    files = sample_shop.write_csvs(parsed.folder, customers=parsed.customers, seed=parsed.seed)
    return {"files": [str(path) for path in files]}


def _inspect(parsed: argparse.Namespace) -> list[dict[str, Any]]:
    with Workspace.temporary() as workspace:
        return [describe(upload) for upload in _load(workspace, parsed)]


def _run(parsed: argparse.Namespace) -> dict[str, Any]:
    cleaning = _cleaning(parsed.rule)
    options = RunOptions(
        k=_number_of_segments(parsed.k),
        k_range=_k_range(parsed.k_range),
        model=parsed.model,
        text_weight=parsed.text_weight,
        seed=parsed.seed,
        cleaning_off=frozenset(cleaning.off),
        cleaning_on=frozenset(cleaning.on),
        cutoff=parsed.cutoff,
    )
    with _open(parsed.workspace) as workspace:
        _load(workspace, parsed)
        run = find_segments(workspace, options, on_progress=_ProgressLine())
        if parsed.worth:
            run = replace(run, worth=worth_of_run(workspace, run, on_progress=_ProgressLine()))
        rows = load_customers(workspace, run)
        ledger = to_csv_bytes(ledger_table(build_shop(workspace, cleaning))).removeprefix(BYTE_ORDER_MARK)
        k = options.k or run.suggestion.k
        files = RunFiles(run, rows, k, explain_run(workspace, run, rows, k))
        return files.write(parsed.out, {"ledger.csv": ledger})


@contextmanager
def _open(path: Path | None) -> Iterator[Workspace]:
    with Workspace.open(path) if path else Workspace.temporary() as workspace:
        yield workspace


def _load(workspace: Workspace, parsed: argparse.Namespace) -> list[Upload]:
    uploads = []
    for path in parsed.files:
        for upload in _read(workspace, path, parsed.sheet):
            for column, role in _roles_for(path, parsed.role):
                set_role(workspace, upload.upload_id, column, role)
            uploads.append(get_upload(workspace, upload.upload_id))
    return uploads


def _read(workspace: Workspace, path: Path, sheets: Sequence[str]) -> tuple[Upload, ...]:
    for text in sheets:
        name, equals, sheet = text.partition("=")
        if not equals:
            raise OptionError(f"“{text}” is not FILE=NAME.", "Give the workbook and the name of its sheet.")
        if name in (path.name, str(path)):
            return (load_file(workspace, path, on_progress=_ProgressLine(), sheet=sheet),)
    return load_tables(workspace, path, on_progress=_ProgressLine())


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


def _roles_for(path: Path, roles: Sequence[str]) -> Iterator[tuple[str, Role]]:
    for text in roles:
        target, _, role = text.rpartition("=")
        name, _, column = target.partition(":")
        if not column or role not in set(Role):
            raise OptionError(f"“{text}” is not FILE:COLUMN=ROLE.", f"The roles are: {', '.join(Role)}.")
        if name in (path.name, str(path)):
            yield column, Role(role)


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


class _ProgressLine:
    """Progress on standard error: one line a step, rewritten in place on a terminal."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{step} {done:,}/{total:,}" + ("\n" if done >= total else ""))
        elif step != self._last:
            sys.stderr.write(f"{step}\n")
        self._last = step
        sys.stderr.flush()
