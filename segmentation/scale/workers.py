"""Who works on the parts of a shop, and where these lie."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.population import OneDatabase
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress
from segmentation.scale.crowd import Crowd, Each
from segmentation.scale.parts import write_parts
from segmentation.scale.storage import Folder
from segmentation.stages import Stage
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.workspace import Workspace

CUSTOMERS_PER_PART, FEWEST_PARTS = 25_000, 4


@dataclass(frozen=True)
class Workers:
    """Who works on parts: how they are given work, where the parts lie, and who reads texts."""

    each: Each
    folder: Folder
    load: Loader = load_encoder
    parts: int | None = None

    def part(self, workspace: Workspace, shop: Shop, on_progress: Progress) -> Crowd:
        """Part a shop by customer, unless it is already."""
        on_progress(Stage.PARTING_SHOP, 0, 1)
        count = self.parts or max(FEWEST_PARTS, -(-shop.customers // CUSTOMERS_PER_PART))
        parts = write_parts(workspace, shop, self.folder, count)
        return Crowd(parts, OneDatabase(workspace).ids, self.each)
