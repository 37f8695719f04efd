"""Segments found of a shop in parts: what follows from single customers by workers, the rest here."""

from __future__ import annotations

from segmentation.intake.population import Population
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions
from segmentation.scale.workers import Workers
from segmentation.stages import Stage
from segmentation.workspace import Workspace


def find_in_parts(
    workspace: Workspace, options: RunOptions, workers: Workers, on_progress: Progress = silent
) -> Run:
    """Find segments as `find_segments` does, the same ones, and save the run in the workspace.

    Workers describe customers and read texts; what is learned of all customers together, the space and its
    segments, is worked out here of what they say.

    :raises SegmentationError: where there are no customers, too few, or nothing that tells them apart.
    """

    def ask(workspace: Workspace, shop: Shop) -> Population:
        crowd = workers.part(workspace, shop, on_progress)
        on_progress(Stage.BUILDING_FEATURES, 0, 1)
        return crowd

    return find_segments(workspace, options, on_progress, workers.load, ask=ask)
