"""`recommend`: write what to offer each segment and each customer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from segmentation.action.audience.handover import EVERYONE
from segmentation.action.files.export_log import log_export
from segmentation.action.files.folder import write_files, writing_into
from segmentation.action.files.private import private
from segmentation.action.recommend.found import Recommended
from segmentation.action.recommend.job import PER_CUSTOMER, recommend
from segmentation.action.recommend.store import offers_csv, write_recommendations
from segmentation.action.recommend.words import check_sentences, taste_sentence
from segmentation.commands.shared import Commands, ProgressLine, opened
from segmentation.errors import OptionError
from segmentation.first_views.every import keep_plays
from segmentation.runs import View, load_run

MOST_PER_CUSTOMER = 100


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("recommend", help="write what to offer each segment and each customer")
    parser.add_argument("--workspace", type=Path, required=True, metavar="PATH")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--per-customer", type=int, default=PER_CUSTOMER, metavar="N", help="products new to each customer"
    )
    parser.set_defaults(command=_recommend)


def _recommend(parsed: argparse.Namespace) -> dict[str, Any]:
    if not 1 <= parsed.per_customer <= MOST_PER_CUSTOMER:
        raise OptionError(
            f"--per-customer is {parsed.per_customer}.", f"Give a number from 1 to {MOST_PER_CUSTOMER}."
        )
    if not parsed.workspace.is_file():
        raise OptionError(f"there is no workspace at {parsed.workspace}.", "Give the file that `run` kept.")
    with opened(parsed.workspace) as workspace:
        run = load_run(workspace)
        if run is None:
            raise OptionError("this workspace has no segments.", "Find segments first.")
        found = recommend(workspace, run, parsed.per_customer, on_progress=ProgressLine())
        keep_plays(workspace, run)
        view = View.of(workspace, run, found.k)
        write_files(parsed.out, {"segment_offers.csv": offers_csv(found, view)})
        with writing_into(parsed.out), private(parsed.out / "recommendations.csv").open("wb") as stream:
            rows = write_recommendations(workspace, view, stream)
        log_export(workspace, "csv", EVERYONE, ["recommendations.csv"], run.customers)
    return _facts(found, view.names, rows)


def _facts(found: Recommended, names: list[str], rows: int) -> dict[str, Any]:
    check = found.check
    told = (*check_sentences(check), taste_sentence(found.settings, check)) if check else ()
    return {
        "k": found.k,
        "customers": found.customers,
        "without_purchases": found.cold,
        "products": found.products,
        "rows": rows,
        "seconds": round(found.seconds, 1),
        "segments": [
            {"segment": offers.segment + 1, "name": name, "products": list(offers.product_names)}
            for offers, name in zip(found.offers[found.k], names, strict=True)
        ],
        "ranked_by": str(found.settings.taste),
        "check": None
        if check is None
        else {
            "cutoff": check.period.cutoff.date().isoformat(),
            "end": check.period.end.date().isoformat(),
            "customers": check.customers,
            "all_products": {way: vars(one) for way, one in check.every.items()},
            "new_products": {way: vars(one) for way, one in check.fresh.items()},
            "sentences": [one for one in told if one],
        },
        "unchecked": found.unchecked or None,
    }
