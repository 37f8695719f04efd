"""The ground on which segments are found: the shop, its customers' features and texts, the space of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from segmentation.clusters.guided import Guidance
from segmentation.clusters.place import place
from segmentation.clusters.space import Space, build_space
from segmentation.features.build import describe
from segmentation.features.table import FeatureTable
from segmentation.intake.linking.build import build_shop
from segmentation.intake.population import OneDatabase, Population
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.runs import RunOptions
from segmentation.runs.guide import learn_guidance, reading_of, weights_of
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.concepts import score_concepts, with_concepts
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.text.read import read_customers
from segmentation.workspace import Workspace

Asking = Callable[[Workspace, Shop], Population]
"""Gives of whom questions about a shop's customers are asked."""


def in_one_database(workspace: Workspace, shop: Shop) -> Population:
    """Ask the workspace's own database."""
    return OneDatabase(workspace)


@dataclass(frozen=True)
class Ground:
    """What segments are found in: the shop, its customers' features and texts, and the space of both."""

    shop: Shop
    table: FeatureTable
    text: TextBlock | None
    space: Space
    guidance: Guidance | None = None


def lay_ground(
    workspace: Workspace,
    options: RunOptions,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
    guidance: Guidance | None = None,
    ask: Asking = in_one_database,
) -> Ground:
    """Take the steps up to the space in which segments are found; vectors of texts are kept as they come.

    :param guidance: what was learned of the outcome before; learned anew where there is an outcome and this
        is None.
    :param ask: of whom questions about the customers are asked.
    :raises SegmentationError: where there are no customers, too few, or nothing that tells them apart.
    """
    on_progress(Stage.BUILDING_SHOP, 0, 1)
    shop = build_shop(workspace, options.cleaning)
    on_progress(Stage.BUILDING_FEATURES, 0, 1)
    people = ask(workspace, shop)
    table, reading = describe(people, shop), reading_of(options)
    text = read_customers(
        workspace, shop, table.customer_ids, reading, options.seed, on_progress, load, people=people
    )
    if options.outcome and guidance is None:
        guidance = learn_guidance(workspace, shop, table, text, options, on_progress, load)
    scored = score_concepts(
        workspace, table.customer_ids, options.concepts, reading, options.seed, on_progress, load
    )
    table = with_concepts(table, scored)
    if text is not None and text.learned is not None:
        concepts = {one.concept: one.learned for one in scored if one.learned}
        text = replace(text, learned=replace(text.learned, concepts=concepts))
    return Ground(shop, table, text, space_of(table, text, options, guidance), guidance)


def space_of(
    table: FeatureTable, text: TextBlock | None, options: RunOptions, guidance: Guidance | None
) -> Space:
    """Weigh blocks and columns as these options and what guides the segments ask for."""
    weights = weights_of(options)
    if guidance is None:
        space = build_space(table, text, weights)
    else:
        space = guidance.steer(build_space(table, text, guidance.without_giveaways(weights)))
    # By the way on which others will get there: rounded alike, they are the same people with the same values.
    return replace(space, matrix=place(space.columns, table, text.vectors if text is not None else None))
