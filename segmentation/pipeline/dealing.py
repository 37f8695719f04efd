"""Deal what customers did anew among them, and call nothing a group that is there as well by chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.clusters.dealing import Dealt, beside_dealt, can_be_dealt, deal_columns
from segmentation.clusters.suggest import Structure, Suggestion, beside_chance
from segmentation.errors import NothingToCompareError, TooFewCustomersError
from segmentation.features.build import build_features
from segmentation.features.dealt import orders_dealt
from segmentation.features.own_ways import own_ways
from segmentation.features.table import Group
from segmentation.pipeline.ground import Ground, space_of
from segmentation.runs import RunOptions
from segmentation.runs.guide import reading_of
from segmentation.text.concepts import score_concepts, with_concepts
from segmentation.text.encoders.protocol import Loader
from segmentation.text.read import read_customers
from segmentation.workspace import Workspace


def checked_by_dealing(
    workspace: Workspace, ground: Ground, options: RunOptions, suggestion: Suggestion, load: Loader
) -> Suggestion:
    """Return the suggestion, or what is left of it where chance alone makes customers as they are.

    Orders are dealt anew only where groups would be said.
    """
    k, space, seed = suggestion.k, ground.space, options.seed
    if "lines" in ground.shop.has and Group.BEHAVIOUR in space.shares:
        ways = own_ways(ground.table) if _by_orders_alone(ground) else None
        if ways is not None and not ways.any:
            return beside_chance(suggestion, ways=ways)
        if suggestion.structure != Structure.SEGMENTS:
            return suggestion
        dealt, what = _with_orders_dealt(workspace, ground, options, load), Dealt.ORDERS
    else:
        dealt, what = deal_columns(space, seed) if can_be_dealt(space) else None, Dealt.COLUMNS
    if dealt is None or suggestion.structure == Structure.NONE:
        return suggestion
    return beside_chance(suggestion, beside_dealt(space.matrix, dealt, k, seed, what))


def _by_orders_alone(ground: Ground) -> bool:
    """Whether nothing but what was ordered and when decides the segments."""
    return set(ground.space.shares) == {Group.BEHAVIOUR} and ground.guidance is None


def _with_orders_dealt(
    workspace: Workspace, ground: Ground, options: RunOptions, load: Loader
) -> np.ndarray | None:
    """Return the matrix of the shop with its orders dealt anew, its columns and texts as loud as before.

    None where dealing leaves too little to compare.
    """
    reading, text = reading_of(options), None
    with orders_dealt(workspace, options.seed) as trial:
        table = build_features(trial, ground.shop)
        ids = table.customer_ids
        if ground.text is not None:
            text = read_customers(
                trial, ground.shop, ids, reading, options.seed, load=load, read_before=workspace
            )
        scored = score_concepts(trial, ids, options.concepts, reading, options.seed, load=load)
    table = replace(with_concepts(table, scored), votes=ground.table.votes)
    if text is not None and ground.text is not None:
        text = replace(text, taste=ground.text.taste)
    try:
        space = space_of(table, text, options, ground.guidance)
    except (NothingToCompareError, TooFewCustomersError):
        return None
    return space.matrix if len(space.matrix) >= max(options.ks) else None
