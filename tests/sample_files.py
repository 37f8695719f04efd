"""The sample shop's files, in a workspace, without the file that tells which segment each customer is of."""

from __future__ import annotations

from pathlib import Path

from segmentation.intake.uploads.load import load_file
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace


def load_sample(workspace: Workspace, folder: Path, customers: int, seed: int) -> None:
    """Write a sample shop into a folder and upload it."""
    write_csvs(folder, customers=customers, seed=seed)
    load_exports(workspace, folder)


def load_exports(workspace: Workspace, folder: Path) -> None:
    """Upload the files of a folder by name, but for the truth."""
    for path in sorted(folder.glob("*.csv")):
        if path.name != "truth.csv":
            load_file(workspace, path)
