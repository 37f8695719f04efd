"""Whether the files are still those that a run was made from: its customers must not be mixed with others."""

from __future__ import annotations

from segmentation.errors import FilesChangedError
from segmentation.intake.linking.build import build_shop, fingerprint_of
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.runs.run import Run
from segmentation.workspace import Workspace


def state_for(workspace: Workspace, run: Run) -> str:
    """Name the state of the uploads, read by the rules of a run; the run's own where nothing has changed."""
    return fingerprint_of(list_uploads(workspace), run.options.cleaning)


def check_unchanged(workspace: Workspace, run: Run) -> None:
    """Make sure that the uploads are those of the run.

    :raises FilesChangedError: if files or their columns' roles are others now.
    """
    if state_for(workspace, run) != run.fingerprint:
        raise FilesChangedError


def shop_of_run(workspace: Workspace, run: Run) -> Shop:
    """Link the files into the shop that the run was made from.

    :raises FilesChangedError: if files or their columns' roles are others now.
    """
    check_unchanged(workspace, run)
    return build_shop(workspace, run.options.cleaning)
