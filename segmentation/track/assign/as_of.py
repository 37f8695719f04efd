"""All customers of the workspace assigned to frozen segments, as they are now or as they were on a day."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime

from segmentation.features.build import build_fixed
from segmentation.features.table import FeatureTable
from segmentation.intake.linking.build import build_shop
from segmentation.jobs import Progress, silent
from segmentation.runs.guide import reading_of
from segmentation.stages import Stage
from segmentation.text.again import read_again
from segmentation.text.block import TextBlock
from segmentation.text.concepts import with_concepts
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
    earlier = day is not None and shop.as_of is not None and day.date() < shop.as_of.date()
    with shop_on(workspace, day) if day is not None and earlier else nullcontext(workspace) as then:
        table = build_fixed(then, shop, frozen.fixed, day or shop.as_of)
        return _with_texts(then, frozen, table, on_progress, load)


def _with_texts(
    workspace: Workspace, frozen: Frozen, table: FeatureTable, on_progress: Progress, load: Loader
) -> tuple[FeatureTable, TextBlock | None]:
    """Read the customers' texts where these have a part in the space, and add what concepts say of them."""
    if frozen.texts is None or not frozen.reads_texts:
        return table, None
    reading = reading_of(frozen.run.options)
    text, scored = read_again(workspace, table.customer_ids, frozen.texts, reading, on_progress, load)
    return with_concepts(table, scored), text
