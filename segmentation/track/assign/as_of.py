"""All customers of the workspace assigned to frozen segments, as they are now or as they were on a day."""

from __future__ import annotations

from datetime import datetime

from segmentation.errors import NotFrozenError
from segmentation.features.build import build_fixed
from segmentation.features.table import FeatureTable
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.track.assign.assigned import Assigned, assign
from segmentation.track.assign.past import shop_on
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace


def assign_as_of(
    workspace: Workspace,
    frozen: Frozen,
    k: int,
    day: datetime | None = None,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> tuple[FeatureTable, Assigned]:
    """Describe the customers by the run's features as of a day, orders after it hidden, and assign them.

    :param day: by default the shop's own analysis date; a later one only lets time pass.
    :raises SegmentationError: if there are no customers, or texts cannot be read as they were.
    """
    table, text = describe_as_of(workspace, frozen, day, on_progress, load)
    return table, assign(frozen, table, text, k)


def describe_as_of(
    workspace: Workspace,
    frozen: Frozen,
    day: datetime | None = None,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> tuple[FeatureTable, TextBlock | None]:
    """Describe the customers by all that assigns them, as of a day, orders after it hidden.

    :param day: by default the shop's own analysis date; a later one only lets time pass.
    :raises SegmentationError: if there are no customers, or texts cannot be read as they were.
    """
    on_progress(Stage.BUILDING_SHOP, 0, 1)
    shop = build_shop(workspace, frozen.run.options.cleaning)
    on_progress(Stage.BUILDING_FEATURES, 0, 1)
    if day is None or shop.as_of is None or day.date() >= shop.as_of.date():
        return _describe(workspace, shop, frozen, day or shop.as_of)
    with shop_on(workspace, day) as past:
        return _describe(past, shop, frozen, day)


def _describe(
    workspace: Workspace, shop: Shop, frozen: Frozen, day: datetime | None
) -> tuple[FeatureTable, TextBlock | None]:
    if frozen.reads_texts:
        raise NotFrozenError("texts have a part in these segments.", "Find segments without texts.")
    return build_fixed(workspace, shop, frozen.fixed, day), None
