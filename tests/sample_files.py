"""The sample shop's files, in a workspace, without the file that tells which segment each customer is of."""

from __future__ import annotations

from pathlib import Path

from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace

QUICK = RunOptions(k_range=(2, 4), model="none", resamples=2, resamples_of_suggested=2)


def load_sample(workspace: Workspace, folder: Path, customers: int, seed: int) -> None:
    """Write a sample shop into a folder and upload it."""
    write_csvs(folder, customers=customers, seed=seed)
    load_exports(workspace, folder)


def load_exports(workspace: Workspace, folder: Path) -> None:
    """Upload the files of a folder by name, but for the truth."""
    for path in sorted(folder.glob("*.csv")):
        if path.name != "truth.csv":
            load_file(workspace, path)


def find_in_orders(home: Path) -> None:
    """Fill a home folder with the orders of a small sample shop (in `files`), and their segments."""
    with Workspace.open(home / "workspace.duckdb") as workspace:
        write_csvs(home / "files", customers=300, seed=7)
        load_file(workspace, home / "files" / "orders.csv")
        find_segments(workspace, QUICK)
