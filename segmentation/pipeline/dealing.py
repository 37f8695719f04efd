"""Deal what customers did anew among them, and take `segments` back where that shop has them as well."""

from __future__ import annotations

from segmentation.clusters.dealing import can_be_dealt, deal_columns, much_tighter, says_segments
from segmentation.clusters.suggest import Structure, Suggestion, TakenBack, take_back
from segmentation.errors import NothingToCompareError, TooFewCustomersError
from segmentation.features.build import build_features
from segmentation.features.dealt import orders_dealt
from segmentation.features.table import Group
from segmentation.pipeline.ground import Ground, space_of
from segmentation.runs import RunOptions
from segmentation.runs.guide import reading_of
from segmentation.text.encoders.protocol import Loader
from segmentation.text.read import read_customers
from segmentation.workspace import Workspace


def checked_by_dealing(
    workspace: Workspace, ground: Ground, options: RunOptions, suggestion: Suggestion, load: Loader
) -> Suggestion:
    """Return the suggestion, or what is left of it where customers dealt anew are called segments, too.

    Nothing is dealt, and nothing is spent, where no segments would be said.
    """
    if suggestion.structure != Structure.SEGMENTS:
        return suggestion
    if "lines" in ground.shop.has and Group.BEHAVIOUR in ground.space.shares:
        alike = _orders_say_segments(workspace, ground, options, load)
        return take_back(suggestion, TakenBack.ORDERS_DEALT) if alike else suggestion
    if not can_be_dealt(ground.space):
        return suggestion
    dealt = deal_columns(ground.space, options.seed)
    alike = says_segments(dealt, options.ks, options.seed) and not much_tighter(
        ground.space.matrix, dealt, suggestion.k, options.seed
    )
    return take_back(suggestion, TakenBack.COLUMNS_DEALT) if alike else suggestion


def _orders_say_segments(workspace: Workspace, ground: Ground, options: RunOptions, load: Loader) -> bool:
    with orders_dealt(workspace, options.seed) as trial:
        table = build_features(trial, ground.shop)
        text = None
        if ground.text is not None:
            reading = reading_of(options)
            text = read_customers(
                trial,
                ground.shop,
                table.customer_ids,
                reading,
                options.seed,
                load=load,
                read_before=workspace,
            )
    try:
        space = space_of(table, text, options, ground.guidance)
        return says_segments(space.matrix, options.ks, options.seed)
    except (NothingToCompareError, TooFewCustomersError):
        return False
