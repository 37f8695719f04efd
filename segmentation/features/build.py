"""All features of a shop in one table: a row per customer, a column per thing that tells customers apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.errors import UnknownColumnError
from segmentation.features.block import Block
from segmentation.features.events import build_events
from segmentation.features.fixed import Fixed
from segmentation.features.histories import gaps_of
from segmentation.features.loudness import cast_votes
from segmentation.features.orders import build_orders
from segmentation.features.profile import build_profile
from segmentation.features.reviews import build_reviews
from segmentation.features.table import FeatureTable, Lack, LeftOut
from segmentation.intake.population import OneDatabase, Population
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Recipe:
    """What a person chose: names of the ticked features (None: all), analysis date (None: the shop's)."""

    ticked: tuple[str, ...] | None = None
    as_of: datetime | None = None


def build_features(workspace: Workspace, shop: Shop, recipe: Recipe | None = None) -> FeatureTable:
    """Return a row of features per customer, ordered by (sort_key, customer_id).

    :raises UnknownColumnError: if the recipe ticks a feature that this shop does not have.
    """
    return describe(OneDatabase(workspace), shop, recipe)


def describe(people: Population, shop: Shop, recipe: Recipe | None = None) -> FeatureTable:
    """Return the same of customers of whom something can be asked, in their order.

    :raises UnknownColumnError: if the recipe ticks a feature that this shop does not have.
    """
    recipe = recipe or Recipe()
    as_of = recipe.as_of or shop.as_of
    blocks = _blocks(people, shop, as_of)
    table = _assemble(people.ids, blocks, as_of, shop.currency)
    lasting = {name: found for block in blocks for name, found in block.lasting.items()}
    votes = cast_votes(table.values, table.features, lasting)
    table = replace(table, votes=votes, usual_gap=_usual_gap(people, shop, as_of))
    return table if recipe.ticked is None else _tick(table, recipe.ticked)


def build_fixed(workspace: Workspace, shop: Shop, fixed: Fixed, as_of: datetime | None) -> FeatureTable:
    """Return the same features of today's customers as others had; NaN for all where a column went missing.

    Rows are ordered as in `build_features`; nothing is learned of these customers.
    """
    return describe_fixed(OneDatabase(workspace), shop, fixed, as_of)


def describe_fixed(people: Population, shop: Shop, fixed: Fixed, as_of: datetime | None) -> FeatureTable:
    """Return the same of customers of whom something can be asked, in their order."""
    table = _assemble(people.ids, _blocks(people, shop, as_of, fixed), as_of, shop.currency)
    missing = [one for one in fixed.features if one.name not in table.values]
    values = table.values.reindex(columns=[one.name for one in fixed.features])
    left_out = tuple(LeftOut(one.label, Lack.VALUES) for one in missing)
    return replace(table, values=values, features=fixed.features, left_out=left_out, averages=fixed.averages)


def _blocks(
    people: Population, shop: Shop, as_of: datetime | None, fixed: Fixed | None = None
) -> tuple[Block, ...]:
    return (
        build_orders(people, shop, as_of, fixed),
        build_events(people, shop, as_of, fixed),
        build_reviews(people, shop, as_of, fixed),
        build_profile(people, shop, fixed),
    )


def _assemble(
    ids: np.ndarray, blocks: Sequence[Block], as_of: datetime | None, currency: str | None
) -> FeatureTable:
    return FeatureTable(
        customer_ids=ids,
        values=pd.concat([block.values for block in blocks], axis=1),
        features=tuple(feature for block in blocks for feature in block.features),
        left_out=tuple(left_out for block in blocks for left_out in block.left_out),
        as_of=as_of,
        currency=currency,
        counted=pd.concat([block.counted for block in blocks], axis=1),
        averages={name: share for block in blocks for name, share in block.averages.items()},
    )


def _usual_gap(people: Population, shop: Shop, as_of: datetime | None) -> float | None:
    """Return the shop's own longest gap between orders; None without dates, or where nobody came back."""
    if as_of is None or "lines" not in shop.has:
        return None
    gaps = gaps_of(people, as_of)
    return float(gaps.usual) if gaps.number else None


def _tick(table: FeatureTable, ticked: tuple[str, ...]) -> FeatureTable:
    names = [feature.name for feature in table.features]
    for missing in [name for name in ticked if name not in names]:
        raise UnknownColumnError.from_missing_and_available(missing, names)
    features = tuple(feature for feature in table.features if feature.name in ticked)
    kept = [feature.name for feature in features]
    counted = table.counted[[name for name in table.counted if name in kept]]
    return replace(table, values=table.values[kept], features=features, counted=counted)
