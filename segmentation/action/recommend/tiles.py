"""What to offer a segment at a glance: three products of each of three sorts, with how far each reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import duckdb
import numpy as np

from segmentation.action.recommend.per_segment import SegmentOffers, ThemedProduct
from segmentation.action.recommend.purchases import Catalogue, Purchases
from segmentation.insight.facts.product_lift import LiftedProduct, is_supported
from segmentation.runs.columns import segmented

SHOWN = 3
FEWEST_BUYERS = 5
"""Of so few buyers a share says nothing."""


class TileKind(StrEnum):
    """What a tile offers: what is new to them, what to buy again, and what else sets them apart.

    What most of them bought stands in where nothing does.
    """

    NEW = "new"
    AGAIN = "again"
    OWN = "own"
    MOST = "most"


@dataclass(frozen=True)
class TileProduct:
    """A product, how many of the segment it reaches, and the share (0..1) of its buyers who bought it again.

    It reaches those on whose own list it is (to buy or to buy again), and of the others those who bought it.
    `again` is None with fewer than 5 buyers.
    """

    product_id: str
    name: str
    reach: int
    again: float | None


Tiles = dict[TileKind, tuple[TileProduct, ...]]
"""The tiles of a segment; a sort of which there is nothing is not in it."""


def bought_again(purchases: Purchases, catalogue: Catalogue) -> dict[str, float]:
    """Return by product which share (0..1) of its buyers bought it in more than one order, of 5 or more."""
    products = purchases.orders.shape[1]
    again = np.bincount(purchases.orders.indices[purchases.orders.data > 1], minlength=products)
    counted = zip(catalogue.product_ids, purchases.buyers.tolist(), again.tolist(), strict=True)
    return {one: more / buyers for one, buyers, more in counted if buyers >= FEWEST_BUYERS}


def tiles_at(
    cursor: duckdb.DuckDBPyConnection,
    run_id: str,
    offers: Sequence[SegmentOffers],
    again: Mapping[str, float],
) -> tuple[Tiles, ...]:
    """Make the tiles of each of these segments, in label order, from the customers' lists that are kept.

    :param again: which share of each product's buyers bought it again.
    """
    tiles: tuple[Tiles, ...] = tuple({} for _ in offers)
    for segment, kind, product_id, name, reach in _most_listed(cursor, run_id, len(offers)):
        one = TileProduct(product_id, name, reach, again.get(product_id))
        tiles[segment][kind] = (*tiles[segment].get(kind, ()), one)
    for mine, offered, size in zip(tiles, offers, _sizes(cursor, run_id, len(offers)), strict=True):
        shown = {one.product_id for products in mine.values() for one in products}
        for kind, sort in ((TileKind.OWN, _own(offered, size)), (TileKind.MOST, offered.popular)):
            if more := [one for one in sort if one.product_id not in shown][:SHOWN]:
                mine[kind] = tuple(
                    TileProduct(one.product_id, one.name, one.buyers, again.get(one.product_id))
                    for one in more
                )
    return tiles


def _own(offered: SegmentOffers, size: int) -> list[LiftedProduct | ThemedProduct]:
    """List what they buy more than others, then what fits their themes, of what enough of them bought."""
    sorts: list[LiftedProduct | ThemedProduct] = [*offered.lifted, *offered.themed]
    enough = is_supported(np.array([one.buyers for one in sorts]), np.full(len(sorts), size))
    return [one for one, stands in zip(sorts, enough.tolist(), strict=True) if stands]


def _sizes(cursor: duckdb.DuckDBPyConnection, run_id: str, k: int) -> list[int]:
    """Count the customers of each segment."""
    counted = f"SELECT segment, count(*) FROM {segmented(run_id, k)} GROUP BY segment"
    sizes = dict(cursor.execute(counted).fetchall())
    return [sizes.get(segment, 0) for segment in range(k)]


def _most_listed(
    cursor: duckdb.DuckDBPyConnection, run_id: str, k: int
) -> list[tuple[int, TileKind, str, str, int]]:
    """List the products that stand on most lists of each segment: new ones and others."""
    rows = cursor.execute(
        f"""
        WITH listed AS (
            SELECT run.segment, is_new, product_id, any_value(product_name) AS name, count(*) AS reach
            FROM recommendations JOIN {segmented(run_id, k)} AS run USING (customer_id)
            WHERE run_id = $run_id GROUP BY run.segment, is_new, product_id),
        placed AS (
            SELECT *, row_number() OVER sort AS place FROM listed
            WINDOW sort AS (PARTITION BY segment, is_new ORDER BY reach DESC, product_id))
        SELECT segment, is_new, product_id, name, reach FROM placed WHERE place <= $shown
        ORDER BY segment, is_new DESC, place""",
        {"run_id": run_id, "shown": SHOWN},
    ).fetchall()
    return [
        (segment, TileKind.NEW if new else TileKind.AGAIN, product_id, name, reach)
        for segment, new, product_id, name, reach in rows
    ]
