"""The command line: the same steps without a browser; JSON on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from segmentation.commands import audience, forget, inspect, recommend, report, retention, run, sample
from segmentation.errors import SegmentationError

COMMANDS = (sample, inspect, run, recommend, report, audience, retention, forget)


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
    for command in COMMANDS:
        command.add_to(commands)
    return parser
