"""`sample`: write the sample shop's CSVs and its true segments."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.commands.shared import Commands
from segmentation.sample_shop import write as sample_shop


def add_to(commands: Commands) -> None:
    """Declare the command."""
    sample = commands.add_parser("sample", help="write the sample shop's CSVs and its true segments")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.add_argument("--customers", type=int, default=2000)
    sample.add_argument("--seed", type=int, default=7)
    sample.set_defaults(command=_sample)


def _sample(parsed: argparse.Namespace) -> dict[str, Any]:
    files = sample_shop.write_csvs(parsed.folder, customers=parsed.customers, seed=parsed.seed)
    return {"files": [str(path) for path in files]}
